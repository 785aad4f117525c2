package io.millwright.bench.network;

import io.millwright.bench.Report.Figure;
import io.millwright.network.failure.Atlas;
import io.millwright.network.failure.Failure;
import io.millwright.network.failure.Failures;
import io.millwright.network.failure.Fate;
import io.millwright.network.schedule.Schedule;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;

/// Alternatives for a schedule after each failure of a link between switches.
final class LinkFailures {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration TIME = Duration.ofSeconds(10);

    private final String name;
    private final int runs;
    private final int checkOneIn;
    private final Times medians = new Times();
    private final Times all = new Times();
    private int complete;
    private int moved;
    private int lost;
    private int open;
    private int checked;

    /// @param runs how often each alternative is found and measured, after as many unmeasured ones
    /// @param checkOneIn one in so many alternatives is replayed by the checker
    LinkFailures(String name, int runs, int checkOneIn) {
        this.name = name;
        this.runs = runs;
        this.checkOneIn = checkOneIn;
    }

    void run(Schedule schedule, List<Figure> figures, List<String> remarks) {
        var links = between(Failures.single(schedule.problem()));
        var atlas = new Atlas(schedule, THREADS::getCurrentThreadCpuTime, 1);
        for (int i = 0; i < links.size(); i++) {
            measure(atlas, links.get(i), i % checkOneIn == 0);
        }
        figures.add(new Figure(
                name + ": links between switches that failed, with an alternative for all streams or a proof, of "
                        + links.size(),
                complete,
                "",
                "all"));
        figures.add(new Figure(
                name + ": processor time for one alternative, slowest link", medians.quantile(1), "ms", "≤ 5"));
        figures.add(new Figure(name + ": the same, 99 % of all", all.quantile(0.99), "ms", ""));
        remarks.add(("%s after %d failures: %d streams moved, %d lost with a proof, %d open; %d alternatives were"
                        + " replayed by the checker")
                .formatted(name, links.size(), moved, lost, open, checked));
    }

    /// Links at whose ends no stream begins or ends.
    private static List<Failure> between(List<Failure> single) {
        var stations = single.stream()
                .map(f -> f.parts().getFirst())
                .filter(p -> p.kind() == Failure.Kind.STATION)
                .map(p -> p.nodes().getFirst())
                .toList();
        return single.stream()
                .filter(f -> f.parts().getFirst().kind() == Failure.Kind.LINK)
                .filter(f -> f.parts().getFirst().nodes().stream().noneMatch(stations::contains))
                .toList();
    }

    private void measure(Atlas atlas, Failure failure, boolean check) {
        var times = new Times();
        for (int i = -runs; i < runs; i++) {
            double millis = atlas.of(failure, TIME).nanos() / 1e6;
            if (i >= 0) {
                times.add(millis);
                all.add(millis);
            }
        }
        medians.add(times.quantile(0.5));
        var consequence = atlas.of(failure, TIME);
        if (check && consequence.alternative().isPresent()) {
            Checked.check(consequence.alternative().get());
            checked++;
        }
        moved += consequence.fates(Fate.Moved.class).size();
        lost += consequence.fates(Fate.Lost.class).size();
        open += consequence.fates(Fate.Open.class).size();
        complete += consequence.fates(Fate.Open.class).isEmpty() ? 1 : 0;
    }
}
