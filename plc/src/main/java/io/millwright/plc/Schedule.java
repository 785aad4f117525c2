package io.millwright.plc;

import io.millwright.iec61131.machine.Slot;
import io.millwright.plc.image.InputPoint;
import io.millwright.plc.pace.Timing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which task is due when. Looks through few tasks each time and allocates nothing.
final class Schedule {
    private static final long NEVER = Long.MAX_VALUE;

    private final Entry[] entries;
    private final boolean hasEvents;
    private long eventsDueNanos = NEVER;

    /// @param before the tasks of the program before: those of the same name and interval go on in step
    Schedule(List<Loaded.LoadedTask> tasks, List<Entry> before) {
        List<Entry> all = new ArrayList<>();
        for (Loaded.LoadedTask task : tasks) {
            Entry known = before.stream()
                    .filter(e -> e.setting().name().equals(task.setting().name()))
                    .findFirst()
                    .orElse(null);
            all.add(new Entry(all.size(), task, known));
        }
        entries = all.toArray(Entry[]::new);
        hasEvents = all.stream().anyMatch(e -> e.single != null);
        eventsDueNanos = hasEvents ? Long.MIN_VALUE : NEVER;
    }

    /// One task.
    static final class Entry {
        private final int place;
        private final TaskSetting setting;
        private final @Nullable Slot single;
        private final @Nullable InputPoint trigger;
        private final Timing timing;
        private long dueNanos;
        private boolean before;
        private volatile long scans;
        private volatile long skipped;

        Entry(int place, Loaded.LoadedTask task, @Nullable Entry known) {
            this.place = place;
            this.setting = task.setting();
            this.single = task.single().orElse(null);
            this.trigger = task.trigger().orElse(null);
            this.timing = known == null ? new Timing() : known.timing;
            this.scans = known == null ? 0 : known.scans;
            this.skipped = known == null ? 0 : known.skipped;
            this.dueNanos = single == null ? Long.MIN_VALUE : NEVER;
            boolean same = known != null && (known.single == null) == (single == null);
            if (known != null && same && known.setting.intervalNanos() == setting.intervalNanos()) {
                this.dueNanos = known.dueNanos;
                this.before = known.before;
            }
        }

        int place() {
            return place;
        }

        TaskSetting setting() {
            return setting;
        }

        Timing timing() {
            return timing;
        }

        long dueNanos() {
            return dueNanos;
        }

        long skipped() {
            return skipped;
        }

        /// Finds out when it is due again: at the next multiple of its interval that has not passed.
        void ended(long startNanos, long endNanos, long pauseNanos) {
            long count = scans + 1;
            scans = count;
            if (setting.intervalNanos() == 0) {
                dueNanos = single == null ? endNanos + pauseNanos : NEVER;
                return;
            }
            long missed = Math.max(0, endNanos - dueNanos) / setting.intervalNanos();
            long left = skipped + missed;
            skipped = left;
            dueNanos += (missed + 1) * setting.intervalNanos();
        }
    }

    /// The task of a name.
    @Nullable
    Entry entry(String name) {
        for (Entry entry : entries) {
            if (entry.setting.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }

    List<Entry> entries() {
        return List.of(entries);
    }

    /// Lets all tasks begin: those with an interval now.
    void start(long nowNanos) {
        for (Entry entry : entries) {
            entry.dueNanos = entry.single == null ? nowNanos : NEVER;
        }
        eventsDueNanos = hasEvents ? nowNanos : NEVER;
    }

    /// Lets the tasks begin that were not in the program before.
    void goOn(long nowNanos) {
        for (Entry entry : entries) {
            if (entry.dueNanos == Long.MIN_VALUE) {
                entry.dueNanos = nowNanos;
            }
        }
        eventsDueNanos = hasEvents ? nowNanos : NEVER;
    }

    /// When there is something to do next.
    long nextDue() {
        long due = eventsDueNanos;
        for (Entry entry : entries) {
            due = Math.min(due, entry.dueNanos);
        }
        return due;
    }

    /// Looks whether a variable has become true that starts a task.
    void events(long intervalNanos, long nowNanos) {
        if (!hasEvents) {
            return;
        }
        for (Entry entry : entries) {
            Slot single = entry.single;
            InputPoint trigger = entry.trigger;
            if (trigger != null && trigger.decide(nowNanos)) {
                trigger.put();
            }
            if (single != null) {
                boolean now = single.bits() != 0;
                if (now && !entry.before) {
                    entry.dueNanos = nowNanos;
                }
                entry.before = now;
            }
        }
        eventsDueNanos = nowNanos + intervalNanos;
    }

    /// The task that is due and has the highest priority; of equals the one that waits longest (6.8.2, Table
    /// 63).
    @Nullable
    Entry mostUrgent(long nowNanos) {
        Entry best = null;
        for (Entry entry : entries) {
            if (entry.dueNanos <= nowNanos && (best == null || isBefore(entry, best))) {
                best = entry;
            }
        }
        return best;
    }

    private static boolean isBefore(Entry a, Entry b) {
        int difference = Integer.compare(a.setting.priority(), b.setting.priority());
        return difference < 0 || difference == 0 && a.dueNanos < b.dueNanos;
    }

    List<TaskState> states() {
        return entries().stream()
                .map(e -> new TaskState(e.setting, e.timing, e.scans, e.skipped))
                .toList();
    }
}
