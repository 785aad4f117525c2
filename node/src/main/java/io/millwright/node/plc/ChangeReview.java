package io.millwright.node.plc;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Name;
import io.millwright.model.Told;
import io.millwright.node.plc.ChangeView.FindingView;
import io.millwright.node.plc.ChangeView.KeptView;
import io.millwright.node.plc.ChangeView.TextView;
import io.millwright.plc.Loaded;
import io.millwright.plc.change.Carry;
import io.millwright.plc.change.ChangeLimits;
import io.millwright.plc.change.Copy;
import io.millwright.plc.change.Finding;
import io.millwright.plc.change.OnlineChange;
import io.millwright.plc.change.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// One change of the program, from its proposal to its end: who proposed it, who decided, and what is seen of
/// it. Anybody may look at any time.
final class ChangeReview {
    private static final int KEPT_MAX = 1000;
    private static final int NAMED_MAX = 5;
    private static final double NANOS_PER_MICRO = 1000;

    private final Loaded before;
    private final OnlineChange change;
    private final Optional<TextView> manifest;
    private final ChangeLimits limits;
    private final List<String> atRestart;
    private final Asked proposed;
    private volatile Asked decided = new Asked("", "", 0);
    private volatile double pauseMicros;
    private volatile long skipped;
    private volatile boolean withdrawn;
    private volatile boolean making;
    private volatile String problem = "";

    /// Who asked for something, why and when.
    record Asked(String owner, String reason, long epochMillis) {}

    /// @param manifest what it makes of the plant file, where that is another one
    ChangeReview(
            Loaded before,
            OnlineChange change,
            Optional<TextView> manifest,
            ChangeLimits limits,
            List<String> atRestart,
            Asked proposed) {
        this.before = before;
        this.change = change;
        this.manifest = manifest;
        this.limits = limits;
        this.atRestart = List.copyOf(atRestart);
        this.proposed = proposed;
    }

    OnlineChange change() {
        return change;
    }

    Loaded before() {
        return before;
    }

    Asked proposed() {
        return proposed;
    }

    Asked decided() {
        return decided;
    }

    void decide(Asked by) {
        decided = by;
    }

    /// Somebody had it made.
    void begin(Asked by) {
        decided = by;
        making = true;
    }

    void end() {
        making = false;
    }

    /// It cannot be made.
    void refuse(String why) {
        problem = why;
    }

    /// Whether it is being made.
    boolean isMaking() {
        return making;
    }

    /// Whether it waits for a decision.
    boolean isOpen() {
        return !making && List.of("compared", "waiting").contains(state(change.progress()));
    }

    boolean isWithdrawn() {
        return withdrawn;
    }

    /// Makes an end of it before the swap.
    void withdraw() {
        withdrawn = true;
        change.withdraw();
    }

    /// Does what is still to be done. Takes as long as the shadow run.
    Progress apply() {
        Progress made = change.apply();
        if (made instanceof Progress.Swapped(long pause)) {
            pauseMicros = pause / NANOS_PER_MICRO;
        }
        return made;
    }

    /// How many scans were skipped for it, so far.
    long skipped() {
        return skipped;
    }

    void skipped(long scans) {
        skipped = scans;
    }

    /// Whether it is on trial.
    boolean isOnTrial() {
        return change.progress() instanceof Progress.Swapped;
    }

    ChangeView view() {
        Progress progress = change.progress();
        long done = 0;
        long of = 0;
        if (progress instanceof Progress.Shadowing(long scans, long all)) {
            done = scans;
            of = all;
        } else if (progress instanceof Progress.Swapped) {
            of = limits.trialScans();
            done = of - Math.min(of, change.trialScansLeft());
        }
        Asked by = decided;
        return new ChangeView(
                state(progress),
                proposed.owner(),
                proposed.reason(),
                proposed.epochMillis(),
                by.owner(),
                by.reason(),
                progress instanceof Progress.RolledBack(String why) ? why : "",
                pauseMicros,
                skipped,
                done,
                of,
                (int) change.plan().copies().stream()
                        .filter(ChangeReview::isKept)
                        .count(),
                findings(progress),
                change.plan().accepted().stream().sorted().toList(),
                atRestart,
                change.shadow().map(ChangeView.ShadowView::of).orElse(null),
                ChangeView.LimitsView.of(limits, change.limitNanos()));
    }

