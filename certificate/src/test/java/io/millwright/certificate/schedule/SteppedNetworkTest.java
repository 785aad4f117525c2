package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Table;
import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.SteppedNetwork.Link;
import io.millwright.certificate.schedule.SteppedNetwork.Stream;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Random gates, queues and streams that contend for them: what the replay finds is what comes out of a network
/// that is looked at every nanosecond. `-Dmw.networks=5000` compares as many.
class SteppedNetworkTest {

    private static final int NETWORKS = Integer.getInteger("mw.networks", 400);
    private static final int HYPERPERIOD = 400;
    private static final int RUNS = 60;
    private static final Limits SHARED = new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, Long.MAX_VALUE, false);

    private static final List<String> NAMES = List.of("(10, 0)", "(12, 0)", "(0, 1)", "(1, 11)", "(1, 13)");

    @Test
    void theReplayFindsTheDelaysOfANetworkThatIsLookedAtEveryNanosecond() {
        var seen = new TreeMap<String, Integer>();
        Property.check(NETWORKS, random -> seen.merge(compare(random), 1, Integer::sum));
        assertTrue(
                System.getProperty("mw.seed") != null
                        || seen.getOrDefault("the same", 0) > NETWORKS / 8
                                && seen.getOrDefault("never steady", 0) > NETWORKS / 100,
                seen::toString);
        System.out.println("SteppedNetworkTest: " + seen);
    }

    private static String compare(SplittableRandom random) {
        var draft = new Draft();
        var links = new ArrayList<Link>();
        for (var name : NAMES) {
            var link = new Link(gates(random, draft, name), random.nextInt(20));
            draft.add("topology.csv", name, 2, 1, link.processing(), 0);
            links.add(link);
        }
        var streams = new ArrayList<Stream>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            streams.add(stream(random));
        }
        var network = new SteppedNetwork(links);
        network.run(streams, RUNS * HYPERPERIOD);
        boolean steady = true;
        for (int i = 0; i < streams.size(); i++) {
            steady &= write(draft, network, streams.get(i), i);
        }
        var verdict = draft.check(SHARED);
        if (verdict instanceof Verdict.Refuted<Figures>(var _, var _, boolean replayed) && !replayed) {
            return "no gate that is long enough";
        }
        if (network.ambiguous) {
            return "at the same moment";
        }
        assertTrue(
                steady == verdict instanceof Verdict.Verified,
                () -> "the stepped network comes to another end than this: " + verdict);
        return steady ? "the same" : "never steady";
    }

    /// Two queues, each open in some of the eighths of a cycle.
    private static boolean[][] gates(SplittableRandom random, Draft draft, String link) {
        int cycle = HYPERPERIOD >> random.nextInt(3);
        var open = new boolean[2][cycle];
        for (int queue = 0; queue < 2; queue++) {
            int from = random.nextInt(cycle / 4);
            while (from < cycle) {
                int to = Math.min(cycle, from + random.nextInt(1, 90));
                draft.gate(link, queue, from, to, cycle);
                for (int i = from; i < to; i++) {
                    open[queue][i] = true;
                }
                from = to + random.nextInt(60);
            }
        }
        return open;
    }

    private static Stream stream(SplittableRandom random) {
        int period = random.nextBoolean() ? HYPERPERIOD : HYPERPERIOD / 2;
        int source = random.nextInt(2);
        boolean both = random.nextInt(3) == 0;
        var links = both ? List.of(source, 2, 3, 4) : List.of(source, 2, random.nextInt(3, 5));
        var after = both ? List.of(-1, 0, 1, 1) : List.of(-1, 0, 1);
        var queues = links.stream().map(_ -> random.nextInt(2)).toList();
        return new Stream(period, random.nextInt(period), 8 * random.nextInt(1, 8), links, after, queues);
    }

    /// Writes a stream with the delays that came out in the end.
    ///
    /// @return whether they are the same in every hyperperiod of the last half
    private static boolean write(Draft draft, SteppedNetwork network, Stream stream, int number) {
        var listeners = stream.links().stream()
                .filter(l -> l > 2)
                .map(l -> l == 3 ? "11" : "13")
                .toList();
        draft.add(
                "streams.csv",
                number,
                stream.links().getFirst() == 0 ? 10 : 12,
                listeners,
                stream.duration() / 8,
                stream.period(),
                100_000,
                100_000);
        stream.links().forEach(l -> draft.add("ROUTE.csv", number, NAMES.get(l)));
        int frames = HYPERPERIOD / stream.period();
        boolean steady = true;
        for (int frame = 0; frame < frames; frame++) {
            int first = delay(network, stream, number, RUNS / 2 * frames + frame);
            for (int run = RUNS / 2; run < RUNS - 10; run++) {
                steady &= first >= 0 && first == delay(network, stream, number, run * frames + frame);
            }
            draft.frame(number, frame, stream.offset(), first);
            for (int i = 0; i < stream.links().size(); i++) {
                draft.add(
                        "QUEUE.csv",
                        number,
                        frame,
                        NAMES.get(stream.links().get(i)),
                        stream.queues().get(i));
            }
        }
        return steady;
    }

    /// The largest to any listener; −1 if one never got it.
    private static int delay(SteppedNetwork network, Stream stream, int number, int period) {
        int most = 0;
        for (int i = 2; i < stream.links().size(); i++) {
            var left = network.left.get(List.of(number, period, i));
            if (left == null) {
                return -1;
            }
            most = Math.max(most, left - period * stream.period() - stream.offset());
        }
        return most;
    }
}
