package io.millwright.iec61131.guideline;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// CP3: a variable that starts anew with each call, without a value of its own, and is read on some way before it is
/// written.
final class Initialization {
    private final Found found;
    private final Set<Variable> watched = new HashSet<>();
    private final Set<Variable> told = new HashSet<>();

    private Initialization(Found found) {
        this.found = found;
    }

    static void check(Routine routine, Found found) {
        var check = new Initialization(found);
        routine.temporaries().stream()
                .filter(v -> v.role() == Role.TEMPORARY && v.type().elementary() != null)
                .filter(v -> !v.name().startsWith("~") && !v.isReferenced() && hasNoValue(v))
                .forEach(check.watched::add);
        if (!check.watched.isEmpty()) {
            check.all(routine.body(), new HashSet<>());
        }
    }

    private static boolean hasNoValue(Variable variable) {
        return variable.initial() instanceof Value.Usual || variable.initial().equals(Defaults.of(variable.type()));
    }

    /// What is written after a list, or null where its end is not reached.
    private @Nullable Set<Variable> all(List<Instruction> list, Set<Variable> before) {
        Set<Variable> written = new HashSet<>(before);
        for (Instruction instruction : list) {
            Set<Variable> after = one(instruction, written);
            if (after == null) {
                return null;
            }
            written = after;
        }
        return written;
    }

    private @Nullable Set<Variable> one(Instruction instruction, Set<Variable> written) {
        if (!(instruction instanceof Instruction.If || instruction instanceof Instruction.Repeat)) {
            Walk.terms(instruction).forEach(t -> read(t, instruction.span(), written));
        }
        switch (instruction) {
            case Instruction.Assign(var place, var _, var _) -> write(place, written);
            case Instruction.If branches -> {
                return conditional(branches, written);
            }
            case Instruction.Case choice -> {
                List<List<Instruction>> ways = new ArrayList<>();
                choice.choices().forEach(c -> ways.add(c.body()));
                ways.add(choice.otherwise());
                return joined(ways, written);
            }
            case Instruction.For loop -> {
                write(loop.variable(), written);
                all(loop.body(), written);
            }
            case Instruction.While loop -> all(loop.body(), written);
            case Instruction.Repeat loop -> {
                Set<Variable> after = all(loop.body(), written);
                if (after != null) {
                    read(loop.until(), loop.span(), after);
                    return after;
                }
            }
            case Instruction.Exit _, Instruction.Continue _, Instruction.Return _ -> {
                return null;
            }
            case Instruction.Bind _, Instruction.Evaluate _ -> {}
        }
        return written;
    }

    private @Nullable Set<Variable> conditional(Instruction.If branches, Set<Variable> written) {
        List<List<Instruction>> ways = new ArrayList<>();
        for (Instruction.Branch branch : branches.branches()) {
            read(branch.condition(), branch.span(), written);
            ways.add(branch.body());
        }
        ways.add(branches.otherwise());
        return joined(ways, written);
    }

    private @Nullable Set<Variable> joined(List<List<Instruction>> ways, Set<Variable> written) {
        Set<Variable> common = null;
        for (List<Instruction> way : ways) {
            Set<Variable> after = all(way, written);
            if (common == null) {
                common = after;
            } else if (after != null) {
                common.retainAll(after);
            }
        }
        return common;
    }

    private static void write(Place place, Set<Variable> written) {
        Variable variable = Effects.root(place);
        if (variable != null) {
            written.add(variable);
        }
    }

    private void read(Term term, Span span, Set<Variable> written) {
        if (term instanceof Term.Call call) {
            List<Variable> taken = call.routine().parameters().stream()
                    .filter(p -> p.role() != Role.OUTPUT)
                    .toList();
            for (int i = 0; i < call.inputs().size(); i++) {
                boolean inOut = i < taken.size() && taken.get(i).role() == Role.IN_OUT;
                if (inOut && call.inputs().get(i) instanceof Term.Load(var place)) {
                    write(place, written);
                } else {
                    read(call.inputs().get(i), span, written);
                }
            }
            call.outputs().forEach(o -> write(o.place(), written));
            return;
        }
        if (term instanceof Term.Load(Place.Local(var variable))
                && watched.contains(variable)
                && !written.contains(variable)
                && told.add(variable)) {
            found.add(Rule.CP3, span, variable.name() + " is read here before it is written");
        }
        Walk.terms(term).forEach(t -> read(t, span, written));
    }
}
