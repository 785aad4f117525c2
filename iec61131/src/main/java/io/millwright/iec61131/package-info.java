/// IEC 61131-3: Structured Text and its sister languages, checked, compiled to JVM bytecode, and run in steps.
///
/// [Compiler] takes texts and gives a program, or says what is wrong with them; [Run] steps it. The module is usable
/// alone, see `docs/how-to/compiler-from-java.md`.
@NullMarked
package io.millwright.iec61131;

import org.jspecify.annotations.NullMarked;
