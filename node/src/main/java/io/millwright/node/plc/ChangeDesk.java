package io.millwright.node.plc;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.iec61131.source.Source;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.ProjectError;
import io.millwright.plc.ProjectSession;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.change.ChangeLimits;
import io.millwright.plc.change.Finding;
import io.millwright.plc.change.OnlineChange;
import io.millwright.plc.change.Progress;
import io.millwright.plc.image.SignalTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Changes of the program that runs: one at a time. Tasks and bindings stay those of the plant file that was
/// started.
public final class ChangeDesk {
    /// How many scans a program in shadow may be behind.
    private static final int ROOM = 1000;

    private static final int SCANS_MAX = 1_000_000;
    private static final double NANOS_PER_MICRO = 1000;

    private final VirtualPlc plc;
    private final SignalTable signals;
    private final ProjectSession session;
    private final Executor threads;
    private @Nullable OnlineChange last;

    /// @param session from which the running program came
    ChangeDesk(VirtualPlc plc, SignalTable signals, ProjectSession session) {
        this.plc = plc;
        this.signals = signals;
        this.session = session;
        this.threads = work -> Thread.ofPlatform().daemon().name("plc shadow").start(work);
    }

    /// What is to be changed.
    ///
    /// @param sources all texts of the new program
    /// @param accept subjects of findings that are consented to; null for none
    /// @param shadow scans in shadow before the swap; null for 100
    /// @param trial scans in which the old program comes back if the new one fails; null for 1000
    /// @param compareOnly whether nothing is to be changed yet
    public record Request(
            List<ControlDesk.SourceView> sources,
            @Nullable List<String> accept,
            @Nullable Integer shadow,
            @Nullable Integer trial,
            @Nullable Boolean compareOnly) {}

    /// How far a change is.
    ///
    /// @param state compared, waiting, refused, swapped, settled or rolled-back
    /// @param reason why it was rolled back; empty otherwise
    /// @param pauseMicros how long the scans were held up by the swap; 0 before it
    public record View(String state, String reason, double pauseMicros, List<FindingView> findings) {}

    /// A difference and what it means.
    ///
    /// @param need note, warning, consent or refusal
    public record FindingView(
            String kind, String need, String subject, String before, String after, String present, String message) {
        static FindingView of(Finding finding) {
            return new FindingView(
                    word(finding.kind()),
                    word(finding.need()),
                    finding.subject(),
                    finding.before(),
                    finding.after(),
                    finding.present(),
                    finding.message());
        }

        private static String word(Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Compares, and changes where nothing stands against it. Waits for the shadow run.
    ///
    /// @throws IllegalArgumentException if the new program is wrong; the message tells its mistakes
    synchronized View change(Request request) {
        int shadow = scans(request.shadow(), 100);
        int trial = scans(request.trial(), 1000);
        Loaded running = plc.between(l -> l).join();
        Project project = running.project()
                .with(request.sources().stream()
                        .map(s -> new Source(s.name(), s.text()))
                        .toList());
        try {
            var limits = new ChangeLimits(shadow, trial, 0, 2, Double.POSITIVE_INFINITY);
            var settings = new OnlineChange.Settings(limits, List.of(), ROOM, threads, System::nanoTime);
            var change = OnlineChange.prepare(plc, running, project, session.compile(project), signals, settings);
            if (request.accept() != null) {
                change.accept(Set.copyOf(request.accept()));
            }
            last = change;
            boolean compareOnly = request.compareOnly() != null && request.compareOnly();
            return view(change, compareOnly ? change.progress() : change.apply());
        } catch (ProjectError e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /// A program made ready that another PLC runs.
    ///
    /// @throws ProjectError where it is refused here
    synchronized Loaded load(Project project) throws ProjectError {
        return Loaded.of(project, session.compile(project), signals, new JvmBackend());
    }

    private static int scans(@Nullable Integer given, int usual) {
        int scans = given == null ? usual : given;
        if (scans < 0 || scans > SCANS_MAX) {
            throw new IllegalArgumentException("a number of scans is from 0 to " + SCANS_MAX + ", not " + scans);
        }
        return scans;
    }

    /// The last change.
    synchronized View state() {
        OnlineChange change = last;
        return change == null ? new View("none", "", 0, List.of()) : view(change, change.progress());
    }

    /// Lets the program before the last change run again.
    synchronized View rollBack() {
        OnlineChange change = last;
        if (change == null || !change.rollBack("on request").join()) {
            throw new IllegalArgumentException("there is no change on trial that could be rolled back");
        }
        return view(change, change.progress());
    }

    private static View view(OnlineChange change, Progress progress) {
        List<FindingView> findings =
                change.plan().findings().stream().map(FindingView::of).toList();
        return switch (progress) {
            case Progress.Compared _ -> new View("compared", "", 0, findings);
            case Progress.Shadowing _ -> new View("shadowing", "", 0, findings);
            case Progress.Waiting(var open) -> new View("waiting", "", 0, views(open));
            case Progress.Refused(var reasons) -> new View("refused", "", 0, views(reasons));
            case Progress.Swapped(long pause) -> new View("swapped", "", pause / NANOS_PER_MICRO, findings);
            case Progress.Settled _ -> new View("settled", "", 0, findings);
            case Progress.RolledBack(var reason) -> new View("rolled-back", reason, 0, findings);
        };
    }

    private static List<FindingView> views(List<Finding> findings) {
        return findings.stream().map(FindingView::of).toList();
    }
}
