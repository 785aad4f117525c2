package io.millwright.iec61131.ir;

import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.Map;

/// All that was compiled together, without an error.
///
/// @param structures every structure, also those without a name
/// @param units every function block, program and class
/// @param interfaces every interface
/// @param globals in order of declaration; instances of programs that a configuration declares are among them
/// @param routines by their signatures
/// @param placed what the process image starts with, all else with zeros
/// @param tasks what the configurations say about when which program runs
/// @param accesses by which other names variables are reached from outside
public record Program(
        List<StructureType> structures,
        List<UnitType> units,
        List<InterfaceType> interfaces,
        List<Variable> globals,
        Map<Signature, Routine> routines,
        List<Task> tasks,
        List<Placed> placed,
        List<Access> accesses) {
    public Program {
        structures = List.copyOf(structures);
        units = List.copyOf(units);
        interfaces = List.copyOf(interfaces);
        globals = List.copyOf(globals);
        routines = Map.copyOf(routines);
        tasks = List.copyOf(tasks);
        placed = List.copyOf(placed);
        accesses = List.copyOf(accesses);
    }

    /// An access path: a name by which a variable is reached from outside (6.8.1, VAR_ACCESS).
    ///
    /// @param name as declared; of one that a program declares with its instance before it, `p.name`
    /// @param path of the variable: `p.pump.levels[2].high`, or an address, `%IX1.1`
    /// @param type of the variable
    /// @param writable READ_WRITE
    public record Access(String name, String path, Type type, boolean writable) {}

    /// What a piece of the process image starts with: the first value of a variable that lies there.
    public record Placed(Address address, Type type, Value value) {}

    /// A task with the program instances it runs, in order (6.8.2).
    ///
    /// @param intervalNanos 0 where it is started by `single` alone
    /// @param single the path or address of the BOOL whose rising edge starts it, `p.done`; or the empty text
    /// @param instances global variables of program types
    public record Task(String name, long intervalNanos, String single, int priority, List<Variable> instances) {
        public Task {
            instances = List.copyOf(instances);
        }
    }
}
