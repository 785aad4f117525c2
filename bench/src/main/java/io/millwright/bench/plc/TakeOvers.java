package io.millwright.bench.plc;

import io.millwright.bench.Report.Figure;
import java.util.ArrayList;
import java.util.List;

/// What was seen of take-overs so far. Any thread may ask for it.
final class TakeOvers {
    static final double CYCLES_MAX = 3;
    private static final double NANOS_IN_SECOND = 1e9;

    private final List<Double> cycles = new ArrayList<>();
    private final List<Double> readyAgain = new ArrayList<>();
    private long overAlone;
    private long kills;
    private long nobody;
    private long again;
    private long behind;
    private long strays;
    private long unaided;

    /// One take-over.
    ///
    /// @param cycles until a count came that the device did not have
    /// @param again counts that were written and done again
    /// @param behind counts that were lost
    /// @param writers who wrote since the one before
    /// @param taken milliseconds that the host of a virtual machine took meanwhile
    record Seen(double cycles, long again, long behind, Writers writers, long taken) {}

    synchronized void add(Seen seen) {
        kills++;
        cycles.add(seen.cycles());
        again += seen.again();
        behind += seen.behind();
        strays += seen.writers().strays();
        unaided += seen.writers().unaided();
        overAlone += seen.cycles() > CYCLES_MAX && seen.taken() == 0 ? 1 : 0;
    }

    /// Nobody took over.
    synchronized void nobody() {
        kills++;
        nobody++;
    }

    /// The one that was killed stands by again.
    ///
    /// @param nanos since it was started
    synchronized void readyAgain(long nanos) {
        readyAgain.add(nanos / NANOS_IN_SECOND);
    }

    synchronized List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("kill -9 of the master, 10 ms task", kills, "", ""));
        figures.add(new Figure("of them nobody took over", nobody, "", "0"));
        if (!cycles.isEmpty()) {
            String what = "take-over, until a count comes that the device did not have, ";
            figures.add(new Figure(what + "median", quantile(cycles, 0.5), "cycles", ""));
            figures.add(new Figure(what + "99 %", quantile(cycles, 0.99), "cycles", "≤ 3"));
            figures.add(new Figure(what + "longest", quantile(cycles, 1), "cycles", "≤ 3"));
            long over = cycles.stream().filter(c -> c > CYCLES_MAX).count();
            figures.add(new Figure("take-overs of more than 3 cycles", over, "", "0"));
            figures.add(new Figure("of them while the host of the virtual machine took nothing", overAlone, "", "0"));
        }
        figures.add(new Figure("increments lost against the reference trace", behind, "", "0"));
        figures.add(new Figure("increments that were written and done again", again, "", "0"));
        figures.add(new Figure("values of one PLC between those of the other in the same epoch", strays, "", "0"));
        figures.add(new Figure("times they changed places by themselves, as one was late", unaided, "", ""));
        if (!readyAgain.isEmpty()) {
            figures.add(new Figure(
                    "from the start of a process until it is ready to take over, median",
                    quantile(readyAgain, 0.5),
                    "s",
                    ""));
        }
        return figures;
    }

    private static double quantile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * part)));
    }
}
