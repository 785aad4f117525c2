/// What outlives a PLC: the values of variables, kept after every scan.
@NullMarked
package io.millwright.plc.retain;

import org.jspecify.annotations.NullMarked;
