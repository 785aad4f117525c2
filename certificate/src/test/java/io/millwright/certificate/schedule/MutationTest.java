package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.schedule.RandomPlan.Passage;
import io.millwright.certificate.schedule.RandomPlan.Placed;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Right plans are accepted; plans with a mistake put in are not. Each mutation is a mistake by construction:
/// the plans have a window for each frame that is exactly as long, in one queue no two frames at once and no
/// windows that touch. So a frame that misses its window is late, or takes one that another frame then misses,
/// which cannot go on as there are no more windows than frames; a frame of a stream to one listener that is
/// sent at another time on its last link has another delay than the plan claims.
///
/// `-Dmw.mutations=100000` tries as many.
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("mw.mutations", 4000);

    /// What is spoiled. False where the plan has nothing to spoil like that.
    private interface Change {
        boolean apply(RandomPlan plan, Draft draft, SplittableRandom random);
    }

    private enum Mutation {
        OFFSET_SHIFTED((plan, draft, random) -> {
            var row = any(draft.rows("OFFSET.csv"), random);
            var stream = plan.placed.get(Integer.parseInt(row.get(0)));
            long shift = random.nextLong(1, stream.period() / 2) * (random.nextBoolean() ? 1 : -1);
            return plus(row, 2, shift);
        }),
        WINDOW_CUT((_, draft, random) -> {
            var row = any(draft.rows("GCL.csv"), random);
            long length = Long.parseLong(row.get(3)) - Long.parseLong(row.get(2));
            long cut = random.nextLong(1, length + 1);
            return random.nextBoolean() ? plus(row, 2, cut) : plus(row, 3, -cut);
        }),
        LAST_WINDOW_SHIFTED((plan, draft, random) -> {
            var row = lastWindow(plan, draft, random);
            long shift = random.nextLong(1, 5000) * (random.nextBoolean() ? 1 : -1);
            return row != null && plus(row, 2, shift) && plus(row, 3, shift);
        }),
        WINDOW_REMOVED((_, draft, random) -> {
            // A talker without any window would have no gates.
            var row = any(draft.rows("GCL.csv"), random);
            draft.rows("GCL.csv").remove(row);
            return draft.rows("GCL.csv").stream().anyMatch(r -> r.get(0).equals(row.get(0)));
        }),
        WINDOW_IN_ANOTHER_QUEUE((plan, draft, random) -> {
            var row = any(draft.rows("GCL.csv"), random);
            return anotherQueue(plan, row, 1, random);
        }),
        WINDOW_OVERLAPS((_, draft, random) -> {
            var row = new ArrayList<>(any(draft.rows("GCL.csv"), random));
            draft.rows("GCL.csv").add(row);
            return random.nextBoolean() || plus(row, 3, -1);
        }),
        WINDOW_OUTSIDE_THE_CYCLE((plan, draft, random) -> {
            var row = any(draft.rows("GCL.csv"), random);
            boolean before = random.nextBoolean();
            row.set(before ? 2 : 3, "" + (before ? -1 - random.nextInt(9) : plan.hyperperiod + 1 + random.nextInt(9)));
            return true;
        }),
        WINDOW_BACKWARDS((_, draft, random) -> {
            Collections.swap(any(draft.rows("GCL.csv"), random), 2, 3);
            return true;
        }),
        CYCLE_CHANGED((_, draft, random) -> plus(any(draft.rows("GCL.csv"), random), 4, 1 + random.nextInt(1000))),
        CYCLES_DOUBLED((plan, draft, _) -> {
            draft.rows("GCL.csv").forEach(r -> r.set(4, "" + 2 * plan.hyperperiod));
            return true;
        }),
        LAST_WINDOWS_SWAPPED((plan, draft, random) -> {
            var row = lastWindow(plan, draft, random);
            var others = draft.rows("GCL.csv").stream()
                    .filter(r -> row != null
                            && r.get(0).equals(row.get(0))
                            && !r.get(1).equals(row.get(1)))
                    .toList();
            if (row == null || others.isEmpty()) {
                return false;
            }
            var other = any(others, random);
            var queue = row.get(1);
            row.set(1, other.get(1));
            other.set(1, queue);
            return true;
        }),
        GATE_OPEN_WHILE_A_FRAME_WAITS((plan, draft, random) -> {
            var waiting = plan.placed.stream()
                    .filter(Placed::toOne)
                    .flatMap(s -> s.way().stream())
                    .filter(p -> p.last() && p.starts() - p.comes() > p.ends() - p.starts())
                    .toList();
            if (waiting.isEmpty()) {
                return false;
            }
            var passage = any(waiting, random);
            long from = Math.floorMod(passage.comes(), plan.hyperperiod);
            draft.gate(
                    passage.link(), passage.queue(), from, from + passage.ends() - passage.starts(), plan.hyperperiod);
            return true;
        }),
        QUEUE_SWAPPED((plan, draft, random) -> anotherQueue(plan, any(draft.rows("QUEUE.csv"), random), 3, random)),
        QUEUE_THAT_IS_NOT_THERE((plan, draft, random) -> {
            var file = random.nextBoolean() ? "QUEUE.csv" : "GCL.csv";
            any(draft.rows(file), random).set(file.equals("GCL.csv") ? 1 : 3, random.nextBoolean() ? "8" : "-1");
            return true;
        }),
        FEWER_QUEUES((plan, draft, random) -> {
            var used = any(draft.rows("QUEUE.csv"), random);
            int queue = Integer.parseInt(used.get(3));
            link(draft, used.get(2)).set(1, "" + queue);
            return queue > 0;
        }),
        HOP_DROPPED((_, draft, random) -> remove("ROUTE.csv", draft, random)),
        HOP_ADDED((_, draft, random) -> {
            var stream = any(draft.rows("ROUTE.csv"), random).get(0);
            var link = any(draft.rows("topology.csv"), random).get(0);
            boolean used = draft.rows("ROUTE.csv").contains(List.of(stream, link));
            draft.add("ROUTE.csv", stream, link);
            return !used;
        }),
        HOP_BACKWARDS((_, draft, random) -> {
            var row = any(draft.rows("ROUTE.csv"), random);
            row.set(1, row.get(1).replaceAll("\\((\\d+), (\\d+)\\)", "($2, $1)"));
            return true;
        }),
        LINK_REMOVED((_, draft, random) -> {
            var used = any(draft.rows("ROUTE.csv"), random).get(1);
            return draft.rows("topology.csv").removeIf(r -> r.get(0).equals(used));
        }),
        LINK_SLOWER((_, draft, random) -> {
            link(draft, any(draft.rows("ROUTE.csv"), random).get(1)).set(2, "0.999");
            return true;
        }),
        LINK_LONGER((plan, draft, random) -> {
            var last = lastPassage(plan, random);
            if (last == null) {
                return false;
            }
            link(draft, last.link()).set(4, "" + (1 + random.nextInt(9)));
            return true;
        }),
        DEADLINE_SHRUNK(
                (_, draft, random) -> plus(any(draft.rows("streams.csv"), random), 5, -1 - random.nextInt(500))),
        PERIOD_SHRUNK((_, draft, random) -> {
            var row = any(draft.rows("streams.csv"), random);
            row.set(4, "" + Long.parseLong(row.get(4)) / 20 * any(List.of(4, 5, 10, 16), random));
            return true;
        }),
        SIZE_GROWN((_, draft, random) -> plus(any(draft.rows("streams.csv"), random), 3, random.nextInt(1, 100))),
        SOURCE_CHANGED((_, draft, random) -> plus(any(draft.rows("streams.csv"), random), 1, 1)),
        LISTENER_ADDED((_, draft, random) -> {
            var row = any(draft.rows("streams.csv"), random);
            row.set(2, row.get(2).replace("]", ", 99]"));
            return true;
        }),
        DELAY_CLAIMED_WRONGLY((_, draft, random) ->
                plus(any(draft.rows("DELAY.csv"), random), 2, random.nextBoolean() ? 1 : -1 - random.nextInt(100))),
        OFFSET_MISSING((_, draft, random) -> remove("OFFSET.csv", draft, random)),
        DELAY_MISSING((_, draft, random) -> remove("DELAY.csv", draft, random)),
        QUEUE_MISSING((_, draft, random) -> remove("QUEUE.csv", draft, random)),
        STREAM_MISSING(
                (_, draft, random) -> draft.rows("streams.csv").size() > 1 && remove("streams.csv", draft, random));

        final Change change;

        Mutation(Change change) {
            this.change = change;
        }
    }

    private static <T> T any(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static boolean plus(List<String> row, int column, long difference) {
        row.set(column, "" + (Long.parseLong(row.get(column)) + difference));
        return true;
    }

    private static boolean remove(String file, Draft draft, SplittableRandom random) {
        draft.rows(file).remove(random.nextInt(draft.rows(file).size()));
        return true;
    }

    private static List<String> link(Draft draft, String name) {
        return draft.rows("topology.csv").stream()
                .filter(r -> r.getFirst().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// Another of the queues that the links have.
    private static boolean anotherQueue(RandomPlan plan, List<String> row, int column, SplittableRandom random) {
        int queues = Integer.parseInt(plan.draft.rows("topology.csv").getFirst().get(1));
        if (queues == 1) {
            return false;
        }
        row.set(column, "" + (Integer.parseInt(row.get(column)) + random.nextInt(1, queues)) % queues);
        return true;
    }

    private static Passage lastPassage(RandomPlan plan, SplittableRandom random) {
        var last = plan.placed.stream()
                .filter(Placed::toOne)
                .flatMap(s -> s.way().stream())
                .filter(Passage::last)
                .toList();
        return last.isEmpty() ? null : any(last, random);
    }

    /// The window on the last link of a stream to one listener, as it stands in a copy of the plan's draft.
    private static List<String> lastWindow(RandomPlan plan, Draft draft, SplittableRandom random) {
        var passage = lastPassage(plan, random);
        return passage == null
                ? null
                : draft.rows("GCL.csv").get(plan.draft.rows("GCL.csv").indexOf(plan.row(passage)));
    }

    private static RandomPlan plan(SplittableRandom random) {
        return new RandomPlan(random, random.nextInt(1, 16), random.nextBoolean());
    }

    @Test
    void everyMutationOfARightPlanIsRefusedAndTheRightPlanIsNot() {
        long seed = Property.seed();
        System.out.println("MutationTest: seed " + seed);
        var random = new SplittableRandom(seed);
        var tried = new EnumMap<Mutation, Integer>(Mutation.class);
        int mutations = 0;
        while (mutations < MUTATIONS) {
            var plan = plan(random);
            plan.draft.verified(Limits.NONE);
            for (var mutation : Mutation.values()) {
                var draft = plan.draft.copy();
                if (mutation.change.apply(plan, draft, random)) {
                    var verdict = draft.check(Limits.NONE);
                    assertTrue(
                            !(verdict instanceof Verdict.Verified),
                            () -> "seed %d: %s is accepted: %s"
                                    .formatted(seed, mutation, difference(plan.draft, draft)));
                    mutations++;
                    tried.merge(mutation, 1, Integer::sum);
                }
            }
        }
        assertEquals(Mutation.values().length, tried.size(), () -> "some were never tried: " + tried);
    }

    private static String difference(Draft right, Draft wrong) {
        var text = new StringBuilder();
        for (var file : List.of("topology.csv", "streams.csv", "GCL.csv", "OFFSET.csv", "ROUTE.csv", "QUEUE.csv")) {
            var a = Arrays.asList(right.apply(file).split("\n"));
            var b = Arrays.asList(wrong.apply(file).split("\n"));
            a.stream()
                    .filter(l -> !b.contains(l))
                    .forEach(l -> text.append("\n- ").append(file + " " + l));
            b.stream()
                    .filter(l -> !a.contains(l))
                    .forEach(l -> text.append("\n+ ").append(file + " " + l));
        }
        return text.toString();
    }

    /// Changes that leave a plan right: other limits that are wider, tables in another order, links and gates
    /// nobody uses, everything later by the same time.
    @Test
    void whatChangesNothingOfImportanceIsAccepted() {
        long seed = Property.seed();
        System.out.println("MutationTest: seed " + seed);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 150; i++) {
            var plan = plan(random);
            var draft = plan.draft.copy();
            draft.rows("streams.csv").forEach(r -> plus(r, 5, random.nextInt(1000)));
            draft.rows("streams.csv").forEach(r -> plus(r, 6, random.nextInt(1000)));
            draft.link("(900, 901)").gate("(900, 901)", 3, 7, 8, plan.shortest);
            for (var file : List.of("topology.csv", "streams.csv", "GCL.csv", "OFFSET.csv", "QUEUE.csv", "DELAY.csv")) {
                Collections.shuffle(draft.rows(file), new Random(random.nextLong()));
            }
            later(plan, draft, random.nextLong(1, plan.shortest / 4));
            var verdict = draft.check(Limits.NONE);
            assertInstanceOf(Verdict.Verified.class, verdict, () -> "seed " + seed + ": " + verdict);
        }
    }

    /// Everything later by the same time; windows that pass the end of the cycle become two.
    private static void later(RandomPlan plan, Draft draft, long time) {
        var fits = plan.placed.stream().allMatch(s -> s.offset() + time < s.period());
        if (!fits) {
            return;
        }
        draft.rows("OFFSET.csv").forEach(r -> plus(r, 2, time));
        var windows = new ArrayList<>(draft.rows("GCL.csv"));
        draft.rows("GCL.csv").clear();
        for (var row : windows) {
            long cycle = Long.parseLong(row.get(4));
            long start = (Long.parseLong(row.get(2)) + time) % cycle;
            long end = start + Long.parseLong(row.get(3)) - Long.parseLong(row.get(2));
            int queue = Integer.parseInt(row.get(1));
            draft.gate(row.get(0), queue, start, Math.min(end, cycle), cycle);
            if (end > cycle) {
                draft.gate(row.get(0), queue, 0, end - cycle, cycle);
            }
        }
    }
}
