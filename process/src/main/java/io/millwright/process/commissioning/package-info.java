/// Process models in virtual time, for commissioning control logic before there is a machine: the seam
/// ([ProcessModel]), the simulated machines behind it, and faults of signals put around any of them. No
/// threads, no clocks: who drives a model decides when time passes and how far.
@NullMarked
package io.millwright.process.commissioning;

import org.jspecify.annotations.NullMarked;
