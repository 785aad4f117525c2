package io.millwright.node.plc;

import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.model.Time;
import io.millwright.node.st.Dump;
import io.millwright.plc.Loaded;
import io.millwright.plc.VirtualPlc;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Who forces what, why and until when. Forces end by themselves: one that somebody left behind does not stay
/// for ever. Until then they outlive the program and the process. Every change is written down.
///
/// Its methods wait for the scans and the disk; they are for others than the thread that scans.
final class ForceBook {
    /// How long a force lasts of which nothing else is said.
    static final Duration USUAL_LIFE = Duration.ofHours(1);
    /// How long a force lasts at most.
    static final Duration LIFE_MAX = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(ForceBook.class);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long PATIENCE_SECONDS = 10;

    private final VirtualPlc plc;
    private final Audit audit;
    private final ForceFile file;
    private final Time time;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private volatile List<Entry> listed = List.of();
    private Consumer<byte[]> other = _ -> {};

    /// One forced variable.
    ///
    /// @param held the value
    /// @param untilNanos when it ends, by the monotonic clock
    record Entry(
            String path, Type type, Value held, String owner, String reason, long sinceEpochMillis, long untilNanos) {
        /// The value as a program would write it.
        @Nullable
        Object value() {
            return Dump.shown(type, held);
        }
    }

    /// What the audit keeps of a change.
    ///
    /// @param what force, release, or kept for one of the run before
    /// @param owner whose force it is
    /// @param by who released it; empty where its time was over, or where nobody gave a name
    record Change(
            long epochMillis,
            String what,
            String path,
            @Nullable Object value,
            String owner,
            String by,
            String reason) {}

    ForceBook(VirtualPlc plc, Audit audit, ForceFile file, Time time) {
        this.plc = plc;
        this.audit = audit;
        this.file = file;
        this.time = time;
    }

    /// Forces a variable from the next scan on.
    ///
    /// @return what holds now
    synchronized Entry force(String path, Type type, Value value, String owner, String reason, Duration life) {
        long until = time.monotonicNanos() + life.toNanos();
        Value held = joined(plc.force(path, value, prepared(path, (f, s) -> f.with(s))));
        var entry = new Entry(path, type, held, owner, reason, epochMillis(), until);
        audit.write(new Change(entry.sinceEpochMillis(), "force", path, entry.value(), owner, owner, reason));
        entries.put(Name.key(path), entry);
        save();
        return entry;
    }

    /// Makes ready by this thread what the one that scans would have to do else.
    private PreparedForces prepared(String path, BiFunction<Forces, Slot, List<Slot>> then) {
        record Found(Machine machine, Optional<Slot> slot) {}
        Found found =
                joined(plc.between(l -> new Found(l.run().machine(), l.run().slot(path))));
        return found.slot()
                .map(s -> found.machine().prepare(then.apply(found.machine().forces(), s)))
                .orElse(PreparedForces.NONE);
    }

    /// Releases a variable.
    ///
    /// @param by who wants that
    /// @return whether it was forced
    synchronized boolean release(String path, String by, String reason) {
        boolean there = joined(plc.release(path, prepared(path, (f, s) -> f.without(s.name()))));
        Entry entry = entries.remove(Name.key(path));
        if (there) {
            audit.write(new Change(
                    epochMillis(),
                    "release",
                    path,
                    entry == null ? null : entry.value(),
                    entry == null ? "" : entry.owner(),
                    by,
                    reason));
        }
        if (entry != null) {
            save();
        }
        return there;
    }

    /// Lets another PLC know what is forced by whom, from now on.
    ///
    /// @param told hears it as [#adopt] takes it; returns at once
    synchronized void tellTo(Consumer<byte[]> told) {
        other = told;
        save();
    }

