package io.millwright.network.schedule;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/// In what order streams are placed, and where in its period a stream is put first.
record Strategy(Order order, Manner manner) {

    /// Where a stream is put.
    enum Manner {
        /// As early as it can run through without waiting; where it cannot, as early as it can with waiting.
        EARLIEST,
        /// The same, but at the least remainder by the greatest common divisor of all periods. Streams of
        /// longer periods then share few remainders and leave the others whole for streams of shorter ones.
        REMAINDER,
        /// The same, but where it adds least to what links are occupied modulo that ([Residues]).
        SNUG,
        /// As early as it can, and on every link as soon as that is free: it may wait there.
        WAITING
    }

    /// An order of streams.
    enum Order {
        /// The shortest period first, then the longest frame.
        PERIOD,
        /// The least time to spare first.
        LAXITY,
        /// Who takes most of a link first.
        LOAD,
        /// The earliest deadline first.
        DEADLINE,
        /// By lot.
        LOT
    }

    /// In which order strategies are tried, again and again.
    static final List<Strategy> PORTFOLIO = List.of(
            new Strategy(Order.PERIOD, Manner.REMAINDER),
            new Strategy(Order.PERIOD, Manner.SNUG),
            new Strategy(Order.LAXITY, Manner.EARLIEST),
            new Strategy(Order.LOAD, Manner.REMAINDER),
            new Strategy(Order.LAXITY, Manner.WAITING),
            new Strategy(Order.DEADLINE, Manner.REMAINDER),
            new Strategy(Order.LAXITY, Manner.REMAINDER),
            new Strategy(Order.LOAD, Manner.SNUG),
            new Strategy(Order.LOT, Manner.REMAINDER),
            new Strategy(Order.PERIOD, Manner.WAITING),
            new Strategy(Order.PERIOD, Manner.EARLIEST),
            new Strategy(Order.LOT, Manner.EARLIEST));

    /// The members in order.
    ///
    /// @param noise 0 for the order itself; up to this share keys are made larger by lot
    /// @param weights by stream, how often it found no place: it is placed so much sooner
    List<Integer> sorted(
            List<Integer> members,
            Problem problem,
            Courses courses,
            double noise,
            int[] weights,
            SplittableRandom random) {
        var keys = new double[problem.streams().size()];
        for (int member : members) {
            double key = key(problem.streams().get(member), courses.of(member), random);
            keys[member] = key * (1 + noise * random.nextDouble()) / (1 + weights[member]);
        }
        return members.stream()
                .sorted(Comparator.comparingDouble((Integer m) -> keys[m])
                        .thenComparingInt(m -> -problem.streams().get(m).octets()))
                .toList();
    }

    private double key(Stream stream, List<Course> ways, SplittableRandom random) {
        long latency = ways.isEmpty() ? 0 : ways.getFirst().latency;
        return switch (order) {
            case PERIOD -> stream.periodNanos();
            case LAXITY -> stream.deadlineNanos() - latency;
            case LOAD -> (double) stream.periodNanos() / Math.max(1, latency);
            case DEADLINE -> stream.deadlineNanos();
            case LOT -> random.nextDouble();
        };
    }
}
