package io.millwright.iec61131.guideline;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What each routine calls and writes.
final class Effects {
    private final Map<Signature, Own> routines = new LinkedHashMap<>();

    /// What one routine does itself.
    ///
    /// @param calls the routines it calls
    /// @param writes variables that are written, also by outputs of calls, with the place of the first time
    record Own(Set<Signature> calls, Map<Variable, Span> writes) {}

    Effects(Program program) {
        program.routines().values().forEach(r -> routines.put(r.signature(), own(r)));
    }

    private static Own own(Routine routine) {
        var own = new Own(new LinkedHashSet<>(), new LinkedHashMap<>());
        Walk.instructions(routine.body(), instruction -> {
            if (instruction instanceof Instruction.Assign(var place, var _, var span)) {
                written(place, span, own);
            }
            if (instruction instanceof Instruction.For loop) {
                written(loop.variable(), loop.span(), own);
            }
            for (Term term : Walk.terms(instruction)) {
                Walk.deep(term, t -> {
                    if (t instanceof Term.Call call) {
                        own.calls().add(call.routine());
                        call.outputs().forEach(o -> written(o.place(), instruction.span(), own));
                    }
                });
            }
        });
        return own;
    }

    private static void written(Place place, Span span, Own own) {
        Variable variable = root(place);
        if (variable != null) {
            own.writes().putIfAbsent(variable, span);
        }
    }

    /// The variable of the routine, its instance or the globals that a place is, or is a part of; else null.
    static @Nullable Variable root(Place place) {
        return switch (place) {
            case Place.Local(var variable) -> variable;
            case Place.Global(var variable) -> variable;
            case Place.Field(Term.Self _, var variable) -> variable;
            case Place.Field(Term.Load(var whole), var _)
            when whole.type().resolved() instanceof StructureType -> root(whole);
            case Place.Element(Term.Load(var array), var _, var _) -> root(array);
            case Place.CharacterAt(Term.Load(var text), var _, var _) -> root(text);
            case Place.Part(var whole, var _, var _) -> root(whole);
            default -> null;
        };
    }

    Own of(Signature routine) {
        return routines.getOrDefault(routine, new Own(Set.of(), Map.of()));
    }

    /// A routine and all that it calls, directly or not.
    Set<Signature> reached(Signature from) {
        Set<Signature> seen = new LinkedHashSet<>();
        Deque<Signature> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            Signature routine = next.pop();
            if (seen.add(routine)) {
                next.addAll(of(routine).calls());
            }
        }
        return seen;
    }

    /// The shortest way of calls from a routine back to itself; empty where there is none.
    List<Signature> circle(Signature from) {
        Map<Signature, Signature> before = new LinkedHashMap<>();
        Deque<Signature> next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            Signature at = next.poll();
            for (Signature called : of(at).calls()) {
                if (called == from) {
                    List<Signature> way = new ArrayList<>(List.of(from));
                    for (Signature s = at; s != from; s = before.getOrDefault(s, from)) {
                        way.addFirst(s);
                    }
                    way.addFirst(from);
                    return way;
                }
                if (!before.containsKey(called)) {
                    before.put(called, at);
                    next.add(called);
                }
            }
        }
        return List.of();
    }
}
