package io.millwright.network.bounds;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An immutable set of flows, by their places in the graph, rising.
final class FlowSet {

    private final int[] flows;
    private final int hash;

    private FlowSet(int[] flows) {
        this.flows = flows;
        this.hash = Arrays.hashCode(flows);
    }

    /// A set of these places, which rise.
    static FlowSet of(int... flows) {
        return new FlowSet(flows.clone());
    }

    /// Takes places that rise, one at a time.
    static final class Collector {
        private int[] flows = new int[4];
        private int size;

        void add(int flow) {
            if (size == flows.length) {
                flows = Arrays.copyOf(flows, 2 * size);
            }
            flows[size++] = flow;
        }

        FlowSet set() {
            return new FlowSet(Arrays.copyOf(flows, size));
        }
    }

    int size() {
        return flows.length;
    }

    int get(int i) {
        return flows[i];
    }

    /// The places, rising.
    IntStream stream() {
        return Arrays.stream(flows);
    }

    boolean contains(int flow) {
        return Arrays.binarySearch(flows, flow) >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FlowSet set && hash == set.hash && Arrays.equals(flows, set.flows);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
