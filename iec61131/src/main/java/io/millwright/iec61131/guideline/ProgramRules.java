package io.millwright.iec61131.guideline;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.check.Usages;
import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Rules that need to know what names mean: CP3, CP4, CP6, CP10, CP13, CP17, CP20, CP24, CP26, CP28.
final class ProgramRules {
    private final Program program;
    private final Checked checked;
    private final Found found;
    private final Effects effects;

    ProgramRules(Program program, Checked checked, Found found) {
        this.program = program;
        this.checked = checked;
        this.found = found;
        this.effects = new Effects(program);
    }

    void check() {
        for (Routine routine : program.routines().values()) {
            if (isOwn(routine.signature())) {
                routine(routine);
            }
        }
        unused();
        addresses();
        tasks();
    }

    /// Whether a routine is neither of the standard library nor of a test.
    private static boolean isOwn(Signature routine) {
        return routine.declared().source() != StandardLibrary.tree().source()
                && !routine.qualifiedName().startsWith("~");
    }

    private void routine(Routine routine) {
        Signature signature = routine.signature();
        Initialization.check(routine, found);
        List<Signature> circle = effects.circle(signature);
        if (!circle.isEmpty()) {
            String way = circle.stream().map(Signature::qualifiedName).collect(Collectors.joining(" → "));
            found.add(Rule.CP13, signature.declared(), "calls lead back to itself: " + way);
        }
        effects.of(signature).writes().forEach((variable, span) -> {
            if (variable.role() == Role.INPUT && variable.declared().source() == span.source()) {
                found.add(Rule.CP17, span, variable.name() + " is an input and is written");
            }
        });
        Set<Variable> globals = new HashSet<>();
        Walk.instructions(routine.body(), this::durations);
        if (!isOfProgram(signature)) {
            Walk.instructions(routine.body(), i -> globals(i, globals));
        }
        new Calls(routine.body()).twice().forEach((instance, span) -> {
            if (!isCounter(instance.type())) {
                found.add(Rule.CP20, span, instance.name() + " is called more than once in a cycle");
            }
        });
    }

    private static boolean isOfProgram(Signature routine) {
        return routine.owner() instanceof UnitType unit && unit.kind() == Declaration.Unit.Kind.PROGRAM;
    }

    private static boolean isCounter(Type type) {
        return type.name().startsWith("CTU") || type.name().startsWith("CTD");
    }

    private void durations(Instruction instruction) {
        if (instruction instanceof Instruction.If(var branches, var _, var _)) {
            branches.forEach(b -> Walk.deep(b.condition(), t -> term(t, b.span())));
        } else {
            Walk.terms(instruction).forEach(term -> Walk.deep(term, t -> term(t, instruction.span())));
        }
    }

    private void term(Term term, Span span) {
        if (term instanceof Term.Compare(var relation, var left, var _)
                && (relation == Term.Relation.EQUAL || relation == Term.Relation.NOT_EQUAL)
                && isDuration(left.type())) {
            found.add(Rule.CP28, span, "durations are compared for equality; compare with < or >");
        }
    }

    private static boolean isDuration(Type type) {
        Elementary elementary = type.elementary();
        return elementary != null && elementary.family() == Elementary.Family.DURATION;
    }

    private void globals(Instruction instruction, Set<Variable> seen) {
        List<Term> terms = new ArrayList<>(Walk.terms(instruction));
        if (instruction instanceof Instruction.Assign(var place, var _, var _)) {
            terms.add(new Term.Load(place));
        }
        for (Term term : terms) {
            Walk.deep(term, t -> {
                if (t instanceof Term.Load(Place.Global(var variable)) && isGlobal(variable) && seen.add(variable)) {
                    found.add(
                            Rule.CP6,
                            instruction.span(),
                            variable.name() + " is global; pass it as a parameter instead");
                }
            });
        }
    }

