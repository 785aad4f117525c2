package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Code that takes, puts or packs the values of many variables of a machine.
///
/// @param calls what does it with those that code reaches
/// @param others the variables that no code reaches
record ManySlots(SamplerPlan plan, Call[] calls, List<Slot> others) {
    /// How often code runs before the Java virtual machine has compiled it (`Tier3InvocationThreshold` is 200).
    private static final int REHEARSALS = 250;

    private static final long REHEARSAL_NANOS_MAX = 200_000_000;

    /// A method, and what it is called with besides the values; see [SamplerWriter].
    private record Call(MethodHandle method, Object[] owners, int[] where) {}

    /// @param slots of the machine, of a list with the ways of the plan
    static ManySlots of(SamplerPlan plan, JvmMachine machine, List<Slot> slots) {
        Call[] calls = plan.calls().stream()
                .map(c -> new Call(c.method(), owners(c.owners(), machine, slots), c.where()))
                .toArray(Call[]::new);
        List<Slot> others = Arrays.stream(plan.others()).mapToObj(slots::get).toList();
        return new ManySlots(plan, calls, others);
    }

    private static Object[] owners(int[] first, JvmMachine machine, List<Slot> slots) {
        Object[] owners = new Object[first.length];
        for (int i = 0; i < first.length; i++) {
            owners[i] = machine.owner(slots.get(first[i]).steps());
        }
        return owners;
    }

    /// Runs what only reads until it is compiled: what is done once in many scans would be interpreted for
    /// hours, and hold up the scan it is done in.
    private void rehearse(Runnable reading) {
        if (plan.rehearsed().getAndSet(true)) {
            return;
        }
        long began = System.nanoTime();
        for (int i = 0; i < REHEARSALS && System.nanoTime() - began < REHEARSAL_NANOS_MAX; i++) {
            reading.run();
        }
    }

    /// @param one takes the values of the others one by one
    Sampler sampler(Function<List<Slot>, Sampler> one) {
        Sampler rest = one.apply(others);
        int[] places = plan.others();
        long[] restBits = new long[places.length];
        long[] rehearsed = new long[plan.size()];
        rehearse(() -> run(rehearsed));
        return bits -> {
            run(bits);
            rest.take(restBits);
            for (int i = 0; i < restBits.length; i++) {
                bits[places[i]] = restBits[i];
            }
        };
    }

    /// @param one puts the values of the others one by one
    Placer placer(Function<List<Slot>, Placer> one) {
        Placer rest = one.apply(others);
        int[] places = plan.others();
        long[] restBits = new long[places.length];
        return bits -> {
            run(bits);
            for (int i = 0; i < restBits.length; i++) {
                restBits[i] = bits[places[i]];
            }
            rest.put(restBits);
        };
    }

    /// @param slots of which these are
    /// @param one takes the values of the others one by one
    Packer packer(List<Slot> slots, Function<List<Slot>, Sampler> one) {
        int[] rehearsed = new int[plan.size()];
        rehearse(() -> run(rehearsed));
        Elementary[] types = slots.stream()
                .map(s -> Objects.requireNonNullElse(s.type().elementary(), Elementary.BOOL))
                .toArray(Elementary[]::new);
        return new PackedSlots(this, types, one.apply(others), new long[others.size()]);
    }

    private void run(long[] bits) {
        for (Call call : calls) {
            try {
                call.method().invokeExact(call.owners(), call.where(), bits);
            } catch (Throwable e) {
                throw failure(e);
            }
        }
    }

    void run(int[] packed) {
        for (Call call : calls) {
            try {
                call.method().invokeExact(call.owners(), call.where(), packed);
            } catch (Throwable e) {
                throw failure(e);
            }
        }
    }

    private static RuntimeException failure(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
