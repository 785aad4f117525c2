package io.millwright.node.plc;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.node.command.PlantFiles;
import io.millwright.node.command.UsageError;
import io.millwright.node.plc.ChangeReview.Asked;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.TaskState;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.change.ChangeLimits;
import io.millwright.plc.change.OnlineChange;
import io.millwright.plc.image.SignalTable;
import io.millwright.plc.library.ControlLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes of the program that runs: one at a time, proposed by one and decided by the same or another one.
/// What is proposed, decided and becomes of it is written down.
///
/// Whatever is asked of it wrongly is an [IllegalArgumentException] whose message says what would be right.
public final class ChangeDesk {
    /// How many scans a program in shadow may be behind.
    private static final int ROOM = 1000;

    private static final int SCANS_MAX = 1_000_000;
    private static final int REASON_MAX = 200;
    private static final long LOOK_MILLIS = 50;
    private static final long NANOS_PER_MILLI = 1_000_000;
    /// How long a signal that the new program reads may take for its first value.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeDesk.class);

    private final VirtualPlc plc;
    private final SignalTable signals;
    private final Audit audit;
    private final Time time;
    private final Executor threads;
    /// Whether a change is being proposed or made.
    private final AtomicBoolean making = new AtomicBoolean();
    /// What runs, and what the last change would let run.
    private volatile ControlProject current;
    private ControlProject proposed;
    private volatile @Nullable ChangeReview last;

    /// @param project what runs
    ChangeDesk(VirtualPlc plc, SignalTable signals, ControlProject project, Audit audit, Time time) {
        this.plc = plc;
        this.signals = signals;
        this.current = project;
        this.proposed = project;
        this.audit = audit;
        this.time = time;
        this.threads = work -> Thread.ofPlatform().daemon().name("plc shadow").start(work);
    }

    /// A decision about what was proposed.
    ///
    /// @param accept subjects of findings that are consented to; null for none
    /// @param proposedEpochMillis when what was looked at had been proposed; null for whatever waits now
    public record Approval(
            @Nullable List<String> accept,
            @Nullable String owner,
            @Nullable String reason,
            @Nullable Long proposedEpochMillis) {}

    /// What the audit keeps.
    ///
    /// @param what change-proposed, change-approved, change-withdrawn, or change- with the state it came to
    /// @param result what was found, or what became of it
    record Entry(long epochMillis, String what, String owner, String reason, String result) {}

    /// Compares, and changes where nothing stands against it. Waits for the shadow run.
    ///
    /// @throws IllegalArgumentException if another change is being made or on trial, or one that somebody else
    ///     proposed waits; or it is no program, or no change
    public ChangeView change(ChangeRequest request) {
        ChangeReview review = propose(request);
        if (request.isToBeMade()) {
            begin(review, review.proposed());
            make(review);
        }
        return review.view();
    }

    private ChangeReview propose(ChangeRequest request) {
        take();
        try {
            long before = skipped();
            Asked by = asked(request.owner(), request.reason());
            if (request.isKept()) {
                mayReplace(by);
            }
            double difference = request.difference() == null ? Double.POSITIVE_INFINITY : request.difference();
            if (!(difference >= 0)) {
                throw new IllegalArgumentException("a largest difference is 0 or more, not " + difference);
            }
            var limits = new ChangeLimits(scans(request.shadow(), 100), scans(request.trial(), 1000), 0, 2, difference);
            Loaded running = plc.between(l -> l).join();
            List<String> atRestart = new ArrayList<>();
            ControlProject now = now(running);
            ControlProject wanted = wanted(request, now, running, atRestart);
            var settings = new OnlineChange.Settings(limits, List.of(), ROOM, threads, System::nanoTime);
            var change = OnlineChange.prepare(plc, running, wanted.project(), wanted.program(), signals, settings);
            change.accept(accepted(request.accept()));
            var review = new ChangeReview(running, change, manifest(now, wanted), limits, atRestart, by);
            review.skipped(skipped() - before);
            if (request.isKept()) {
                proposed = wanted;
                last = review;
                audit("change-proposed", by, review.summary());
            }
            return review;
        } catch (ProjectError | UsageError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            making.set(false);
        }
    }

    /// Nobody else makes a change now, and none is on trial.
    private void take() {
        if (!making.compareAndSet(false, true)) {
            throw new IllegalArgumentException("another change is being made: look at it, or withdraw it first");
        }
        ChangeReview known = last;
        if (known != null && known.isOnTrial()) {
            making.set(false);
            throw new IllegalArgumentException("the change before is still on trial for "
                    + known.change().trialScansLeft() + " scans: wait for that, or roll it back first");
        }
    }

