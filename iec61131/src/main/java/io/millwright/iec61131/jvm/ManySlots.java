package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/// Code that takes or puts the values of many variables of a machine.
///
/// @param methods to be called with the owners and the values
/// @param owners the objects in which the variables lie
/// @param others the variables that it does not reach: texts, and what lies in the process image
/// @param places of these in the list of all
record ManySlots(MethodHandle[] methods, Object[] owners, List<Slot> others, int[] places) {
    /// How often code runs before the Java virtual machine has compiled it (`Tier3InvocationThreshold` is 200).
    private static final int REHEARSALS = 250;

    private static final long REHEARSAL_NANOS_MAX = 200_000_000;

    static ManySlots of(CompiledProgram program, JvmMachine machine, List<Slot> slots, boolean puts) {
        var writer = new SamplerWriter(program.layouts(), puts);
        List<Slot> others = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            Slot slot = slots.get(i);
            if (slot.isText() || slot.steps().isEmpty()) {
                others.add(slot);
                places.add(i);
            } else {
                Object owner =
                        machine.reach(slot.steps().subList(0, slot.steps().size() - 1));
                writer.add(Objects.requireNonNull(owner), slot, i);
            }
        }
        MethodHandle[] methods = program.sampler(writer).toArray(MethodHandle[]::new);
        int[] placed = places.stream().mapToInt(Integer::intValue).toArray();
        return new ManySlots(methods, writer.owners(), others, placed);
    }

    /// Runs what only reads until it is compiled: what is done once in many scans would be interpreted for
    /// hours, and hold up the scan it is done in.
    ManySlots rehearsed(int size) {
        long[] bits = new long[size];
        long began = System.nanoTime();
        for (int i = 0; i < REHEARSALS && System.nanoTime() - began < REHEARSAL_NANOS_MAX; i++) {
            run(bits);
        }
        return this;
    }

    /// @param one takes the values of the others one by one
    Sampler sampler(Function<List<Slot>, Sampler> one) {
        Sampler rest = one.apply(others);
        long[] restBits = new long[places.length];
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

    private void run(long[] bits) {
        for (MethodHandle method : methods) {
            piece(method, owners, bits);
        }
    }

    private static void piece(MethodHandle method, Object[] owners, long[] bits) {
        try {
            method.invokeExact(owners, bits);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
