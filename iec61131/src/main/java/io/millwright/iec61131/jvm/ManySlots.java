package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Elementary;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// Code that takes, puts or packs the values of many variables of a machine.
///
/// @param calls what does it with those that it reaches
/// @param values where the value of each variable is; of those that it does not reach, -1
/// @param size how many places the values take
/// @param others the variables that it does not reach: texts, and what lies in the process image
/// @param places of these in the list of all
record ManySlots(Call[] calls, int[] values, int size, List<Slot> others, int[] places) {
    /// How often code runs before the Java virtual machine has compiled it (`Tier3InvocationThreshold` is 200).
    private static final int REHEARSALS = 250;

    private static final long REHEARSAL_NANOS_MAX = 200_000_000;

    /// A method, and what it is called with besides the values; see [SamplerWriter].
    private record Call(MethodHandle method, Object[] owners, int[] where) {}

    static ManySlots of(CompiledProgram program, JvmMachine machine, List<Slot> slots, SamplerCode.Use use) {
        var wanted = new SamplerCalls(program.layouts(), use);
        List<Slot> others = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        int[] values = new int[slots.size()];
        int size = 0;
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.isText() || slot.isPart() || slot.steps().isEmpty()) {
                others.add(slot);
                places.add(i);
                values[i] = -1;
                size += use == SamplerCode.Use.PACK ? 0 : 1;
            } else {
                Object owner =
                        machine.reach(slot.steps().subList(0, slot.steps().size() - 1));
                values[i] = size;
                size += wanted.add(Objects.requireNonNull(owner), slot, size);
            }
        }
        List<SamplerCalls.Call> calls = wanted.calls();
        Map<SamplerCode, MethodHandle> methods =
                program.samplers(calls.stream().map(SamplerCalls.Call::code).toList());
        Call[] all = calls.stream()
                .map(c -> new Call(Objects.requireNonNull(methods.get(c.code())), c.owners(), c.where()))
                .toArray(Call[]::new);
        int[] placed = places.stream().mapToInt(Integer::intValue).toArray();
        return new ManySlots(all, values, size, others, placed);
    }

    /// Runs what only reads until it is compiled: what is done once in many scans would be interpreted for
    /// hours, and hold up the scan it is done in.
    private static void rehearse(Runnable reading) {
        long began = System.nanoTime();
        for (int i = 0; i < REHEARSALS && System.nanoTime() - began < REHEARSAL_NANOS_MAX; i++) {
            reading.run();
        }
    }

    /// @param one takes the values of the others one by one
    Sampler sampler(Function<List<Slot>, Sampler> one) {
        Sampler rest = one.apply(others);
        long[] restBits = new long[places.length];
        long[] rehearsed = new long[size];
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
        int[] rehearsed = new int[size];
        rehearse(() -> run(rehearsed));
        Elementary[] types = slots.stream()
                .map(s -> Objects.requireNonNullElse(s.type().elementary(), Elementary.BOOL))
                .toArray(Elementary[]::new);
        return new PackedSlots(this, types, one.apply(others), new long[places.length]);
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