    /// What waits for a decision is not exchanged behind the back of who looks at it.
    private void mayReplace(Asked by) {
        ChangeReview waiting = last;
        if (waiting != null && waiting.isOpen()) {
            String owner = waiting.proposed().owner();
            if (!owner.equals(by.owner())) {
                throw new IllegalArgumentException("a change of " + (owner.isEmpty() ? "somebody" : owner)
                        + " waits for approval: approve or withdraw it first");
            }
        }
    }

    private ControlProject wanted(ChangeRequest request, ControlProject now, Loaded running, List<String> atRestart) {
        List<Source> texts = new ArrayList<>(request.sources().stream()
                .map(s -> new Source(s.name(), s.text()))
                .toList());
        Set<String> named = texts.stream().map(Source::name).collect(Collectors.toSet());
        Set<String> library =
                ControlLibrary.sources().stream().map(Source::name).collect(Collectors.toSet());
        running.project().sources().stream()
                .filter(s -> library.contains(s.name()) || ControlProject.isMade(s))
                .filter(s -> !named.contains(s.name()))
                .forEach(texts::add);
        String manifest = request.manifest();
        if (manifest == null) {
            return now.with(texts);
        }
        if (now.plant().isEmpty()) {
            throw new UsageError("the program was started from texts alone, without a plant file: its tasks are those"
                    + " of its CONFIGURATION, and a plant file needs a restart");
        }
        PlantChange change = PlantChange.of(now.plant().get(), PlantFiles.of(manifest, "the plant file"));
        atRestart.addAll(change.atRestart());
        return ControlProject.of(change.plant(), texts, now.session()).withManifest(manifest);
    }

    /// What a change makes of the plant file.
    private static Optional<ChangeView.TextView> manifest(ControlProject now, ControlProject wanted) {
        return wanted.manifest()
                .filter(text -> !wanted.manifest().equals(now.manifest()))
                .map(text -> new ChangeView.TextView(
                        ProjectArgument.MANIFEST, now.manifest().orElse(null), text));
    }

    /// The project of the program that runs: that of the last change, or of the one before where it was not
    /// made or was rolled back.
    private ControlProject now(Loaded running) {
        ChangeReview known = last;
        if (known != null && known.change().next().equals(running)) {
            current = proposed;
        }
        return current;
    }

    private static Set<String> accepted(@Nullable List<String> subjects) {
        return subjects == null ? Set.of() : Set.copyOf(subjects);
    }

    /// Lets the change that was proposed be made. Does not wait for it.
    public ChangeView approve(Approval approval) {
        Asked by = asked(approval.owner(), approval.reason());
        take();
        ChangeReview review = last;
        if (review == null || !review.isOpen()) {
            making.set(false);
            throw new IllegalArgumentException("there is no change that waits for approval; propose one");
        }
        Long seen = approval.proposedEpochMillis();
        if (seen != null && seen != review.proposed().epochMillis()) {
            making.set(false);
            throw new IllegalArgumentException("another change was proposed meanwhile: look at that one first");
        }
        review.change().accept(accepted(approval.accept()));
        begin(review, by);
        Thread.ofVirtual().name("plc change").start(() -> make(review));
        return review.view();
    }

    private void begin(ChangeReview review, Asked by) {
        making.set(true);
        review.begin(by);
        audit("change-approved", by, review.summary());
    }

    private void make(ChangeReview review) {
        long before = skipped() - review.skipped();
        try {
            Optional<SignalName> silent = silent(review);
            if (silent.isPresent()) {
                review.refuse(silent.get() + ", which the new program reads, has delivered no value for "
                        + PATIENCE.toSeconds() + " s: see its connection, then propose the change again");
            } else {
                var _ = review.apply();
            }
        } finally {
            review.skipped(skipped() - before);
            review.end();
            making.set(false);
        }
        String state = review.view().state();
        review.skipped(skipped() - before);
        audit("change-" + state, review.decided(), review.summary());
        if (state.equals("swapped")) {
            Thread.ofVirtual().name("plc trial").start(() -> follow(review, before));
        }
    }

    /// A signal that only the new program reads and that has no value yet.
    private Optional<SignalName> silent(ChangeReview review) {
        Set<SignalName> known = inputs(review.before()).collect(Collectors.toSet());
        long until = time.monotonicNanos() + PATIENCE.toNanos();
        List<SignalName> silent =
                inputs(review.change().next()).filter(s -> !known.contains(s)).toList();
        while (!silent.isEmpty() && time.monotonicNanos() < until && !review.isWithdrawn()) {
            silent = silent.stream()
                    .filter(s -> signals.input(s).newest() == null)
                    .toList();
            LockSupport.parkNanos(LOOK_MILLIS * NANOS_PER_MILLI);
        }
        return silent.stream().findFirst();
    }

