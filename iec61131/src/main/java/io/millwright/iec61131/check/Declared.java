package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the rounds of [Checker] hand to each other.
final class Declared {
    final List<Unit> units = new ArrayList<>();
    final List<Interface> interfaces = new ArrayList<>();
    final List<StructureType> structures = new ArrayList<>();
    final List<Function> functions = new ArrayList<>();
    final List<Configuration> configurations = new ArrayList<>();
    final List<Variable> globals = new ArrayList<>();
    final Mocks mocks = new Mocks(globals);
    /// The programs of instances that a configuration connects, and what they do.
    final List<UnitType> connections = new ArrayList<>();

    final Map<Signature, Routine> connected = new LinkedHashMap<>();
    /// What the process image starts with.
    final List<Program.Placed> placed = new ArrayList<>();
    /// Work that fills in what was only named before, in order of declaration.
    final List<Runnable> completions = new ArrayList<>();
    /// The region in which the members of a unit are seen.
    final Map<UnitType, Scope> scopes = new LinkedHashMap<>();

    /// A unit with instances, as declared.
    record Unit(Declaration.Unit syntax, UnitType type, Scope scope) {}

    record Interface(Declaration.Interface syntax, InterfaceType type, Scope scope) {}

    record Function(Declaration.Unit syntax, Signature signature, Scope scope) {}

    record Configuration(Declaration.Configuration syntax, Scope scope) {}
}
