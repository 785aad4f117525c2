/// `mw bench plc`: the virtual PLC beside what the machine itself can do.
@NullMarked
package io.millwright.bench.plc;

import org.jspecify.annotations.NullMarked;
