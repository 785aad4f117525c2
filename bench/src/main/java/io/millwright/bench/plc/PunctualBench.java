package io.millwright.bench.plc;

import io.millwright.bench.Report.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How late scans of a 1 ms task begin, beside `cyclictest`. A part of `mw bench plc`.
///
/// The two take short turns, so that both have the same neighbours. On a virtual machine the host takes cores away
/// for as long as it likes, and neither can do anything about it: what it took is told, and the turns in which it
/// left the machine alone are told for themselves.
final class PunctualBench {
    private static final int TURNS = 40;
    private static final int WARM_UP_SCANS = 5000;
    /// Of a second, on all cores together: what a calm turn may lack.
    private static final double CALM_MILLIS = 4;

    private static final double MILLIS_PER_SECOND = 1000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int cycles;
    private final List<String> options;
    private final Consumer<String> progress;
    private final Cyclictest cyclictest = new Cyclictest();

    /// What was measured in one turn of either.
    ///
    /// @param stolen milliseconds that the host took in a second, of all cores together
    private record Turn(Lateness late, double stolen) {
        boolean isCalm() {
            return stolen <= CALM_MILLIS;
        }

        static Lateness sum(List<Turn> turns) {
            var all = new Lateness();
            turns.forEach(t -> t.late.counts().forEach(all::add));
            return all;
        }
    }

    /// A part of the measurement that fills the histogram it is given.
    @FunctionalInterface
    private interface Part {
        void run(Lateness into) throws IOException, InterruptedException;
    }

    /// @param cycles how many to measure with each policy
    /// @param options of the Java virtual machine, behind those that Millwright has
    PunctualBench(int cycles, List<String> options, Consumer<String> progress) {
        this.cycles = cycles;
        this.options = options;
        this.progress = progress;
    }

    boolean hasPeer() {
        return cyclictest.isInstalled();
    }

    /// @param fifo whether both are in SCHED_FIFO, else of normal priority
    List<Figure> figures(boolean fifo) throws IOException, InterruptedException {
        String policy = fifo ? "SCHED_FIFO" : "unprivileged";
        List<Turn> ours = new ArrayList<>();
        List<Turn> theirs = new ArrayList<>();
        var counts = new Counts();
        int each = Math.max(1, cycles / TURNS);
        try (var child =
                new Child(PunctualProcess.class, options, List.of(Workload.CELL.name(), fifo ? "fifo" : "other"))) {
            child.ask(Integer.toString(WARM_UP_SCANS));
            for (int turn = 0; turn < TURNS; turn++) {
                if (turn % 10 == 0) {
                    progress.accept(policy + ": turn " + (turn + 1) + " of " + TURNS);
                }
                ours.add(turn(into -> counts.add(child.ask(Integer.toString(each)), into)));
                if (hasPeer()) {
                    theirs.add(turn(into -> cyclictest.run(each, fifo, into)));
                }
            }
        }
        List<Figure> figures = new ArrayList<>();
        compare(policy, ours, theirs, fifo, figures);
        counts.tell(policy, figures);
        return figures;
    }

    private static Turn turn(Part part) throws IOException, InterruptedException {
        var late = new Lateness();
        long taken = HostTime.takenMillis();
        long began = System.nanoTime();
        part.run(late);
        double seconds = (System.nanoTime() - began) / NANOS_PER_SECOND;
        return new Turn(late, (HostTime.takenMillis() - taken) / seconds);
    }

    private static void compare(String policy, List<Turn> ours, List<Turn> theirs, boolean fifo, List<Figure> figures) {
        tell(policy + ", Millwright", ours, fifo ? "≤ 20" : "", fifo ? "≤ cyclictest" : "≤ 2 × cyclictest", figures);
        tell(policy + ", cyclictest", theirs, "", "", figures);
        ratio(policy + ", 99.9 %: Millwright / cyclictest", ours, theirs, fifo, figures);
        List<Turn> oursCalm = ours.stream().filter(Turn::isCalm).toList();
        List<Turn> theirsCalm = theirs.stream().filter(Turn::isCalm).toList();
        String calm = policy + ", host calm";
        tell(calm + ", Millwright", oursCalm, fifo ? "≤ 20" : "", "", figures);
        tell(calm + ", cyclictest", theirsCalm, "", "", figures);
        ratio(calm + ", 99.9 %: Millwright / cyclictest", oursCalm, theirsCalm, fifo, figures);
    }

    private static void ratio(String what, List<Turn> ours, List<Turn> theirs, boolean fifo, List<Figure> figures) {
        if (!ours.isEmpty() && !theirs.isEmpty()) {
            double peer = Math.max(1, Turn.sum(theirs).quantile(0.999));
            figures.add(new Figure(what, Turn.sum(ours).quantile(0.999) / peer, "ratio", fifo ? "≤ 1" : "≤ 2"));
        }
    }

    private static void tell(String who, List<Turn> turns, String target99, String target999, List<Figure> figures) {
        if (turns.isEmpty()) {
            return;
        }
        Lateness late = Turn.sum(turns);
        figures.add(new Figure(who + ", late, median of " + late.total(), late.quantile(0.5), "µs", ""));
        figures.add(new Figure(who + ", late, 99 %", late.quantile(0.99), "µs", target99));
        figures.add(new Figure(who + ", late, 99.9 %", late.quantile(0.999), "µs", target999));
        figures.add(new Figure(who + ", late, longest", late.longest(), "µs", ""));
        double stolen = turns.stream().mapToDouble(Turn::stolen).average().orElse(0);
        figures.add(new Figure(who + ", taken by the host", stolen / MILLIS_PER_SECOND * 100, "% of a core", ""));
    }

    /// What the process tells besides.
    private static final class Counts {
        private double skipped;
        private double veryLate;
        private double inPause;
        private double pauses;

        void add(Child.Told told, Lateness into) {
            told.counts("late", into);
            skipped += told.get("skipped");
            veryLate += told.get("veryLate");
            inPause += told.get("inPause");
            pauses += told.get("pauses");
        }

        void tell(String policy, List<Figure> figures) {
            figures.add(new Figure(policy + ", scans left out", skipped, "", ""));
            figures.add(new Figure(policy + ", more than 5 ms late", veryLate, "", ""));
            String what = policy + ", of them while the JVM paused (%.0f pauses)".formatted(pauses);
            figures.add(new Figure(what, inPause, "", "0"));
        }
    }
}
