/// `mw fmu`: co-simulation units of FMI on the command line.
@NullMarked
package io.millwright.node.fmu;

import org.jspecify.annotations.NullMarked;
