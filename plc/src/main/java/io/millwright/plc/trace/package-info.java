/// Traces of variables, one value for each scan, like an oscilloscope: with a trigger, and what was before it.
@NullMarked
package io.millwright.plc.trace;

import org.jspecify.annotations.NullMarked;
