package io.millwright.plc.change;

import io.millwright.iec61131.ir.Program;
import io.millwright.model.Told;
import io.millwright.plc.Loaded;
import io.millwright.plc.Mode;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.change.Finding.Kind;
import io.millwright.plc.change.Finding.Need;
import io.millwright.plc.image.OutputPoint;
import io.millwright.plc.image.SignalTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Puts another program in the place of the one that runs, without stopping it.
///
/// ```java
/// var change = OnlineChange.prepare(plc, running, project, program, signals, settings);
/// change.plan().findings().forEach(System.out::println);
/// change.accept(Set.of("Main.oldCounter"));
/// switch (change.apply()) {
///     case Progress.Swapped _ -> …
///     case Progress.Waiting(var open) -> …   // ask, accept, apply again
///     case Progress.Refused(var reasons) -> …
///     …
/// }
/// ```
///
/// [#prepare], [#accept] and [#apply] take their time and are for one thread, which is not the one that scans.
/// Everybody may ask for the [#progress].
public final class OnlineChange {
    /// The subject of differences of outputs that were seen in shadow.
    public static final String OUTPUTS = "outputs";

    private static final Told WITHDRAWN = Told.of("withdrawn", "the change was withdrawn");

    private static final long LOOK_NANOS = 2_000_000;
    private static final long ENDLESS_NANOS = 1_000_000_000;
    private static final int ENDLESS_LIMITS = 20;

    /// After the shadow run, for the JVM to compile what is new.
    private static final long REHEARSAL_NANOS = 500_000_000;

    private final VirtualPlc plc;
    private final Loaded running;
    private final SignalTable signals;
    private final Settings settings;
    private final Loaded next;
    private final long limitNanos;
    private final Set<String> accepted = new HashSet<>();
    private volatile Planned planned;
    private volatile @Nullable ShadowReport report;
    private volatile @Nullable Shadow following;
    private volatile @Nullable ChangeTrial trial;
    private volatile Progress progress = new Progress.Compared();
    private volatile boolean withdrawn;

    /// What a change needs besides the programs.
    ///
    /// @param watched paths of variables of the running program that are compared in shadow, besides the
    ///     outputs
    /// @param room how many scans the program in shadow may be behind
    /// @param threads runs the program in shadow, which may take all of one
    /// @param nanos a clock, as [System#nanoTime]
    public record Settings(ChangeLimits limits, List<String> watched, int room, Executor threads, LongSupplier nanos) {
        public Settings {
            watched = List.copyOf(watched);
        }
    }

    private OnlineChange(VirtualPlc plc, Loaded running, Loaded next, SignalTable signals, Settings settings) {
        this.plc = plc;
        this.running = running;
        this.next = next;
        this.signals = signals;
        this.settings = settings;
        this.limitNanos = limit();
        this.planned = Planned.of(running, next, accepted);
    }

    /// Makes the new program ready and compares it with the one that runs.
    ///
    /// @param running what the PLC runs
    /// @param program what the project was compiled to; from the same [io.millwright.plc.ProjectSession] as the
    ///     running one, code of what has not changed is shared
    /// @throws ProjectError where the new project cannot be run
    public static OnlineChange prepare(
            VirtualPlc plc, Loaded running, Project project, Program program, SignalTable signals, Settings settings)
            throws ProjectError {
        Loaded next = Loaded.of(
                project, program, signals, p -> running.run().machine().another(p));
        return new OnlineChange(plc, running, next, signals, settings);
    }

    private long limit() {
        long given = settings.limits().executionNanosMax();
        return given != 0
                ? given
                : next.tasks().stream()
                        .mapToLong(t -> t.setting().intervalNanos())
                        .filter(i -> i > 0)
                        .min()
                        .orElse(0);
    }

    /// What the change does, with what was consented to so far.
    public ChangePlan plan() {
        return planned.plan();
    }

    /// How long a scan may take; 0 where nothing limits it.
    public long limitNanos() {
        return limitNanos;
    }

    /// The program that is to run.
    public Loaded next() {
        return next;
    }

    public Progress progress() {
        ChangeTrial watching = trial;
        return watching == null ? progress : watching.progress();
    }

