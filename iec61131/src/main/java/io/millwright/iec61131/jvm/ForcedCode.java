package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.PreparedForces;
import java.lang.invoke.MethodHandle;
import java.util.IdentityHashMap;
import java.util.Optional;

/// Code for variables that are to be forced, written before they are: a large routine takes longer than a scan.
///
/// @param guards what is forced then
/// @param routines those that were called yet, by identity; with their code where they need other code than they
///     have or had
record ForcedCode(Guards guards, IdentityHashMap<LinkedRoutine, Optional<Written>> routines) implements PreparedForces {
    /// Code of a routine.
    ///
    /// @param looksOut whether it looks out for forced variables
    record Written(MethodHandle handle, boolean looksOut) {}
}
