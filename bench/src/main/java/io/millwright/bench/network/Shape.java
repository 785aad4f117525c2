package io.millwright.bench.network;

import io.millwright.network.schedule.Link;
import io.millwright.network.schedule.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A shape of network of the benchmark tsnkit (RTAS 2024): 1 Gbit/s, 8 queues, 2 µs of processing. Station `n +
/// i` is at switch `i` of `n`.
enum Shape {
    LINE,
    RING,
    /// Switch `i` is linked to `2i + 1` and `2i + 2`; those beyond the switches are stations.
    TREE,
    /// A ring with chords from `i` to `n − 1 − i`.
    CHORDS,
    /// Numbered in a snake, with stations on the border. The nearest to a square that the number of switches
    /// allows.
    MESH;

    private static final int QUEUES = 8;
    private static final long MEGABITS_PER_SECOND = 1000;
    private static final long PROCESSING_NANOS = 2000;

    /// A network and its stations.
    record Network(Topology topology, List<Integer> stations) {}

    /// The network with so many switches.
    Network of(int switches) {
        var edges = new ArrayList<int[]>();
        var stations = new ArrayList<Integer>();
        switch (this) {
            case LINE -> line(switches, edges);
            case RING -> ring(switches, edges);
            case TREE -> {
                for (int child = 1; child <= 2 * switches; child++) {
                    edges.add(new int[] {(child - 1) / 2, child});
                }
                IntStream.rangeClosed(switches, 2 * switches).forEach(stations::add);
            }
            case CHORDS -> {
                ring(switches, edges);
                for (int i = 1; i + 1 < switches - 1 - i; i++) {
                    edges.add(new int[] {i, switches - 1 - i});
                }
            }
            case MESH -> mesh(switches, edges, stations);
        }
        if (stations.isEmpty()) {
            IntStream.range(switches, 2 * switches).forEach(stations::add);
        }
        if (this != TREE) {
            stations.forEach(s -> edges.add(new int[] {s - switches, s}));
        }
        var links = new ArrayList<Link>();
        for (var edge : edges) {
            links.add(new Link(edge[0], edge[1], QUEUES, MEGABITS_PER_SECOND, PROCESSING_NANOS, 0));
            links.add(new Link(edge[1], edge[0], QUEUES, MEGABITS_PER_SECOND, PROCESSING_NANOS, 0));
        }
        return new Network(new Topology(links), stations);
    }

    private static void line(int switches, List<int[]> edges) {
        for (int i = 0; i + 1 < switches; i++) {
            edges.add(new int[] {i, i + 1});
        }
    }

    private static void ring(int switches, List<int[]> edges) {
        line(switches, edges);
        edges.add(new int[] {switches - 1, 0});
    }

    private static void mesh(int switches, List<int[]> edges, List<Integer> stations) {
        int rows = (int) Math.sqrt(switches);
        while (switches % rows != 0) {
            rows--;
        }
        int columns = switches / rows;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int here = snake(row, column, columns);
                if (column + 1 < columns) {
                    edges.add(new int[] {here, snake(row, column + 1, columns)});
                }
                if (row + 1 < rows) {
                    edges.add(new int[] {here, snake(row + 1, column, columns)});
                }
                if (row == 0 || row == rows - 1 || column == 0 || column == columns - 1) {
                    stations.add(switches + here);
                }
            }
        }
    }

    private static int snake(int row, int column, int columns) {
        return row * columns + (row % 2 == 0 ? column : columns - 1 - column);
    }
}
