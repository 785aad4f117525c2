package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which code takes, puts or packs the variables of a list, whatever machine of a family they are of.
///
/// @param ways to the variables, null for those that no code reaches
/// @param values where the value of each variable is; of those that no code reaches, -1
/// @param size how many places the values take
/// @param others the numbers of those that no code reaches: texts, and what lies in the process image
/// @param rehearsed whether its code ran so often that the Java virtual machine has compiled it
record SamplerPlan(
        SamplerCode.Use use,
        @Nullable List<Step>[] ways,
        List<Call> calls,
        int[] values,
        int size,
        int[] others,
        AtomicBoolean rehearsed) {

    /// A method, and what it is called with besides the values; see [SamplerWriter].
    ///
    /// @param owners of each object one of its variables: its number in the list
    record Call(MethodHandle method, int[] owners, int[] where) {}

    /// @param slots of the machine
    /// @param writing gives each code the method that has it
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    static SamplerPlan of(
            JvmMachine machine,
            List<Slot> slots,
            SamplerCode.Use use,
            Layouts layouts,
            Function<List<SamplerCode>, Map<SamplerCode, MethodHandle>> writing) {
        var wanted = new SamplerCalls(layouts, use);
        @Nullable List<Step>[] ways = new List[slots.size()];
        int[] values = new int[slots.size()];
        int size = 0;
        for (int i = 0; i < values.length; i++) {
            Slot slot = slots.get(i);
            if (isReached(slot)) {
                ways[i] = slot.steps();
                values[i] = size;
                size += wanted.add(machine.owner(slot.steps()), slot, i, size);
            } else {
                values[i] = -1;
                size += use == SamplerCode.Use.PACK ? 0 : 1;
            }
        }
        List<SamplerCalls.Call> calls = wanted.calls();
        Map<SamplerCode, MethodHandle> methods =
                writing.apply(calls.stream().map(SamplerCalls.Call::code).toList());
        List<Call> all = new ArrayList<>();
        calls.forEach(c -> all.add(new Call(Objects.requireNonNull(methods.get(c.code())), c.owners(), c.where())));
        int[] others =
                IntStream.range(0, values.length).filter(i -> values[i] < 0).toArray();
        return new SamplerPlan(use, ways, List.copyOf(all), values, size, others, new AtomicBoolean());
    }

    private static boolean isReached(Slot slot) {
        return !slot.isText() && !slot.isPart() && !slot.steps().isEmpty();
    }

    /// Whether it is one for these variables.
    boolean isFor(List<Slot> slots, SamplerCode.Use wanted) {
        boolean same = use == wanted && ways.length == slots.size();
        for (int i = 0; same && i < ways.length; i++) {
            Slot slot = slots.get(i);
            List<Step> way = ways[i];
            same = isReached(slot) ? way != null && isSame(way, slot.steps()) : way == null;
        }
        return same;
    }

    /// From the end, where ways differ; and without iterators.
    private static boolean isSame(List<Step> one, List<Step> other) {
        boolean same = one.size() == other.size();
        for (int i = one.size() - 1; same && i >= 0; i--) {
            same = one.get(i).equals(other.get(i));
        }
        return same;
    }
}
