package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Table;
import io.millwright.certificate.Verdict;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/// What is verified with a sync error holds when clocks really are wrong by as much: every node's gates and
/// offsets are put off by an error of its own, and the plan that results is replayed with exact clocks.
class SyncErrorTest {

    @Test
    void whatIsVerifiedWithASyncErrorHoldsWhateverTheErrorsAre() {
        holds((draft, error) -> draft.check(everywhere(error.applyAsInt("any"))), (_, most) -> _ -> most);
    }

    /// The same where every clock has an error of its own, as the ports of the table say; some are exact.
    @Test
    void whatIsVerifiedWithErrorsOfPortsHoldsWhateverTheErrorsAre() {
        holds((draft, error) -> draft.clocks(error::applyAsInt).check(Limits.NONE), (random, most) -> {
            var errors = new HashMap<String, Integer>();
            return node -> errors.computeIfAbsent(node, _ -> random.nextInt(3) == 0 ? 0 : random.nextInt(most + 1));
        });
    }

    /// @param check what says whether a plan holds with clocks that are so wrong
    /// @param draw how wrong the clock of each node may be, up to the most
    private static void holds(
            BiFunction<Draft, ToIntFunction<String>, Verdict<Figures>> check,
            BiFunction<SplittableRandom, Integer, ToIntFunction<String>> draw) {
        var verified = new AtomicInteger();
        var refuted = new AtomicInteger();
        Property.check(400, random -> {
            int most = random.nextInt(1, 120);
            var error = draw.apply(random, most);
            var draft = wide(random, random.nextInt(1, 160));
            if (check.apply(draft, error) instanceof Verdict.Verified) {
                verified.incrementAndGet();
                for (int i = 0; i < 10; i++) {
                    // Delays are no longer those that were claimed, and may differ from what they would be exactly.
                    if (skewed(draft, error, random).check(Limits.NONE) instanceof Verdict.Refuted<Figures> found) {
                        assertTrue(
                                found.shown().stream().allMatch(v -> v.rule().equals("delay")),
                                () -> "errors up to " + most + ": " + found);
                    }
                }
            } else {
                refuted.incrementAndGet();
            }
        });
        assertTrue(
                System.getProperty("mw.seed") != null || verified.get() > 40 && refuted.get() > 40,
                () -> verified + " verified, " + refuted + " refuted");
    }

    /// What ports say is what is said of all clocks, where they say the same; and the larger of both counts.
    @Test
    void errorsOfPortsAreAsOneOfAllClocks() {
        Property.check(200, random -> {
            int error = random.nextInt(1, 120);
            int less = random.nextInt(error + 1);
            var draft = wide(random, random.nextInt(1, 160));
            var all = draft.check(everywhere(error));
            assertEquals(told(all), told(draft.clocks(_ -> error).check(Limits.NONE)));
            assertEquals(told(all), told(draft.clocks(_ -> less).check(everywhere(error))));
            assertEquals(told(all), told(draft.clocks(_ -> error).check(everywhere(less))));
        });
    }

    private static Limits everywhere(long error) {
        return new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, error, Long.MAX_VALUE, true);
    }

    /// But for the errors of ports.
    private static String told(Verdict<Figures> verdict) {
        return verdict.toString().replaceAll("syncError=\\d+", "");
    }

    /// A right plan whose windows are longer than needed: on both sides, but not before a frame that is to
    /// wait. Deadlines are such that they are met by some only.
    private static Draft wide(SplittableRandom random, int margin) {
        var plan = new RandomPlan(random, random.nextInt(1, 6), random.nextBoolean());
        var draft = plan.draft.copy();
        for (var stream : plan.placed) {
            for (var passage : stream.way()) {
                boolean waits = passage.starts() > passage.comes();
                for (long later = 0; later < plan.hyperperiod; later += stream.period()) {
                    var start = Math.floorMod(passage.starts() + later, plan.hyperperiod);
                    var row = draft.rows("GCL.csv").stream()
                            .filter(r ->
                                    r.get(0).equals(passage.link()) && r.get(2).equals("" + start))
                            .findFirst()
                            .orElseThrow();
                    row.set(2, "" + Math.max(0, waits ? start : start - 2 * margin));
                    row.set(3, "" + Math.min(plan.hyperperiod, Long.parseLong(row.get(3)) + 2 * margin));
                }
            }
        }
        for (var row : draft.rows("streams.csv")) {
            row.set(5, "" + (Long.parseLong(row.get(5)) + random.nextInt(3 * margin)));
            row.set(6, "1000");
        }
        return draft;
    }

    /// Every node's clock is wrong by up to its error, mostly by all of it.
    private static Draft skewed(Draft draft, ToIntFunction<String> error, SplittableRandom random) {
        var errors = new HashMap<String, Integer>();
        var skewed = draft.copy();
        skewed.rows("GCL.csv").clear();
        for (var row : draft.rows("GCL.csv")) {
            int late = errors.computeIfAbsent(Draft.node(row.get(0)), n -> draw(error.applyAsInt(n), random));
            shift(skewed, row, late);
        }
        for (var row : skewed.rows("OFFSET.csv")) {
            var stream = draft.rows("streams.csv").get(Integer.parseInt(row.getFirst()));
            int late = errors.computeIfAbsent(stream.get(1), n -> draw(error.applyAsInt(n), random));
            row.set(2, "" + (Long.parseLong(row.get(2)) + late + 200));
        }
        return skewed;
    }

    private static int draw(int error, SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> -error;
            case 1 -> error;
            default -> random.nextInt(-error, error + 1);
        };
    }

    /// All is 200 later, so that no offset is before its period.
    private static void shift(Draft to, List<String> row, int late) {
        long cycle = Long.parseLong(row.get(4));
        long length = Long.parseLong(row.get(3)) - Long.parseLong(row.get(2));
        long start = Math.floorMod(Long.parseLong(row.get(2)) + late + 200, cycle);
        var parts = new ArrayList<long[]>();
        parts.add(new long[] {start, Math.min(cycle, start + length)});
        if (start + length > cycle) {
            parts.add(new long[] {0, start + length - cycle});
        }
        parts.forEach(p -> to.gate(row.get(0), Integer.parseInt(row.get(1)), p[0], p[1], cycle));
    }
}
