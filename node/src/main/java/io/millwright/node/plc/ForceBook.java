package io.millwright.node.plc;

import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.model.Time;
import io.millwright.node.st.Dump;
import io.millwright.plc.VirtualPlc;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Who forces what, why and until when. Forces end by themselves: one that somebody left behind does not stay
/// for ever. Every change is written down.
final class ForceBook {
    /// How long a force lasts of which nothing else is said.
    static final Duration USUAL_LIFE = Duration.ofHours(1);
    /// How long a force lasts at most.
    static final Duration LIFE_MAX = Duration.ofDays(30);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final VirtualPlc plc;
    private final Audit audit;
    private final Time time;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// One forced variable.
    ///
    /// @param value as a program would write it
    /// @param untilNanos when it ends, by the monotonic clock
    record Entry(
            String path,
            String type,
            @Nullable Object value,
            String owner,
            String reason,
            long sinceEpochMillis,
            long untilNanos) {}

    /// What the audit keeps of a change.
    record Change(
            long epochMillis,
            String what,
            String path,
            @Nullable Object value,
            String owner,
            String reason) {}

    ForceBook(VirtualPlc plc, Audit audit, Time time) {
        this.plc = plc;
        this.audit = audit;
        this.time = time;
    }

    /// Forces a variable from the next scan on.
    ///
    /// @return completes with the entry when it holds
    CompletableFuture<Entry> force(String path, Type type, Value value, String owner, String reason, Duration life) {
        long until = time.monotonicNanos() + life.toNanos();
        long since = time.epochNanos() / NANOS_PER_MILLI;
        return plc.force(path, value).thenApply(held -> {
            var entry = new Entry(path, type.name(), Dump.shown(type, held), owner, reason, since, until);
            audit.write(new Change(since, "force", path, entry.value(), owner, reason));
            synchronized (entries) {
                entries.put(Name.key(path), entry);
            }
            return entry;
        });
    }

    /// Releases a variable.
    ///
    /// @return completes with whether it was forced
    CompletableFuture<Boolean> release(String path, String owner, String reason) {
        return plc.release(path).thenApply(there -> {
            synchronized (entries) {
                entries.remove(Name.key(path));
            }
            if (there) {
                audit.write(new Change(time.epochNanos() / NANOS_PER_MILLI, "release", path, null, owner, reason));
            }
            return there;
        });
    }

    /// Enters what the PLC before this one forced, for the usual time from now on: who forced it is written in
    /// the audit of that one.
    void adopt(List<Forces.Force> forced) {
        long until = time.monotonicNanos() + USUAL_LIFE.toNanos();
        long since = time.epochNanos() / NANOS_PER_MILLI;
        synchronized (entries) {
            entries.clear();
            for (Forces.Force force : forced) {
                String path = force.slot().name();
                Type type = force.slot().type();
                var entry = new Entry(
                        path,
                        type.name(),
                        Dump.shown(type, force.value()),
                        "",
                        "forced before the take-over",
                        since,
                        until);
                entries.put(Name.key(path), entry);
                audit.write(new Change(since, "take over", path, entry.value(), "", entry.reason()));
            }
        }
    }

    /// What is forced, in the order in which it was.
    List<Entry> list() {
        synchronized (entries) {
            return List.copyOf(entries.values());
        }
    }

    /// Releases what has lasted long enough. To be called now and then.
    void expire() {
        long now = time.monotonicNanos();
        for (Entry entry : list()) {
            if (entry.untilNanos() - now <= 0) {
                var _ = release(entry.path(), entry.owner(), "its time was over");
            }
        }
    }
}
