/// Recordings of the virtual PLC as a user meets them: what is held, replay at any moment, traces of every
/// scan.
@NullMarked
package io.millwright.node.plc.record;

import org.jspecify.annotations.NullMarked;
