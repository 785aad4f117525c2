package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Slot;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest plans, a few, and of so many variables in all: an online change asks several times for the code of the
/// same variables of another machine, and so does the next one. What a plan names cannot be unloaded, and people
/// watch ever other lists.
final class SamplerPlans {
    static final int PLANS_MAX = 16;

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
        while (latest.size() > PLANS_MAX || variables > VARIABLES_MAX) {
            variables -= latest.removeLast().ways().length;
        }
    }
}
