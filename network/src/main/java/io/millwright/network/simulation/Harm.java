package io.millwright.network.simulation;

import io.millwright.network.bounds.ServerGraph;
import java.util.SplittableRandom;

/// Sources that send all they may from some moment on, or save it up again and again; pauses at the
/// beginning of a busy time, or now and then.
public final class Harm implements NetworkSimulation.Adversary {
    private static final int[] IN_ORDER = {};

    private final SplittableRandom random;
    private final boolean inOrder;
    private final int[] begins;
    private final int[] every;
    private final double[] pause;
    private final int[][] orders;
    private final boolean restless;

    /// @param inOrder whether servers serve in order of arrival
    public Harm(ServerGraph graph, SplittableRandom random, boolean inOrder) {
        this.random = random;
        this.inOrder = inOrder;
        int flows = graph.flows().size();
        begins = random.ints(flows, 0, random.nextInt(1, 40)).toArray();
        every = random.ints(flows, 1, random.nextInt(2, 30)).toArray();
        pause = new double[graph.servers().size()];
        orders = new int[pause.length][];
        restless = random.nextInt(3) == 0;
        int victim = random.nextInt(flows);
        for (int server = 0; server < pause.length; server++) {
            pause[server] = random.nextBoolean() ? 1 : random.nextDouble();
            orders[server] = shuffled(flows, random.nextInt(4) == 0 ? random.nextInt(flows) : victim);
        }
    }

    private int[] shuffled(int flows, int last) {
        var order = new int[flows];
        for (int i = 0; i < flows; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (int i = 0; i + 1 < flows; i++) {
            if (order[i] == last) {
                order[i] = order[i + 1];
                order[i + 1] = last;
            }
        }
        return order;
    }

    @Override
    public long sends(int flow, int slot) {
        return slot >= begins[flow] && (slot - begins[flow]) % every[flow] == 0 ? Long.MAX_VALUE : 0;
    }

    @Override
    public boolean pauses(int server, int slot) {
        return pause[server] == 1 || random.nextDouble() < pause[server];
    }

    @Override
    public int[] order(int server, int slot) {
        if (restless && random.nextInt(8) == 0) {
            orders[server] = shuffled(orders[server].length, random.nextInt(orders[server].length));
        }
        return inOrder ? IN_ORDER : orders[server];
    }
}
