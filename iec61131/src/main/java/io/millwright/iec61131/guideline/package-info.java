/// The rules of the PLCopen coding guidelines (version 1.0, 2016) that can be decided from the program alone.
///
/// [Guidelines] holds a checked program against the [Rule]s that are asked for.
@NullMarked
package io.millwright.iec61131.guideline;

import org.jspecify.annotations.NullMarked;
