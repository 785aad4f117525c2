package io.millwright.node.plc;

import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.ScanObserver;
import io.millwright.plc.TaskSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks out for scans that last longer than the lease of two PLCs. The thread of the link has the priority of the one
/// that scans, and on a machine of two cores the same core: meanwhile it answers nobody, the lease runs out, and what
/// the scan told its outputs is not written. Also where it has a core of its own, a standby does the same scan, and
/// answers after it.
///
/// [#held] is called by the thread that scans, [#news] by another one.
final class LongScans implements ScanObserver {
    private static final double NANOS_PER_MILLI = 1e6;

    private volatile List<TaskSetting> tasks;
    private final Duration lease;
    private int task;
    private long nanos;
    private volatile long count;
    private long told;

    LongScans(Loaded loaded, Duration lease) {
        this(settings(loaded), lease);
    }

    LongScans(List<TaskSetting> tasks, Duration lease) {
        this.tasks = List.copyOf(tasks);
        this.lease = lease;
    }

    private static List<TaskSetting> settings(Loaded loaded) {
        return loaded.tasks().stream().map(t -> t.setting()).toList();
    }

    @Override
    public void loaded(Loaded loaded) {
        tasks = settings(loaded);
    }

    @Override
    public void held(int itsTask, long itsNanos) {
        if (itsNanos > lease.toNanos()) {
            task = itsTask;
            nanos = itsNanos;
            long next = count + 1;
            count = next;
        }
    }

    /// What is to be told since it was asked last: the latest such scan.
    Optional<Told> news() {
        long now = count;
        boolean any = now != told;
        told = now;
        List<TaskSetting> all = tasks;
        boolean known = task < all.size();
        return any
                ? Optional.of(with(
                                Told.of(
                                        "long-scan",
                                        "a scan of task {task} (programs: {programs}) held the core for {millis} ms,"
                                                + " longer than the lease of {lease} ms: outputs of such scans may"
                                                + " not be written, and the PLCs may change places; {count} so far"),
                                known ? all.get(task).name() : "",
                                known ? all.get(task).instances() : List.of())
                        .with("millis", nanos / NANOS_PER_MILLI)
                        .with("count", now))
                : Optional.empty();
    }

    /// Of each task that may hold the core for longer than the lease.
    List<Told> warnings() {
        return tasks.stream()
                .filter(t -> t.watchdogNanos() == 0 || t.watchdogNanos() > lease.toNanos())
                .map(this::warning)
                .toList();
    }

    private Told warning(TaskSetting setting) {
        var warning = setting.watchdogNanos() == 0
                ? Told.of(
                        "watchdog-none",
                        "the task {task} (programs: {programs}) has no watchdog, so a scan may last for ever, and"
                                + " the lease of two PLCs is {lease} ms: a scan that takes longer makes them change"
                                + " places")
                : Told.of(
                                "watchdog-long",
                                "the task {task} (programs: {programs}) may scan for {millis} ms by its watchdog,"
                                        + " and the lease of two PLCs is {lease} ms: a scan that takes longer makes"
                                        + " them change places")
                        .with("millis", setting.watchdogNanos() / NANOS_PER_MILLI);
        return with(warning, setting.name(), setting.instances());
    }

    private Told with(Told words, String name, List<String> programs) {
        return words.with("task", name)
                .with("programs", String.join(", ", programs))
                .with("lease", lease.toNanos() / NANOS_PER_MILLI);
    }
}
