package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.RandomPlan.Passage;
import io.millwright.certificate.schedule.RandomPlan.Placed;
import io.millwright.testkit.Property;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Columns that say that a time varies, that a bridge cuts through, how much jitter is asked for, or that a stream is
/// redundant: each plan is right before one cell of such a column is changed, and wrong by construction after it.
///
/// `-Dmw.mutations=100000` tries as many.
class VariationMutationTest {

    private static final int MUTATIONS = Integer.getInteger("mw.mutations", 2000);

    private static final int PROC = 3;
    private static final int PROP = 4;
    private static final int PROC_MIN = 10;
    private static final int PROP_MIN = 11;
    private static final int CUT_THROUGH = 12;

    /// A plan, and the same with a cell that makes it wrong.
    private record Pair(Draft right, Draft wrong) {}

    private enum Mutation {
        /// A frame comes later than its window, which is exactly as long as the frame, begins.
        PROCESSING_LONGER {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var hop = hop(plan, random, false);
                if (hop == null) {
                    return null;
                }
                long wait = hop.next.starts() - hop.next.comes();
                var wrong = plan.draft.copy();
                add(wrong, hop.link, PROC, wait + 1 + random.nextInt(100));
                return new Pair(plan.draft, wrong);
            }
        },
        /// The gate opens before a frame that does not wait; so what varies before it moves the frame.
        PROCESSING_VARIES_BEFORE_AN_OPEN_GATE {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var hop = hop(plan, random, true);
                var right = opened(plan, hop, random);
                return right == null ? null : varied(right, hop.link, PROC_MIN, 2000 - 1 - random.nextInt(1999));
            }
        },
        PROPAGATION_VARIES_BEFORE_AN_OPEN_GATE {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var hop = hop(plan, random, true);
                var right = opened(plan, hop, random);
                if (right == null) {
                    return null;
                }
                int travels = 1 + random.nextInt(1999);
                add(right, hop.link, PROP, travels);
                add(right, hop.link, PROC, -travels);
                return varied(right, hop.link, PROP_MIN, random.nextInt(travels));
            }
        },
        CUTS_THROUGH_BEFORE_AN_OPEN_GATE {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var hop = hop(plan, random, true);
                var right = opened(plan, hop, random);
                return right == null
                        ? null
                        : varied(
                                right,
                                hop.link,
                                CUT_THROUGH,
                                random.nextInt(
                                        14, plan.placed.get(hop.next.stream()).size()));
            }
        },
        /// No gate is behind the last link: what varies there is jitter, and more than is permitted.
        PROPAGATION_VARIES_BEFORE_A_LISTENER {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var last = last(plan, random);
                int travels = 2 + random.nextInt(500);
                int varies = 1 + random.nextInt(travels - 1);
                var right = last == null ? null : farther(plan, last, travels, varies);
                return right == null ? null : varied(right, last, PROP_MIN, travels - varies - 1);
            }
        },
        JITTER_SHRUNK {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var last = last(plan, random);
                int travels = 2 + random.nextInt(500);
                int varies = 1 + random.nextInt(travels - 1);
                if (last == null) {
                    return null;
                }
                var right = farther(plan, last, travels, varies);
                set(right, last, PROP_MIN, travels - varies);
                var wrong = right.copy();
                var listening = listening(plan, last);
                wrong.rows("streams.csv")
                        .get(listening.get(random.nextInt(listening.size())))
                        .set(6, "" + random.nextInt(varies));
                return new Pair(right, wrong);
            }
        },
        REDUNDANCY_ASKED_FOR {
            @Override
            Pair of(RandomPlan plan, SplittableRandom random) {
                var right = plan.draft.copy();
                right.rows("streams.csv").forEach(row -> row.add("1"));
                var wrong = right.copy();
                wrong.rows("streams.csv")
                        .get(random.nextInt(plan.placed.size()))
                        .set(7, "2");
                return new Pair(right, wrong);
            }
        };

        /// Null where the plan has nothing to spoil like that.
        abstract Pair of(RandomPlan plan, SplittableRandom random);
    }

    /// A link to a bridge, and what the bridge then does with a frame that came over it.
    private record Hop(String link, Passage next) {}

    /// @param at whether the frame is to be sent at once
    private static Hop hop(RandomPlan plan, SplittableRandom random, boolean at) {
        var hops = plan.placed.stream()
                .flatMap(stream -> stream.way().stream()
                        .filter(p -> !at || p.starts() == p.comes())
                        .flatMap(p -> before(stream, p).map(link -> new Hop(link, p))))
                .toList();
        return hops.isEmpty() ? null : hops.get(random.nextInt(hops.size()));
    }

    /// The link over which a frame comes to the port of a passage; none at a talker.
    private static Stream<String> before(Placed stream, Passage passage) {
        return stream.way().stream()
                .map(Passage::link)
                .filter(link -> link.endsWith(" " + Draft.node(passage.link()) + ")"));
    }

    /// The plan with a gate that opens before the frame that it is for; null where that is no plan that holds.
    private static Draft opened(RandomPlan plan, Hop hop, SplittableRandom random) {
        if (hop == null) {
            return null;
        }
        var draft = plan.draft.copy();
        var row = draft.rows("GCL.csv").get(plan.draft.rows("GCL.csv").indexOf(plan.row(hop.next)));
        row.set(2, "" + (Long.parseLong(row.get(2)) - 1 - random.nextInt(300)));
        return draft.check(Limits.NONE) instanceof Verdict.Verified ? draft : null;
    }

    /// A last link with one listener's frames.
    private static String last(RandomPlan plan, SplittableRandom random) {
        var links = plan.placed.stream()
                .filter(Placed::toOne)
                .flatMap(s -> s.way().stream().filter(Passage::last))
                .map(Passage::link)
                .filter(link -> listening(plan, link).stream()
                        .allMatch(s -> plan.placed.get(s).toOne()))
                .toList();
        return links.isEmpty() ? null : links.get(random.nextInt(links.size()));
    }

    /// The streams whose frames come over a link.
    private static List<Integer> listening(RandomPlan plan, String link) {
        return plan.placed.stream()
                .filter(s -> s.way().stream().anyMatch(p -> p.link().equals(link)))
                .map(Placed::stream)
                .toList();
    }

    /// A last link is so much longer, and what varies there is permitted.
    private static Draft farther(RandomPlan plan, String link, int travels, int varies) {
        var draft = plan.draft.copy();
        add(draft, link, PROP, travels);
        var streams = listening(plan, link);
        for (int stream : streams) {
            var row = draft.rows("streams.csv").get(stream);
            row.set(5, "" + (Long.parseLong(row.get(5)) + travels));
            row.set(6, "" + varies);
        }
        draft.rows("DELAY.csv").stream()
                .filter(row -> streams.contains(Integer.parseInt(row.getFirst())))
                .forEach(row -> row.set(2, "" + (Long.parseLong(row.get(2)) + travels)));
        return draft;
    }

    private static Pair varied(Draft right, String link, int column, long value) {
        var wrong = right.copy();
        set(wrong, link, column, value);
        return new Pair(right, wrong);
    }

    private static List<String> row(Draft draft, String link) {
        return draft.rows("topology.csv").stream()
                .filter(r -> r.getFirst().equals(link))
                .findFirst()
                .orElseThrow();
    }

    private static void add(Draft draft, String link, int column, long more) {
        var row = row(draft, link);
        row.set(column, "" + (Long.parseLong(row.get(column)) + more));
    }

    private static void set(Draft draft, String link, int column, long value) {
        var row = row(draft, link);
        while (row.size() <= CUT_THROUGH) {
            row.add("");
        }
        row.set(column, "" + value);
    }

    @Test
    void aCellThatMakesARightPlanWrongIsRefused() {
        long seed = Property.seed();
        System.out.println("VariationMutationTest: seed " + seed);
        var random = new SplittableRandom(seed);
        var tried = new EnumMap<Mutation, Integer>(Mutation.class);
        for (int mutations = 0; mutations < MUTATIONS; ) {
            var plan = new RandomPlan(random, random.nextInt(1, 16), random.nextBoolean());
            for (var mutation : Mutation.values()) {
                var pair = mutation.of(plan, random);
                if (pair == null) {
                    continue;
                }
                pair.right.verified(Limits.NONE);
                var verdict = pair.wrong.check(Limits.NONE);
                assertTrue(
                        !(verdict instanceof Verdict.Verified),
                        () -> "seed %d: %s is accepted: %s".formatted(seed, mutation, tables(pair.wrong)));
                mutations++;
                tried.merge(mutation, 1, Integer::sum);
            }
        }
        assertEquals(Mutation.values().length, tried.size(), () -> "some were never tried: " + tried);
    }

    private static String tables(Draft draft) {
        return String.join(
                "\n",
                Arrays.asList("topology.csv", "streams.csv", "GCL.csv", "QUEUE.csv").stream()
                        .map(draft)
                        .toList());
    }
}