    private static Stream<SignalName> inputs(Loaded program) {
        return program.inputs().stream().map(i -> i.binding().signal());
    }

    /// Writes down what becomes of a change on trial.
    private void follow(ChangeReview review, long skippedBefore) {
        while (review.isOnTrial()) {
            LockSupport.parkNanos(LOOK_MILLIS * NANOS_PER_MILLI);
            review.skipped(skipped() - skippedBefore);
        }
        // Once more: counting waits for the end of the scan that ended the trial.
        review.skipped(skipped() - skippedBefore);
        audit("change-" + review.view().state(), review.decided(), review.summary());
    }

    private long skipped() {
        return plc.tasks().join().stream().mapToLong(TaskState::skipped).sum();
    }

    /// The last change.
    public ChangeView state() {
        ChangeReview review = last;
        return review == null ? ChangeView.NONE : review.view();
    }

    /// The texts that the last change changes.
    public List<ChangeView.TextView> texts() {
        ChangeReview review = last;
        return review == null ? List.of() : review.texts();
    }

    /// Variables that keep their values in the last change.
    public List<ChangeView.KeptView> kept() {
        ChangeReview review = last;
        return review == null ? List.of() : review.kept();
    }

    /// What variables are called in this program, by the keys of their names in the one before.
    Map<String, String> renamed(Loaded now) {
        ChangeReview review = last;
        return review == null ? Map.of() : review.renamed(now);
    }

    /// Takes the last change back: what was only proposed is withdrawn, a shadow run ends, and where the new
    /// program runs, the one before runs again.
    public ChangeView takeBack(String owner, String reason) {
        Asked by = asked(owner, reason);
        ChangeReview review = last;
        if (review == null) {
            throw nothingToTakeBack();
        }
        if (review.isOpen() || review.isMaking()) {
            boolean open = review.isOpen();
            review.decide(by);
            review.withdraw();
            if (open) {
                audit("change-withdrawn", by, review.summary());
            }
            return review.view();
        }
        String why = "on request" + (by.owner().isEmpty() ? "" : " of " + by.owner())
                + (by.reason().isEmpty() ? "" : ": " + by.reason());
        boolean onTrial = review.isOnTrial();
        if (!review.change().rollBack(why).join()) {
            throw nothingToTakeBack();
        }
        review.decide(by);
        if (!onTrial) {
            audit("change-rolled-back", by, review.summary());
        }
        return review.view();
    }

    private static IllegalArgumentException nothingToTakeBack() {
        return new IllegalArgumentException("there is no change that could be withdrawn or rolled back");
    }

    private Asked asked(@Nullable String owner, @Nullable String reason) {
        return new Asked(text(owner), text(reason), time.epochNanos() / NANOS_PER_MILLI);
    }

    private static String text(@Nullable String given) {
        String text = given == null ? "" : given.strip();
        if (text.length() > REASON_MAX) {
            throw new IllegalArgumentException("owner and reason have at most " + REASON_MAX + " characters");
        }
        return text;
    }

    /// A program made ready that another PLC runs.
    ///
    /// @throws ProjectError where it is refused here
    Loaded load(Project project) throws ProjectError {
        ControlProject before = current;
        Program program = before.session().compile(project);
        // The plant file is not sent: it is known where it says the same.
        boolean same = project.tasks().equals(before.project().tasks())
                && project.bindings().equals(before.project().bindings())
                && project.predictive().equals(before.project().predictive());
        current = new ControlProject(
                project,
                program,
                before.session(),
                before.plant(),
                before.manifest().filter(_ -> same));
        return Loaded.of(project, program, signals, new JvmBackend());
    }

    private static int scans(@Nullable Integer given, int usual) {
        int scans = given == null ? usual : given;
        if (scans < 0 || scans > SCANS_MAX) {
            throw new IllegalArgumentException("a number of scans is from 0 to " + SCANS_MAX + ", not " + scans);
        }
        return scans;
    }

    private void audit(String what, Asked by, String result) {
        LOG.info("{} by {}: {}", what, by.owner().isEmpty() ? "somebody without a name" : by.owner(), result);
        audit.write(new Entry(time.epochNanos() / NANOS_PER_MILLI, what, by.owner(), by.reason(), result));
    }
}
