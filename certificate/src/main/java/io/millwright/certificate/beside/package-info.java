/// Bounds of sporadic streams beside a schedule of gates: the ports of
/// [PortsChecker][io.millwright.certificate.ports.PortsChecker] are made of the tables of the schedule, and what is
/// claimed of the streams is held against them.
@NullMarked
package io.millwright.certificate.beside;

import org.jspecify.annotations.NullMarked;