    /// What was seen in shadow, while it runs up to now.
    public Optional<ShadowReport> shadow() {
        Shadow shadow = following;
        return Optional.ofNullable(shadow == null ? report : shadow.seen());
    }

    /// For how many scans the new program is still on trial; 0 where it is not.
    public long trialScansLeft() {
        ChangeTrial watching = trial;
        return watching != null && watching.progress() instanceof Progress.Swapped ? watching.scansLeft() : 0;
    }

    /// Makes an end of it before the swap: a shadow run ends soon, and [#apply] refuses. By any thread.
    public void withdraw() {
        withdrawn = true;
    }

    /// How many scans the program in shadow is behind.
    int lag() {
        Shadow shadow = following;
        return shadow == null || shadow.isDone() ? 0 : shadow.tape().waiting();
    }

    /// Consents to what the plan or the shadow run ask for.
    ///
    /// @param subjects each the subject of a finding, something that it lies within, or `*` for everything
    public void accept(Set<String> subjects) {
        if (accepted.addAll(subjects)) {
            int before = planned.plan().copies().size();
            planned = Planned.of(running, next, accepted);
            if (planned.plan().copies().size() != before) {
                report = null;
            }
        }
    }

    /// Does what is still to be done: the shadow run, then the swap.
    ///
    /// @return [Progress.Waiting], [Progress.Refused] or [Progress.Swapped]
    public Progress apply() {
        ChangePlan plan = planned.plan();
        if (withdrawn) {
            return refused(WITHDRAWN);
        }
        if (!plan.refusals().isEmpty()) {
            return now(new Progress.Refused(plan.refusals()));
        }
        try {
            if (report == null && settings.limits().shadowScans() > 0 && plc.mode() == Mode.RUNNING) {
                report = shadowRun();
            }
        } catch (ProjectError e) {
            return refused(Told.problem(e.getMessage()));
        }
        if (withdrawn) {
            return refused(WITHDRAWN);
        }
        Optional<Finding> failure = Optional.ofNullable(report).flatMap(this::failure);
        if (failure.isPresent()) {
            return now(new Progress.Refused(List.of(failure.get())));
        }
        List<Finding> open = new ArrayList<>(plan.open());
        Optional.ofNullable(report)
                .flatMap(this::differing)
                .filter(f -> !Subjects.covers(accepted, f.subject()))
                .ifPresent(open::add);
        return open.isEmpty() ? swap() : now(new Progress.Waiting(open));
    }

    private Progress now(Progress is) {
        progress = is;
        return is;
    }

    private Progress refused(Told why) {
        return refused(Kind.SHADOW, "program", why);
    }

    private Progress refused(Kind kind, String subject, Told why) {
        return now(new Progress.Refused(List.of(new Finding(kind, Need.REFUSAL, subject, "", "", "", why))));
    }

