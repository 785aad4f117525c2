/// Co-simulation units of the Functional Mock-up Interface, FMI 2.0 and 3.0: models of machines that other
/// tools export, in virtual time.
///
/// [Fmu#open] reads and checks a file without running anything of it; [Fmu#instantiate] loads its binary into
/// this process and makes a [CoSimulation]; [FmuModel] shows that as a
/// [io.millwright.process.commissioning.ProcessModel]. A unit's binary is native code with all rights of this
/// process: a unit that crashes takes the process with it (decisions/0047).
@NullMarked
package io.millwright.process.fmi;

import org.jspecify.annotations.NullMarked;
