/// The back end that makes JVM bytecode with `java.lang.classfile`.
///
/// State lies in fields of generated classes, one for each unit and structure, and in arrays; so the optimiser
/// of the JVM knows that two variables are two. Every routine is a static method in a class and a loader of its
/// own, and is called through one [java.lang.invoke.MutableCallSite]: the call costs nothing, and the routine
/// can be replaced while the program runs.
@NullMarked
package io.millwright.iec61131.jvm;

import org.jspecify.annotations.NullMarked;
