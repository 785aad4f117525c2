package io.millwright.bench.network;

import io.millwright.network.schedule.Problem;
import io.millwright.network.schedule.Stream;
import io.millwright.network.schedule.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// Streams as the generator of the benchmark tsnkit draws them (RTAS 2024). Classes are counted from 1.
///
/// @param shape of the network
/// @param switches how many there are
/// @param streams how many are drawn
/// @param periods class of periods, 1 to 6
/// @param sizes class of sizes, 1 to 5
/// @param deadlines class of deadlines, 1 to 5
/// @param seed of all lots
record Generator(Shape shape, int switches, int streams, int periods, int sizes, int deadlines, long seed) {

    static final int PERIOD_CLASSES = 6;
    static final int SIZE_CLASSES = 5;
    static final int DEADLINE_CLASSES = 5;

    private static final long[][] PERIODS = {
        {2_000_000},
        {400_000},
        {500_000, 1_000_000, 2_000_000, 4_000_000},
        {100_000, 200_000, 400_000, 800_000},
        {250_000, 500_000, 1_250_000, 2_500_000, 4_000_000},
        {50_000, 100_000, 250_000, 500_000, 800_000}
    };
    private static final int[][] SIZES = {{50, 50}, {100, 500}, {200, 1500}, {500, 4500}, {1500, 4500}};
    private static final int STEP = 100;
    private static final long[][] EXTRAS = {
        {},
        {100_000, 200_000, 400_000, 800_000, 1_600_000},
        {10_000, 25_000, 50_000, 100_000, 200_000, 400_000},
        {0, 10_000, 20_000, 25_000, 50_000},
        {0}
    };
    private static final double MOST_LOAD = 0.75;
    private static final long PROCESSING_NANOS = 2000;
    private static final int ATTEMPTS = 1000;

    /// The problem; nothing where the talkers' links are full before all streams are drawn, or no deadline fits
    /// the periods.
    Optional<Problem> problem() {
        var random = new SplittableRandom(seed);
        var network = shape.of(switches);
        var loads = new HashMap<Integer, Double>();
        var hops = new HashMap<Integer, Map<Integer, Integer>>();
        var drawn = new ArrayList<Stream>();
        for (int attempt = 0; drawn.size() < streams && attempt < ATTEMPTS + streams; attempt++) {
            var talkers = network.stations().stream()
                    .filter(s -> loads.getOrDefault(s, 0.0) <= MOST_LOAD)
                    .toList();
            if (talkers.isEmpty()) {
                return Optional.empty();
            }
            int source = talkers.get(random.nextInt(talkers.size()));
            int listener = source;
            while (listener == source) {
                listener =
                        network.stations().get(random.nextInt(network.stations().size()));
            }
            long period = PERIODS[periods - 1][random.nextInt(PERIODS[periods - 1].length)];
            int size = size(random);
            int way = hops.computeIfAbsent(source, s -> distances(network.topology(), s))
                    .getOrDefault(listener, 0);
            long deadline = deadline(random, period, size, way);
            if (deadline > 0) {
                loads.merge(source, 8.0 * size / period, Double::sum);
                drawn.add(new Stream(drawn.size(), source, List.of(listener), size, period, deadline, 0));
            }
        }
        return drawn.size() < streams ? Optional.empty() : Optional.of(new Problem(network.topology(), drawn));
    }

    private int size(SplittableRandom random) {
        var range = SIZES[sizes - 1];
        return range[0] + STEP * random.nextInt((range[1] - range[0]) / STEP + 1);
    }

    /// A deadline not above the period; 0 if there is none.
    private long deadline(SplittableRandom random, long period, int size, int hops) {
        if (deadlines == 1) {
            return period;
        }
        long least = hops * (PROCESSING_NANOS + 8L * size);
        var fitting = Arrays.stream(EXTRAS[deadlines - 1])
                .map(e -> least + e)
                .filter(d -> d <= period)
                .toArray();
        return fitting.length == 0 ? 0 : fitting[random.nextInt(fitting.length)];
    }

    private static Map<Integer, Integer> distances(Topology topology, int from) {
        var neighbours = new HashMap<Integer, List<Integer>>();
        topology.links()
                .forEach(l -> neighbours
                        .computeIfAbsent(l.from(), _ -> new ArrayList<>())
                        .add(l.to()));
        var distances = new HashMap<>(Map.of(from, 0));
        var next = new ArrayDeque<>(List.of(from));
        while (!next.isEmpty()) {
            int here = next.remove();
            for (int there : neighbours.getOrDefault(here, List.of())) {
                if (distances.putIfAbsent(there, distances.getOrDefault(here, 0) + 1) == null) {
                    next.add(there);
                }
            }
        }
        return distances;
    }
}
