package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest plans, of so many variables in all: an online change asks several times for the code of the same
/// variables of another machine, and so does the next one.
final class SamplerPlans {
    private static final int VARIABLES_MAX = 100_000;

    private final Deque<SamplerPlan> latest = new ArrayDeque<>();
    private int variables;

    @Nullable
    SamplerPlan find(List<Slot> slots, SamplerCode.Use use) {
        Iterator<SamplerPlan> all = latest.iterator();
        while (all.hasNext()) {
            SamplerPlan plan = all.next();
            if (plan.isFor(slots, use)) {
                all.remove();
                latest.addFirst(plan);
                return plan;
            }
        }
        return null;
    }

    void keep(SamplerPlan plan) {
        latest.addFirst(plan);
        variables += plan.ways().length;
        while (variables > VARIABLES_MAX) {
            variables -= latest.removeLast().ways().length;
        }
    }
}
