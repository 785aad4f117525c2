/// The standard functions and function blocks (6.6.2, 6.6.3.5): what the checker must know of them, the Java
/// methods that both back ends call, and the blocks, which are written in Structured Text and compiled like any
/// other.
@NullMarked
package io.millwright.iec61131.library;

import org.jspecify.annotations.NullMarked;
