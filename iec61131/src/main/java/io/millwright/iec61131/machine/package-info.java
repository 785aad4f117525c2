/// A running program as both back ends and the library see it: time, the process image, texts, references, traps.
@NullMarked
package io.millwright.iec61131.machine;

import org.jspecify.annotations.NullMarked;