    private String state(Progress progress) {
        if (!problem.isEmpty()) {
            return withdrawn ? "withdrawn" : "refused";
        }
        if (making && (progress instanceof Progress.Compared || progress instanceof Progress.Waiting)) {
            return "shadowing";
        }
        return switch (progress) {
            case Progress.Compared _ -> withdrawn ? "withdrawn" : "compared";
            case Progress.Shadowing _ -> "shadowing";
            case Progress.Waiting _ -> withdrawn ? "withdrawn" : "waiting";
            case Progress.Refused _ -> withdrawn ? "withdrawn" : "refused";
            case Progress.Swapped _ -> "swapped";
            case Progress.Settled _ -> "settled";
            case Progress.RolledBack _ -> "rolled-back";
        };
    }

    /// Those of the plan, and those of the shadow run.
    private List<FindingView> findings(Progress progress) {
        List<Finding> said = switch (progress) {
            case Progress.Waiting(var open) -> open;
            case Progress.Refused(var reasons) -> withdrawn ? List.of() : reasons;
            default -> List.of();
        };
        if (!problem.isEmpty()) {
            said = List.of(new Finding(
                    Finding.Kind.BINDING, Finding.Need.REFUSAL, "inputs", "", "", "", Told.problem(problem)));
        }
        List<Finding> all = new ArrayList<>(change.plan().findings());
        said.stream().filter(f -> !all.contains(f)).forEach(all::add);
        Set<Finding> open = new HashSet<>(change.plan().open());
        open.addAll(change.plan().refusals());
        open.addAll(said);
        boolean over = switch (progress) {
            case Progress.Swapped _, Progress.Settled _, Progress.RolledBack _ -> true;
            default -> false;
        };
        return all.stream()
                .map(f -> FindingView.of(f, !over && open.contains(f)))
                .toList();
    }

    /// The texts that are not what runs, those of programs first.
    List<TextView> texts() {
        Map<String, String> old = texts(before);
        Map<String, String> now = texts(change.next());
        List<TextView> changed = new ArrayList<>();
        now.forEach((name, text) -> {
            if (!text.equals(old.get(name))) {
                changed.add(new TextView(name, old.get(name), text));
            }
        });
        old.forEach((name, text) -> {
            if (!now.containsKey(name)) {
                changed.add(new TextView(name, text, null));
            }
        });
        manifest.ifPresent(changed::add);
        return changed;
    }

    private static Map<String, String> texts(Loaded loaded) {
        return loaded.project().sources().stream()
                .filter(s -> !ControlProject.isMade(s))
                .collect(Collectors.toMap(Source::name, Source::text, (a, _) -> a, java.util.LinkedHashMap::new));
    }

    /// The variables that keep their values, at most a thousand.
    List<KeptView> kept() {
        return change.plan().copies().stream()
                .filter(ChangeReview::isKept)
                .filter(c -> !c.to().name().contains("~"))
                .limit(KEPT_MAX)
                .map(c -> new KeptView(c.to().name(), c.to().type().name()))
                .toList();
    }

    private static boolean isKept(Copy copy) {
        return copy.carry() instanceof Carry.Same
                && copy.from().name().equals(copy.to().name());
    }

    /// What variables are called since this program runs, by the keys of their names before, where that is not
    /// the same.
    Map<String, String> renamed(Loaded now) {
        boolean forward = now.equals(change.next());
        Map<String, String> names = new HashMap<>();
        if (forward || now.equals(before)) {
            for (Copy copy : change.plan().copies()) {
                String from = (forward ? copy.from() : copy.to()).name();
                String to = (forward ? copy.to() : copy.from()).name();
                if (!from.equals(to)) {
                    names.put(Name.key(from), to);
                }
            }
        }
        return names;
    }

    /// What was found, or what became of it, in one line.
    String summary() {
        ChangeView view = view();
        String texts =
                texts().stream().map(ChangeView.TextView::name).limit(NAMED_MAX).collect(Collectors.joining(", "));
        String open = view.findings().stream()
                .filter(ChangeView.FindingView::open)
                .map(ChangeView.FindingView::message)
                .limit(NAMED_MAX)
                .collect(Collectors.joining("; "));
        return "texts " + (texts.isEmpty() ? "as they were" : texts) + "; "
                + view.findings().size() + " differences"
                + (open.isEmpty() ? "" : "; open: " + open)
                + (view.skipped() == 0 ? "" : "; " + view.skipped() + " scans skipped meanwhile")
                + (view.accepted().isEmpty() ? "" : "; accepted: " + String.join(", ", view.accepted()))
                + (view.outcome().isEmpty() ? "" : "; " + view.outcome());
    }
}