    /// Enters what is forced without an entry, as the PLC before this one forced it. What that one did not tell
    /// of is forced for the usual time from now on.
    ///
    /// @param told by the PLC before
    synchronized void adopt(byte[] told) {
        Map<String, ForceFile.Kept> known = new HashMap<>();
        try {
            ForceFile.decoded(told).forEach(k -> known.put(Name.key(k.path()), k));
        } catch (IOException e) {
            LOG.warn("who forced what is not known: {}", e.getMessage());
        }
        for (Forces.Force force : joined(plc.between(l -> l.run().forces()))) {
            Entry entry = entry(force, known.get(Name.key(force.slot().name())));
            if (entries.putIfAbsent(Name.key(entry.path()), entry) == null) {
                audit.write(new Change(
                        epochMillis(), "take over", entry.path(), entry.value(), entry.owner(), "", entry.reason()));
            }
        }
        save();
    }

    private Entry entry(Forces.Force force, ForceFile.@Nullable Kept kept) {
        String path = force.slot().name();
        Type type = force.slot().type();
        // Of another value it is not known who forced it.
        boolean same = kept != null
                && kept.type().equals(type.name())
                && value(kept, type).filter(force.value()::equals).isPresent();
        if (kept != null && same) {
            long until = time.monotonicNanos() + Math.max(0, leftMillis(kept)) * NANOS_PER_MILLI;
            return new Entry(path, type, force.value(), kept.owner(), kept.reason(), kept.sinceEpochMillis(), until);
        }
        long until = time.monotonicNanos() + USUAL_LIFE.toNanos();
        return new Entry(path, type, force.value(), "", "forced before the take-over", epochMillis(), until);
    }

    private long leftMillis(ForceFile.Kept kept) {
        long passed = Math.max(0, epochMillis() - kept.writtenEpochMillis());
        return Math.min(kept.leftMillis(), LIFE_MAX.toMillis()) - passed;
    }

    /// Drops all entries: another PLC says what is forced.
    synchronized void forget() {
        entries.clear();
        save();
    }

    /// What is forced, in the order in which it was.
    List<Entry> list() {
        return listed;
    }

    /// Releases what has lasted long enough. To be called now and then.
    void expire() {
        long now = time.monotonicNanos();
        for (Entry entry : list()) {
            if (entry.untilNanos() - now <= 0) {
                var _ = release(entry.path(), "", "its time was over");
            }
        }
    }

    /// After an online change: entries go on under the names that their variables have now. What was forced
    /// and is not any more has no entry.
    ///
    /// @param renamed names now, by the keys of those before
    synchronized void follow(Map<String, String> renamed) {
        if (entries.isEmpty()) {
            return;
        }
        Map<String, Forces.Force> forced = new HashMap<>();
        joined(plc.between(l -> l.run().forces()))
                .forEach(f -> forced.put(Name.key(f.slot().name()), f));
        List<Entry> before = List.copyOf(entries.values());
        entries.clear();
        for (Entry entry : before) {
            String path = renamed.getOrDefault(Name.key(entry.path()), entry.path());
            Forces.Force now = forced.get(Name.key(path));
            if (now != null) {
                entries.put(
                        Name.key(path),
                        new Entry(
                                path,
                                now.slot().type(),
                                now.value(),
                                entry.owner(),
                                entry.reason(),
                                entry.sinceEpochMillis(),
                                entry.untilNanos()));
            } else {
                String why = "the program has no such variable any more";
                LOG.warn("{} is not forced any more: {}", entry.path(), why);
                audit.write(new Change(epochMillis(), "release", entry.path(), entry.value(), entry.owner(), "", why));
            }
        }
        save();
    }

    /// Forces again what was forced in the run before and has time left. Before the first scan. A force never
    /// lasts longer than it was to, also where the clock was set meanwhile.
    ///
    /// @return what became of them, for people; empty where there was none
    synchronized String restore(Loaded loaded) {
        List<ForceFile.Kept> kept;
        try {
            kept = file.read();
        } catch (IOException e) {
            String problem = e.getMessage() + ": what was forced is not known, and nothing is forced";
            LOG.warn("{}", problem);
            return problem;
        }
        List<String> lost = new ArrayList<>();
        for (ForceFile.Kept force : kept) {
            Optional<String> problem = restore(loaded, force);
            audit.write(new Change(
                    epochMillis(),
                    problem.isEmpty() ? "kept" : "release",
                    force.path(),
                    problem.isEmpty() ? shown(force) : null,
                    force.owner(),
                    "",
                    problem.orElse(force.reason())));
            problem.ifPresent(p -> lost.add(force.path() + " (" + p + ")"));
        }
        if (kept.isEmpty()) {
            return "";
        }
        save();
        String text = entries.size() + " of " + kept.size() + " forces of the run before hold again"
                + (lost.isEmpty() ? "" : "; not " + String.join(", ", lost));
        LOG.warn("{}", text);
        return text;
    }