    /// Whether a variable was declared as a global one, not as a static one of a routine, and changes.
    private boolean isGlobal(Variable variable) {
        return !variable.isConstant()
                && !variable.name().startsWith("~")
                && checked.scope().find(variable.name()) instanceof Symbol.OfVariable(var known)
                && known == variable;
    }

    private void unused() {
        Set<Object> used = new HashSet<>();
        checked.usages().all().stream().map(Usages.Usage::target).forEach(used::add);
        List<Variable> all = new ArrayList<>();
        program.units().stream()
                .filter(u -> !u.name().startsWith("~"))
                .forEach(u -> u.variables().stream()
                        .filter(v -> v.role() == Role.STATE)
                        .forEach(all::add));
        program.routines().values().forEach(r -> all.addAll(r.temporaries()));
        for (Variable variable : all) {
            boolean own = !variable.name().startsWith("~")
                    && variable.declared().source() != StandardLibrary.tree().source()
                    && variable.declared().text().equals(variable.name());
            if (own && !used.contains(variable)) {
                found.add(Rule.CP24, variable.declared(), variable.name() + " is not used");
            }
        }
    }

    /// A variable in the process image.
    private record Located(Variable variable, Address address, long first, long end) {}

    private void addresses() {
        List<Variable> all = new ArrayList<>(program.globals());
        program.units().forEach(u -> all.addAll(u.variables()));
        Map<Address.Area, List<Located>> areas = new LinkedHashMap<>();
        for (Variable variable : all) {
            Address address = variable.address();
            long bits = bits(variable.type());
            if (address != null && !address.isOpen() && address.area() != Address.Area.STRUCTURE && bits > 0) {
                long first = Image.firstBit(address);
                areas.computeIfAbsent(address.area(), _ -> new ArrayList<>())
                        .add(new Located(variable, address, first, first + bits));
            }
        }
        areas.values().forEach(this::overlaps);
    }

    private void overlaps(List<Located> located) {
        located.sort(Comparator.comparingLong(Located::first));
        Located widest = located.getFirst();
        for (Located one : located.subList(1, located.size())) {
            if (one.first() < widest.end()) {
                found.add(
                        Rule.CP4,
                        one.variable().declared(),
                        one.variable().name() + " lies where "
                                + widest.variable().name() + " does");
            }
            widest = one.end() > widest.end() ? one : widest;
        }
    }

    private static long bits(Type type) {
        Elementary elementary = type.elementary();
        return elementary != null ? elementary.bits() : Packing.isPlain(type) ? 8 * Packing.bytes(type) : 0;
    }

    private void tasks() {
        Map<UnitType, Set<Variable>> writes = new LinkedHashMap<>();
        for (UnitType unit : program.units()) {
            if (unit.kind() == Declaration.Unit.Kind.PROGRAM && unit.body() != null && isOwn(unit.body())) {
                Set<Variable> written = new LinkedHashSet<>();
                effects.reached(unit.body())
                        .forEach(r -> effects.of(r).writes().keySet().stream()
                                .filter(this::isGlobal)
                                .forEach(written::add));
                writes.put(unit, written);
            }
        }
        for (Variable global : program.globals()) {
            List<String> writers = writes.entrySet().stream()
                    .filter(e -> e.getValue().contains(global))
                    .map(e -> e.getKey().name())
                    .toList();
            if (writers.size() > 1) {
                found.add(
                        Rule.CP26,
                        global.declared(),
                        global.name() + " is written by " + String.join(" and ", writers));
            }
            List<String> tasks = program.tasks().stream()
                    .filter(t -> t.instances().stream()
                            .map(i -> writes.getOrDefault((UnitType) i.type().resolved(), Set.of()))
                            .flatMap(Collection::stream)
                            .anyMatch(global::equals))
                    .map(Program.Task::name)
                    .toList();
            if (tasks.size() > 1) {
                found.add(
                        Rule.CP10,
                        global.declared(),
                        global.name() + " is written in the tasks " + String.join(" and ", tasks));
            }
        }
    }
}
