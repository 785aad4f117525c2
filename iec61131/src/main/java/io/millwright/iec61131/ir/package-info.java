/// The typed intermediate form between `check` and the two back ends (`jvm` and `interpret`).
///
/// Every name is resolved, every conversion explicit, every operator of one type. It is a tree, not a list of
/// instructions: the JVM is a stack machine with an optimiser of its own, so nothing is gained by flattening. A
/// back end decides nothing about the language; where two back ends could differ, the form is to be made more
/// explicit.
@NullMarked
package io.millwright.iec61131.ir;

import org.jspecify.annotations.NullMarked;