    private @Nullable Object shown(ForceFile.Kept force) {
        Entry entry = entries.get(Name.key(force.path()));
        return entry == null ? null : entry.value();
    }

    /// Forces one again.
    ///
    /// @return why not
    private Optional<String> restore(Loaded loaded, ForceFile.Kept kept) {
        long left = leftMillis(kept);
        if (left <= 0) {
            return Optional.of("its time was over");
        }
        Optional<Slot> slot = loaded.run().slot(kept.path());
        if (slot.isEmpty()) {
            return Optional.of("there is no such variable any more");
        }
        Type type = slot.get().type();
        Optional<Value> value =
                type.name().equals(kept.type()) && elementary(type).equals(kept.elementary())
                        ? value(kept, type)
                        : Optional.empty();
        if (value.isEmpty()) {
            return Optional.of("it is another type now: " + type.name());
        }
        try {
            loaded.run().force(slot.get(), value.get());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        long until = time.monotonicNanos() + left * NANOS_PER_MILLI;
        entries.put(
                Name.key(kept.path()),
                new Entry(kept.path(), type, value.get(), kept.owner(), kept.reason(), kept.sinceEpochMillis(), until));
        return Optional.empty();
    }

    private static String elementary(Type type) {
        Elementary elementary = type.elementary();
        return elementary == null ? "" : elementary.name();
    }

    private static Optional<Value> value(ForceFile.Kept kept, Type type) {
        return switch (kept.kind()) {
            case "truth" -> Optional.of(new Value.Truth(kept.bits() != 0));
            case "real" -> Optional.of(new Value.Real(Double.longBitsToDouble(kept.bits())));
            case "whole" -> Optional.of(new Value.Whole(kept.bits()));
            case "text" -> Optional.of(new Value.Text(kept.text()));
            case "name" ->
                type.resolved() instanceof EnumerationType e && e.values().containsKey(kept.text())
                        ? Optional.of(new Value.Whole(e.values().get(kept.text())))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private ForceFile.Kept kept(Entry entry) {
        long left = Math.max(0, entry.untilNanos() - time.monotonicNanos()) / NANOS_PER_MILLI;
        String kind = "whole";
        long bits = 0;
        String text = "";
        if (entry.type().resolved() instanceof EnumerationType && entry.value() instanceof String name) {
            kind = "name";
            text = name;
        } else {
            switch (entry.held()) {
                case Value.Truth(boolean truth) -> {
                    kind = "truth";
                    bits = truth ? 1 : 0;
                }
                case Value.Real(double real) -> {
                    kind = "real";
                    bits = Double.doubleToLongBits(real);
                }
                case Value.Whole(long whole) -> bits = whole;
                case Value.Text(String held) -> {
                    kind = "text";
                    text = held;
                }
                default -> kind = "";
            }
        }
        return new ForceFile.Kept(
                entry.path(),
                entry.type().name(),
                elementary(entry.type()),
                kind,
                bits,
                text,
                entry.owner(),
                entry.reason(),
                entry.sinceEpochMillis(),
                epochMillis(),
                left);
    }

    private void save() {
        listed = List.copyOf(entries.values());
        List<ForceFile.Kept> kept = listed.stream().map(this::kept).toList();
        other.accept(ForceFile.encoded(kept));
        try {
            file.write(kept);
        } catch (IOException e) {
            LOG.warn("what is forced would not outlive a restart: {}", e.getMessage());
        }
    }

    private long epochMillis() {
        return time.epochNanos() / NANOS_PER_MILLI;
    }

    private static <T> T joined(CompletableFuture<T> asked) {
        try {
            return asked.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) {
                throw wrong;
            }
            throw e;
        }
    }
}