    private ShadowReport shadowRun() throws ProjectError {
        Loaded follower = another(next);
        Planned into = Planned.of(running, follower, accepted);
        into.force(running, follower, false);
        Migration migration = into.migration(running, follower);
        migration.warm(follower.state(), settings.nanos());
        long scans = settings.limits().shadowScans();
        var shadow = new Shadow(
                running,
                follower,
                migration,
                into.names(),
                settings.watched(),
                new Shadow.Bounds(scans, settings.room(), Double.POSITIVE_INFINITY, _ -> {}, REHEARSAL_NANOS),
                settings.nanos());
        following = shadow;
        settings.threads().execute(shadow::serve);
        plc.observe(shadow.tape()).join();
        long endless = Math.max(ENDLESS_NANOS, ENDLESS_LIMITS * limitNanos);
        while (!shadow.isDone()) {
            shadow.watch(endless);
            if (withdrawn) {
                shadow.tape().end();
            }
            progress = new Progress.Shadowing(shadow.followed(), scans);
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
        plc.forget(shadow.tape()).join();
        ShadowReport seen = shadow.report();
        report = seen;
        following = null;
        return seen;
    }

    private Loaded another(Loaded program) throws ProjectError {
        return Loaded.of(
                program.project(),
                program.program(),
                signals,
                p -> program.run().machine().another(p));
    }

    private Optional<Finding> failure(ShadowReport seen) {
        Optional<Told> why = seen.failure()
                .map(f -> Told.of("shadow-failed", "in shadow, in scan {scan}: {failure}")
                        .with("scan", seen.scans() + 1)
                        .with("failure", f));
        if (why.isEmpty() && limitNanos > 0 && seen.executionNanosMin() > limitNanos) {
            why = Optional.of(Told.of(
                            "shadow-long",
                            "in shadow even the shortest scan took {millis} ms, and {limit} ms is the limit")
                    .with("millis", seen.executionNanosMin() / 1e6)
                    .with("limit", limitNanos / 1e6));
        }
        return why.map(w -> new Finding(Kind.SHADOW, Need.REFUSAL, "program", "", "", "", w));
    }

    private Optional<Finding> differing(ShadowReport seen) {
        List<Told> told = seen.differences().stream()
                .filter(ShadowReport.Difference::isOutput)
                .filter(d -> !(d.most() <= tolerance()))
                .map(ShadowReport.Difference::told)
                .toList();
        return told.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Kind.SHADOW,
                        Need.CONSENT,
                        OUTPUTS,
                        "",
                        "",
                        "",
                        Told.of("shadow-differs", "{outputs}")
                                .with(
                                        "outputs",
                                        told,
                                        Places.some(
                                                told.stream().map(Told::text).toList()))));
    }

    private double tolerance() {
        double most = settings.limits().differenceMax();
        return Double.isInfinite(most) ? 0 : most;
    }

    private Progress swap() {
        Migration migration = planned.migration(running, next);
        migration.warm(next.state(), settings.nanos());
        planned.force(running, next, false);
        var watching = new ChangeTrial(plc, running, next, planned, settings, limitNanos);
        watching.warm(settings.nanos());
        Optional<Shadow> reverse;
        try {
            reverse = Double.isInfinite(settings.limits().differenceMax())
                    ? Optional.empty()
                    : Optional.of(reverse(watching));
        } catch (ProjectError e) {
            return refused(Told.problem(e.getMessage()));
        }
        reverse.ifPresent(r -> watching.followed(r.tape()));
        Progress made = plc.between(l -> swapNow(l, migration, watching)).join();
        if (made instanceof Progress.Swapped) {
            trial = watching;
            reverse.ifPresent(r -> settings.threads().execute(r::serve));
        }
        return now(made);
    }

    /// The old program, following the new one on trial.
    private Shadow reverse(ChangeTrial watching) throws ProjectError {
        Loaded follower = another(running);
        Planned into = Planned.of(running, follower, Set.of());
        into.force(running, follower, false);
        return new Shadow(
                next,
                follower,
                into.migration(running, follower),
                Map.of(),
                List.of(),
                new Shadow.Bounds(
                        settings.limits().trialScans(),
                        settings.room(),
                        settings.limits().differenceMax(),
                        d -> {
                            var _ = watching.rollBack("the output " + d);
                        },
                        0),
                settings.nanos());
    }

    /// Between two scans.
    @SuppressWarnings("ReferenceEquality") // that very program
    private Progress swapNow(Loaded now, Migration migration, ChangeTrial watching) {
        if (now != running) {
            return refused(Told.of("loaded-meanwhile", "another program was loaded meanwhile; compare again"));
        }
        Optional<String> step = planned.activeStep();
        if (step.isPresent()) {
            return refused(
                    Kind.STEP,
                    step.get(),
                    Told.of("step-active-now", "the step of {subject} is active and no longer there"));
        }
        long start = settings.nanos().getAsLong();
        migration.take();
        migration.put();
        planned.force(running, next, false);
        plc.swap(next, watching);
        watching.begin();
        for (OutputPoint output : running.outputs()) {
            boolean told = next.outputs().stream()
                    .anyMatch(o -> o.binding().signal().equals(output.binding().signal()));
            if (!told) {
                output.tellSafe();
            }
        }
        return new Progress.Swapped(settings.nanos().getAsLong() - start);
    }

    /// Puts the old program in the place of the new one again, its state as far as it has counterparts there.
    ///
    /// @return whether the new program was still there
    public CompletableFuture<Boolean> rollBack(String reason) {
        ChangeTrial watching = trial;
        return watching == null ? CompletableFuture.completedFuture(false) : watching.rollBack(reason);
    }
}
