/// Servers of simulated or replayed devices: [Point]s offered over OPC UA, Modbus TCP and Sparkplug B, and the broker
/// that Sparkplug needs.
///
/// Every server listens on the loopback address. A [Ledger] keeps what was produced, so that what a historian holds
/// can be compared with it.
@NullMarked
package io.millwright.process.serve;

import org.jspecify.annotations.NullMarked;
