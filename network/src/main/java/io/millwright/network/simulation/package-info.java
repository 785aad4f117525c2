/// What the theory is about, done: data through servers and frames through ports, with sources, pauses and orders
/// of service that are meant to harm.
///
/// [DelayTrial] and [PortTrial] hold bounds against such runs; [RandomGraphs] and [RandomPorts] draw small cases
/// for them. The tests run some, `mw bench network` runs as many as it is asked for.
@NullMarked
package io.millwright.network.simulation;

import org.jspecify.annotations.NullMarked;
