/// The virtual PLC: runs programs of IEC 61131-3 on time, against the process image, and lets them be watched,
/// forced, changed and replayed while they run.
@NullMarked
package io.millwright.plc;

import org.jspecify.annotations.NullMarked;
