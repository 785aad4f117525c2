package io.millwright.iec61131.check;

import io.millwright.iec61131.check.Work.Slot;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the rounds of [Checker] hand to each other.
final class Declared {
    final List<Unit> units = new ArrayList<>();
    final List<Interface> interfaces = new ArrayList<>();
    final List<StructureType> structures = new ArrayList<>();
    final List<Function> functions = new ArrayList<>();
    final List<Configuration> configurations = new ArrayList<>();
    final List<Slot<Symbol>> globals = new ArrayList<>();
    /// Globals that no text declares.
    final List<Variable> hidden = new ArrayList<>();
    final Mocks mocks = new Mocks(hidden);
    /// The programs of instances that a configuration connects, and what they do.
    final List<UnitType> connections = new ArrayList<>();

    final Map<Signature, Routine> connected = new LinkedHashMap<>();
    /// Instances of function blocks that tasks of their own run.
    final Map<UnitType, List<BlockTasks.Controlled>> controlled = new LinkedHashMap<>();
    /// The names by which variables are reached from outside.
    final List<Program.Access> accesses = new ArrayList<>();
    /// The names of resources, as names are compared.
    final Map<String, Landmark> resources = new HashMap<>();
    /// The instances of programs that each resource declares; two resources may have one of the same name.
    final Map<String, Map<String, Landmark>> instances = new LinkedHashMap<>();
    /// The variables of these instances.
    final Map<Landmark, Variable> programs = new HashMap<>();
    /// What the process image starts with, besides the first values of variables.
    final List<Program.Placed> placed = new ArrayList<>();
    /// What follows USING once all names are there.
    final List<Runnable> uses = new ArrayList<>();
    /// Work that fills in what was only named before, in order of declaration.
    final List<Runnable> completions = new ArrayList<>();

    /// The instance of a program with which a path begins, of the first resource that has one of the name where the
    /// path names none; null where there is none.
    @Nullable
    Landmark instance(@Nullable Name resource, Name name) {
        return instances.entrySet().stream()
                .filter(e -> resource == null || e.getKey().equals(resource.key()))
                .map(e -> e.getValue().get(name.key()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// A unit with instances, as declared; one whose text could not be read is mistaken from the start, whoever
    /// asks first.
    record Unit(Part part, Declaration.Unit syntax, UnitType type, Scope scope) {
        Unit {
            if (part.isBroken()) {
                type.markMistaken();
            }
        }

        /// Whether it was worked out before.
        boolean isKnown() {
            return part.head.scopes.containsKey(type);
        }
    }

    /// An interface, as declared; mistaken like a unit.
    record Interface(
            Part part, Slot<InterfaceType> slot, Declaration.Interface syntax, InterfaceType type, Scope scope) {
        Interface {
            if (part.isBroken()) {
                type.markMistaken();
            }
        }
    }

    record Function(Part part, Declaration.Unit syntax, Slot<Symbol> slot, Scope scope) {}

    record Configuration(Part part, Declaration.Configuration syntax, Scope scope) {}
}
