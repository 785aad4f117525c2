package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Slot;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Code that takes, puts or packs the values of many variables at once, of all programs that share classes:
/// their machines ask for the same.
final class Samplers {
    /// How much code is kept that is perhaps not asked for again: so much, or as much as is needed to take, put
    /// and pack all of each unit once and somewhat more.
    private static final int KEPT_MAX = 1000;

    private static final int KEPT_OF_UNIT = 4;

    private final Object lock;
    private final Layouts layouts;
    private final CodeLoader loader;
    /// The newest last.
    private final LinkedHashMap<SamplerCode, MethodHandle> known = new LinkedHashMap<>();

    private final SamplerPlans plans = new SamplerPlans();

    /// @param lock the one of all that writes code
    Samplers(Object lock, Layouts layouts, CodeLoader loader) {
        this.lock = lock;
        this.layouts = layouts;
        this.loader = loader;
    }

    /// What code a list of variables needs: that of a list with the same ways, or a new one.
    ///
    /// @param slots of the machine
    /// @param units how many the program has
    SamplerPlan plan(JvmMachine machine, List<Slot> slots, SamplerCode.Use use, int units) {
        synchronized (lock) {
            SamplerPlan found = plans.find(slots, use);
            if (found != null) {
                return found;
            }
        }
        // Scans, which may need the lock to link what they call, do not wait for this.
        SamplerPlan made = SamplerPlan.of(machine, slots, use, layouts, codes -> found(codes, units));
        synchronized (lock) {
            plans.keep(made);
        }
        return made;
    }

    private Map<SamplerCode, MethodHandle> found(List<SamplerCode> codes, int units) {
        synchronized (lock) {
            Map<SamplerCode, MethodHandle> all = new HashMap<>();
            for (SamplerCode code : codes) {
                MethodHandle before = known.remove(code);
                if (before != null) {
                    all.put(code, before);
                }
            }
            List<SamplerCode> missing =
                    codes.stream().filter(c -> !all.containsKey(c)).toList();
            all.putAll(made(missing));
            known.putAll(all);
            int most = Math.max(KEPT_MAX, KEPT_OF_UNIT * units);
            while (known.size() > most) {
                known.pollFirstEntry();
            }
            return all;
        }
    }

    private Map<SamplerCode, MethodHandle> made(List<SamplerCode> codes) {
        var own = new CodeLoader(loader, loader::linkage, new MetObjects());
        SamplerWriter.Written written = new SamplerWriter(layouts).write(codes);
        own.add(written.classes());
        Map<SamplerCode, MethodHandle> made = new HashMap<>();
        try {
            for (SamplerWriter.Method method : written.methods()) {
                Class<?> type = own.loadClass(method.className());
                String parameters = method.code().use().descriptor().descriptorString();
                MethodType descriptor = MethodType.fromMethodDescriptorString(parameters, loader);
                made.put(method.code(), MethodHandles.publicLookup().findStatic(type, method.name(), descriptor));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }
}
