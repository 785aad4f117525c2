package io.millwright.iec61131.guideline;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How often the instances of function blocks are called on one way through a routine.
final class Calls {
    private final Map<Variable, List<Span>> places = new LinkedHashMap<>();
    private final Map<Variable, Integer> most;

    Calls(List<Instruction> body) {
        most = all(body);
    }

    /// Those that are called more than once, with the place of the last call.
    Map<Variable, Span> twice() {
        Map<Variable, Span> found = new LinkedHashMap<>();
        most.forEach((instance, count) -> {
            if (count > 1) {
                found.put(instance, places.getOrDefault(instance, List.of()).getLast());
            }
        });
        return found;
    }

    private Map<Variable, Integer> all(List<Instruction> list) {
        Map<Variable, Integer> sum = new LinkedHashMap<>();
        for (Instruction instruction : list) {
            one(instruction).forEach((v, n) -> sum.merge(v, n, Integer::sum));
        }
        return sum;
    }

    private Map<Variable, Integer> one(Instruction instruction) {
        Map<Variable, Integer> own = new LinkedHashMap<>();
        Walk.terms(instruction).forEach(t -> Walk.deep(t, inner -> called(inner, own)));
        List<List<Instruction>> ways = new ArrayList<>();
        int rounds = 1;
        switch (instruction) {
            case Instruction.If(var branches, var otherwise, var _) -> {
                branches.forEach(b -> ways.add(b.body()));
                ways.add(otherwise);
            }
            case Instruction.Case(var _, var choices, var otherwise, var _) -> {
                choices.forEach(c -> ways.add(c.body()));
                ways.add(otherwise);
            }
            case Instruction.For loop -> ways.add(loop.body());
            case Instruction.While loop -> ways.add(loop.body());
            case Instruction.Repeat loop -> ways.add(loop.body());
            default -> {}
        }
        if (!(instruction instanceof Instruction.If || instruction instanceof Instruction.Case)) {
            rounds = 2;
        }
        Map<Variable, Integer> inner = new LinkedHashMap<>();
        for (List<Instruction> way : ways) {
            all(way).forEach((v, n) -> inner.merge(v, n, Integer::max));
        }
        int times = rounds;
        inner.forEach((v, n) -> own.merge(v, n * times, Integer::sum));
        return own;
    }

    private void called(Term term, Map<Variable, Integer> own) {
        if (term instanceof Term.Call call
                && call.routine().kind() == Signature.Kind.BODY
                && call.receiver() instanceof Term.Load(var place)
                && !(place instanceof Place.Element)) {
            Variable instance = Effects.root(place);
            if (instance != null) {
                own.merge(instance, 1, Integer::sum);
                places.computeIfAbsent(instance, _ -> new ArrayList<>()).add(call.span());
            }
        }
    }
}
