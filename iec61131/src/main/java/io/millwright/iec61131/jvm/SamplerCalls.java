package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds out which methods take, put or pack many variables. Of the list of variables, those that follow each
/// other in one object are a run. All runs of the same fields, of however many objects, are one call, and so
/// are all runs of elements of arrays of one type: there is little code, and it is warm after few calls. Runs of one
/// object with which no other has anything in common are one call too: the variables of a program, between which
/// blocks are declared.
final class SamplerCalls {
    private final Layouts layouts;
    private final SamplerCode.Use use;
    private final List<Run> runs = new ArrayList<>();
    private int end;

    /// A method and what it is called with, besides the values.
    ///
    /// @param owners of each object one of its variables: its number in the list
    record Call(SamplerCode code, int[] owners, int[] where) {}

    /// Variables that follow each other in the list and in one object.
    ///
    /// @param number of the first one in the list
    /// @param first where its value is
    /// @param slots fields of the object; or elements of an array, one after the other
    private record Run(Object owner, int number, int first, List<Slot> slots) {}

    SamplerCalls(Layouts layouts, SamplerCode.Use use) {
        this.layouts = layouts;
        this.use = use;
    }

    /// Takes a variable along.
    ///
    /// @param owner the object or array in which it lies
    /// @param number of the variable in the list
    /// @param place of its value, not before those of others
    /// @return how many places it takes
    int add(Object owner, Slot slot, int number, int place) {
        boolean follows = !runs.isEmpty() && place == end && follows(runs.getLast(), owner, slot);
        if (!follows) {
            runs.add(new Run(owner, number, place, new ArrayList<>()));
        }
        runs.getLast().slots().add(slot);
        int width = use.width(Terms.elementary(slot.type()));
        end = place + width;
        return width;
    }

    @SuppressWarnings("ReferenceEquality") // It is that very object.
    private boolean follows(Run run, Object owner, Slot slot) {
        return owner == run.owner()
                && switch (slot.steps().getLast()) {
                    case Step.Member(Variable variable) ->
                        run.slots().size() < SamplerWriter.FIELDS_MAX
                                && isOfSameClass(variable, variable(run.slots().getLast()));
                    case Step.Element(int place) ->
                        run.slots().getLast().steps().getLast() instanceof Step.Element(int before)
                                && place == before + 1;
                };
    }

    /// An instance has fields of its class and of those that it extends.
    private boolean isOfSameClass(Variable one, Variable other) {
        Storage storage = layouts.storage();
        return storage.field(one).owner().equals(storage.field(other).owner());
    }

    private static Variable variable(Slot slot) {
        return ((Step.Member) slot.steps().getLast()).variable();
    }

    List<Call> calls() {
        Map<SamplerCode, List<Run>> alike = new LinkedHashMap<>();
        runs.forEach(r -> alike.computeIfAbsent(code(r), _ -> new ArrayList<>()).add(r));
        List<Call> calls = new ArrayList<>();
        IdentityHashMap<Object, List<Run>> alone = new IdentityHashMap<>();
        List<List<Run>> ofOneObject = new ArrayList<>();
        alike.forEach((code, all) -> {
            if (all.size() > 1 || code instanceof SamplerCode.Elements) {
                int[] where = all.stream().flatMapToInt(SamplerCalls::where).toArray();
                calls.add(new Call(code, all.stream().mapToInt(Run::number).toArray(), where));
            } else {
                join(all.getFirst(), alone, ofOneObject);
            }
        });
        for (List<Run> together : ofOneObject) {
            Run first = together.getFirst();
            calls.add(new Call(fields(together), new int[] {first.number()}, new int[] {first.first()}));
        }
        return calls;
    }

    /// Puts a run of fields beside others of its object and class, as long as one method can know them all.
    private void join(Run run, IdentityHashMap<Object, List<Run>> open, List<List<Run>> all) {
        List<Run> before = open.get(run.owner());
        boolean joins = before != null
                && size(before) + run.slots().size() <= SamplerWriter.FIELDS_MAX
                && isOfSameClass(
                        variable(before.getFirst().slots().getFirst()),
                        variable(run.slots().getFirst()));
        if (before == null || !joins) {
            before = new ArrayList<>();
            open.put(run.owner(), before);
            all.add(before);
        }
        before.add(run);
    }

    private static int size(List<Run> runs) {
        return runs.stream().mapToInt(r -> r.slots().size()).sum();
    }

    private SamplerCode.Fields fields(List<Run> together) {
        List<Variable> variables = new ArrayList<>();
        List<Integer> further = new ArrayList<>();
        for (Run run : together) {
            int place = run.first() - together.getFirst().first();
            for (Slot slot : run.slots()) {
                variables.add(variable(slot));
                further.add(place);
                place += use.width(Terms.elementary(slot.type()));
            }
        }
        return new SamplerCode.Fields(use, variables, further);
    }

    private SamplerCode code(Run run) {
        Slot first = run.slots().getFirst();
        return switch (first.steps().getLast()) {
            case Step.Member _ -> fields(List.of(run));
            case Step.Element _ ->
                new SamplerCode.Elements(use, layouts.types().element(first.type()), Terms.elementary(first.type()));
        };
    }

    private static IntStream where(Run run) {
        return run.slots().getFirst().steps().getLast() instanceof Step.Element(int index)
                ? IntStream.of(run.first(), index, run.slots().size())
                : IntStream.of(run.first());
    }
}
