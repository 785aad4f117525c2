package io.millwright.process.fmi;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.OptionalDouble;

/// The functions of one generation of the standard, called in its order on one instance.
sealed interface Binding permits Binding2, Binding3 {

    /// From instantiation through initialisation to the first step.
    void initialize(double start, OptionalDouble stop, OptionalDouble tolerance);

    /// From one communication point to the next.
    Step step(double from, double size);

    /// Brings the unit where the variable may be set.
    void beforeSet(Variable variable);

    /// Brings it back from there.
    void afterSet(Variable variable);

    /// Ends the simulation.
    void terminate();

    /// Frees the instance.
    void free();

    /// The instance.
    MemorySegment instance();

    Cell cell(VariableType type);

    /// The function that gets or sets values of a type: of (instance, references, number of references, values,
    /// number of values), or for octets with sizes before the values.
    ///
    /// @param verb `Get` or `Set`
    MethodHandle accessor(String verb, VariableType type);
}
