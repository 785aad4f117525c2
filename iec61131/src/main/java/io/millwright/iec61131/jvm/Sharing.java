package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.type.Signature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which routines of a program are those of another one, with all that they call, so that their code can be
/// shared. Types must be the same declarations, as they are where only bodies were changed in a session.
final class Sharing {
    /// What a routine calls; for as long as routines last, so that it is found out once.
    private final IdentityHashMap<Routine, Callees> known;
    private final Program program;

    /// @param routines what it calls, whatever the instance is
    /// @param dynamic whether it calls a method of whatever the instance is
    private record Callees(Set<Signature> routines, boolean dynamic) {}

    Sharing(Program program) {
        this(program, new IdentityHashMap<>());
    }

    private Sharing(Program program, IdentityHashMap<Routine, Callees> known) {
        this.program = program;
        this.known = known;
    }

    /// The sharing of another program, which takes over what is known.
    synchronized Sharing next(Program other) {
        var kept = new IdentityHashMap<Routine, Callees>();
        other.routines().values().forEach(r -> {
            Callees callees = known.get(r);
            if (callees != null) {
                kept.put(r, callees);
            }
        });
        return new Sharing(other, kept);
    }

    /// The routines of another program that have code of their own: those that are others here, and all that
    /// call them.
    ///
    /// @return nothing where no code can be shared
    @SuppressWarnings("ReferenceEquality") // a routine that was not made anew is the same object
    synchronized Optional<Set<Signature>> own(Program other) {
        // Units of the standard library come in the order in which they are asked for.
        boolean sameTypes = same(program.structures(), other.structures())
                && same(program.units(), other.units())
                && same(program.interfaces(), other.interfaces())
                && same(program.globals(), other.globals());
        if (!sameTypes) {
            return Optional.empty();
        }
        Map<Signature, List<Signature>> callers = new HashMap<>();
        Set<Signature> own = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Signature> open = new ArrayDeque<>();
        boolean dynamic = false;
        for (Map.Entry<Signature, Routine> entry : other.routines().entrySet()) {
            Callees callees = known.computeIfAbsent(entry.getValue(), Sharing::callees);
            callees.routines()
                    .forEach(c ->
                            callers.computeIfAbsent(c, _ -> new ArrayList<>()).add(entry.getKey()));
            dynamic |= callees.dynamic();
            if (program.routines().get(entry.getKey()) != entry.getValue() && own.add(entry.getKey())) {
                open.add(entry.getKey());
            }
        }
        while (!open.isEmpty()) {
            callers.getOrDefault(open.poll(), List.of()).forEach(caller -> {
                if (own.add(caller)) {
                    open.add(caller);
                }
            });
        }
        // The classes of instances, which are shared, know which method is meant.
        boolean throughInstances =
                dynamic && own.stream().anyMatch(s -> s.owner() != null && s.kind() != Signature.Kind.BODY);
        return throughInstances ? Optional.empty() : Optional.of(own);
    }

    /// All that a routine may call, directly or not, and itself.
    synchronized Set<Signature> reached(Signature from) {
        Set<Signature> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Signature> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Signature next = open.poll();
            Routine routine = program.routines().get(next);
            if (routine != null && reached.add(next)) {
                Callees callees = known.computeIfAbsent(routine, Sharing::callees);
                open.addAll(callees.routines());
                if (callees.dynamic()) {
                    open.addAll(methods());
                }
            }
        }
        return reached;
    }

    private List<Signature> methods() {
        return program.routines().keySet().stream()
                .filter(s -> s.owner() != null && s.kind() != Signature.Kind.BODY)
                .toList();
    }

    private static boolean same(List<?> a, List<?> b) {
        return a.equals(b) || new HashSet<>(a).equals(new HashSet<>(b));
    }

    private static Callees callees(Routine routine) {
        Set<Signature> routines = new HashSet<>();
        boolean[] dynamic = new boolean[1];
        Walk.instructions(
                routine.body(),
                instruction -> Walk.terms(instruction)
                        .forEach(term -> Walk.deep(term, part -> {
                            if (part instanceof Term.Call call) {
                                routines.add(call.routine());
                                dynamic[0] |= call.dynamic();
                            }
                        })));
        return new Callees(routines, dynamic[0]);
    }
}
