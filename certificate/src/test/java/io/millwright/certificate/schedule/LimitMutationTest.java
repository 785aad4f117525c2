package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.RandomPlan.Passage;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A right plan is accepted where switches can do just what it needs, and refused where one can do less: at one
/// port, or at all of them. What it needs is counted here from the windows and frames it was made of. Windows of a
/// queue never touch, so that each begins and ends with a move of a gate; a queue holds one frame at a time; a
/// window is as long as its frame, so that a frame misses it that comes after its beginning.
///
/// `-Dmw.mutations=100000` tries as many.
class LimitMutationTest {

    private static final int MUTATIONS = Integer.getInteger("mw.mutations", 1500);

    /// The columns from `gate_entries` on; of what varies [VariationMutationTest] has the mutations.
    private static final int COLUMNS = 9;

    private static final int SYNC_ERROR = 8;

    /// A limit that a plan breaks.
    ///
    /// @param link of the port
    /// @param column counted from `gate_entries`
    private record Limit(String link, int column, long value) {

        Limits everywhere() {
            var none = Limits.NONE;
            return new Limits(
                    column == 0 ? value : none.gateEntries(),
                    column == 1 ? value : none.minGate(),
                    column == 2 ? value : none.tick(),
                    column == 3 ? value : none.longestCycle(),
                    column == SYNC_ERROR ? value : none.syncError(),
                    column == 4 ? value : none.buffer(),
                    true);
        }

        Draft here(Draft right) {
            var draft = right.copy();
            limit(draft, link, column, value);
            return draft;
        }
    }

    private enum Mutation {
        FEWER_ENTRIES {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                int entries = moves(plan, link).size() - 1;
                return entries == 1 ? null : new Limit(link, 0, random.nextInt(1, entries));
            }
        },
        SHORTEST_ENTRY_LONGER {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                return new Limit(link, 1, shortest(plan, link) + 1 + random.nextInt(2000));
            }
        },
        TICK_THAT_A_GATE_MISSES {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                var moves = new ArrayList<>(moves(plan, link));
                long move = moves.get(random.nextInt(1, moves.size()));
                long tick = random.nextLong(2, 5000);
                return move % tick == 0 ? null : new Limit(link, 2, tick);
            }
        },
        CYCLE_TOO_LONG {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                return new Limit(link, 3, plan.hyperperiod - 1 - random.nextLong(plan.hyperperiod - 1));
            }
        },
        BUFFER_SMALLER_THAN_A_FRAME {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                var waiting = forwarded(plan, link);
                return waiting.isEmpty()
                        ? null
                        : new Limit(
                                link, 4, random.nextLong(1, size(plan, waiting.get(random.nextInt(waiting.size())))));
            }
        },
        /// The clock of this port is early by more than a frame waits there, all others are right.
        CLOCK_MORE_WRONG_THAN_A_FRAME_WAITS {
            @Override
            Limit of(RandomPlan plan, String link, SplittableRandom random) {
                var waiting = forwarded(plan, link);
                if (waiting.isEmpty()) {
                    return null;
                }
                var passage = waiting.get(random.nextInt(waiting.size()));
                return new Limit(link, SYNC_ERROR, passage.starts() - passage.comes() + 1 + random.nextInt(100));
            }
        };

        /// Null where the port has nothing to spoil like that.
        abstract Limit of(RandomPlan plan, String link, SplittableRandom random);
    }

    private static void limit(Draft draft, String link, int column, long value) {
        var row = draft.rows("topology.csv").stream()
                .filter(r -> r.getFirst().equals(link))
                .findFirst()
                .orElseThrow();
        while (row.size() < 5 + COLUMNS) {
            row.add("");
        }
        row.set(5 + column, "" + value);
    }

    /// The ends of the cycle, and when gates of a port move in between.
    private static TreeSet<Long> moves(RandomPlan plan, String link) {
        var moves = new TreeSet<>(List.of(0L, plan.hyperperiod));
        for (var row : plan.draft.rows("GCL.csv")) {
            if (row.get(0).equals(link)) {
                moves.add(Long.parseLong(row.get(2)));
                moves.add(Long.parseLong(row.get(3)));
            }
        }
        return moves;
    }

    private static long shortest(RandomPlan plan, String link) {
        var moves = List.copyOf(moves(plan, link));
        long shortest = Long.MAX_VALUE;
        for (int i = 1; i < moves.size(); i++) {
            shortest = Math.min(shortest, moves.get(i) - moves.get(i - 1));
        }
        return shortest;
    }

    private static long size(RandomPlan plan, Passage passage) {
        return plan.placed.get(passage.stream()).size();
    }

    /// The frames that a bridge sends on a link.
    private static List<Passage> forwarded(RandomPlan plan, String link) {
        return plan.placed.stream()
                .flatMap(s -> s.way().stream().skip(1))
                .filter(p -> p.link().equals(link))
                .toList();
    }

    private static List<String> links(RandomPlan plan) {
        return plan.placed.stream()
                .flatMap(s -> s.way().stream())
                .map(Passage::link)
                .distinct()
                .toList();
    }

    /// Every port can do what the plan needs of it, and nothing more.
    private static Draft justEnough(RandomPlan plan) {
        var draft = plan.draft.copy();
        for (var link : links(plan)) {
            var moves = moves(plan, link);
            limit(draft, link, 0, moves.size() - 1);
            limit(draft, link, 1, shortest(plan, link));
            limit(draft, link, 2, moves.stream().reduce(0L, LimitMutationTest::gcd));
            limit(draft, link, 3, plan.hyperperiod);
            forwarded(plan, link).stream()
                    .mapToLong(p -> size(plan, p))
                    .max()
                    .ifPresent(most -> limit(draft, link, 4, most));
        }
        return draft;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Test
    void aPlanIsAcceptedWithinWhatItNeedsAndRefusedWithinLess() {
        long seed = Property.seed();
        System.out.println("LimitMutationTest: seed " + seed);
        var random = new SplittableRandom(seed);
        var tried = new EnumMap<Mutation, Integer>(Mutation.class);
        for (int mutations = 0; mutations < MUTATIONS; ) {
            var plan = new RandomPlan(random, random.nextInt(1, 16), random.nextBoolean());
            var enough = justEnough(plan);
            enough.verified(Limits.NONE);
            var links = links(plan);
            for (var mutation : Mutation.values()) {
                var limit = mutation.of(plan, links.get(random.nextInt(links.size())), random);
                if (limit == null) {
                    continue;
                }
                boolean here = random.nextBoolean();
                var verdict = here ? limit.here(enough).check(Limits.NONE) : plan.draft.check(limit.everywhere());
                assertTrue(
                        verdict instanceof Verdict.Refuted,
                        () -> "seed %d: %s %s is accepted: %s".formatted(seed, mutation, limit, verdict));
                mutations++;
                tried.merge(mutation, 1, Integer::sum);
            }
        }
        assertEquals(Mutation.values().length, tried.size(), () -> "some were never tried: " + tried);
    }
}
