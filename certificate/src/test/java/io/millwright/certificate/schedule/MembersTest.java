package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.Violation;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Redundant streams (IEEE 802.1CB-2017): right plans are accepted, those with a mistake put in are not, for
/// the reason that was put in. The network is a ring of bridges, a talker 100 and a listener 101 at two of
/// them; the members go round it in both directions. A bit lasts 1 ns, a hop 2000 ns more; nothing waits.
class MembersTest {

    private static final int PLANS = Integer.getInteger("mw.mutations", 4000) / 10;

    /// A member: its nodes, when it starts, and when it starts on the last link.
    private record Member(List<Integer> nodes, long offset, long last) {}

    /// A plan of one redundant stream, as it was worked out.
    ///
    /// @param deadline just enough, counted from the earlier offset
    private record Ring(Draft draft, long period, long size, long deadline, long apart, long history, long reset) {}

    private static Member member(List<Integer> nodes, long offset, long size) {
        return new Member(nodes, offset, offset + (nodes.size() - 2) * (8 * size + 2000));
    }

    /// @param apart whether the members go round in both directions, and not both in one
    /// @param early by how much the deadline is too short
    private static Ring ring(SplittableRandom random, boolean apart, long early) {
        while (true) {
            int bridges = random.nextInt(3, 8);
            int to = random.nextInt(1, bridges);
            long size = random.nextLong(64, 400);
            long period = random.nextLong(12_000, 80_000);
            var up = nodes(IntStream.rangeClosed(0, to));
            var down = new ArrayList<>(List.of(100, 0));
            IntStream.iterate(bridges - 1, i -> i >= to, i -> i - 1).forEach(down::add);
            down.add(101);
            var one = member(up, random.nextLong(period), size);
            var other = member(apart ? down : up, random.nextLong(period), size);
            if (comeApart(one.offset, other.offset, size, period) && comeApart(one.last, other.last, size, period)) {
                return ring(bridges, one, other, size, period, early);
            }
        }
    }

    private static List<Integer> nodes(IntStream bridges) {
        var nodes = new ArrayList<>(List.of(100));
        bridges.forEach(nodes::add);
        nodes.add(101);
        return nodes;
    }

    private static boolean comeApart(long a, long b, long size, long period) {
        long between = Math.floorMod(a - b, period);
        return between > 8 * size && between < period - 8 * size;
    }

    private static Ring ring(int bridges, Member one, Member other, long size, long period, long early) {
        var draft = new Draft();
        for (int i = 0; i < bridges; i++) {
            int next = (i + 1) % bridges;
            draft.link("(%d, %d)".formatted(i, next)).link("(%d, %d)".formatted(next, i));
        }
        draft.link("(100, 0)").link("(0, 100)");
        int to = one.nodes.get(one.nodes.size() - 2);
        draft.link("(%d, 101)".formatted(to)).link("(101, %d)".formatted(to));
        long end = Math.max(one.last, other.last) + 8 * size;
        long deadline = end - Math.min(one.offset, other.offset);
        long apart = Math.abs(one.last - other.last);
        draft.add("streams.csv", 5, 100, "[101]", size, period, deadline - early, 0, 2);
        write(draft, "5.1", one, size, period);
        write(draft, "5.2", other, size, period);
        long history = apart / period + 2;
        long reset = (apart + period) / 1_000_000 + 1;
        draft.add("RECOVERY.csv", 5, 101, history, reset);
        return new Ring(draft, period, size, deadline, apart, history, reset);
    }

    private static void write(Draft draft, String name, Member member, long size, long period) {
        draft.add("OFFSET.csv", name, 0, member.offset);
        draft.add("DELAY.csv", name, 0, member.last + 8 * size - member.offset);
        for (int i = 1; i < member.nodes.size(); i++) {
            var link = "(%d, %d)".formatted(member.nodes.get(i - 1), member.nodes.get(i));
            draft.add("ROUTE.csv", name, link).add("QUEUE.csv", name, 0, link, 7);
            long start = (member.offset + (i - 1) * (8 * size + 2000)) % period;
            long end = start + 8 * size;
            draft.gate(link, 7, start, Math.min(end, period), period);
            if (end > period) {
                draft.gate(link, 7, 0, end - period, period);
            }
        }
    }

    /// What is put in, and the rule that must be broken.
    private enum Mistake {
        MEMBER_REMOVED("route"),
        BOTH_OVER_ONE_WAY("apart"),
        MEMBER_LATE("deadline"),
        HISTORY_TOO_SHORT("recovery"),
        RESET_TOO_SOON("recovery"),
        NO_HISTORY("recovery");

        final String rule;

        Mistake(String rule) {
            this.rule = rule;
        }
    }

    /// A plan with a mistake; nothing where the plan has no room for it.
    private static List<Draft> spoilt(Mistake mistake, SplittableRandom random) {
        var ring = ring(random, mistake != Mistake.BOTH_OVER_ONE_WAY, mistake == Mistake.MEMBER_LATE ? 1 : 0);
        var recovery = ring.draft.rows("RECOVERY.csv");
        switch (mistake) {
            case BOTH_OVER_ONE_WAY, MEMBER_LATE -> {}
            case MEMBER_REMOVED -> {
                var gone = "5." + random.nextInt(1, 3);
                for (var file : List.of("ROUTE.csv", "OFFSET.csv", "QUEUE.csv", "DELAY.csv")) {
                    ring.draft.rows(file).removeIf(r -> r.getFirst().equals(gone));
                }
            }
            case HISTORY_TOO_SHORT -> {
                if (ring.history == 2) {
                    return List.of();
                }
                recovery.getFirst().set(2, "" + (ring.history - 1));
            }
            case RESET_TOO_SOON -> {
                // a period of ms, so that there is a reset that is too soon
                return List.of(slow(random));
            }
            case NO_HISTORY -> {
                if (random.nextBoolean()) {
                    recovery.clear();
                } else {
                    recovery.getFirst().set(random.nextInt(2), "6");
                }
            }
        }
        return List.of(ring.draft);
    }

    /// Every 1 ms to 4 ms: the reset is just as long as the time to the next frame, where it must be longer.
    private static Draft slow(SplittableRandom random) {
        long period = 1_000_000L * random.nextInt(1, 5);
        var up = List.of(100, 0, 1, 101);
        var down = List.of(100, 0, 2, 1, 101);
        var ring = ring(3, member(up, 8700, 100), member(down, 5000, 100), 100, period, 0);
        ring.draft.rows("RECOVERY.csv").getFirst().set(3, "" + (ring.reset - 1));
        return ring.draft;
    }

    @Test
    void aRedundantStreamIsRightOnlyWithBothMembersApartInTimeAndRemembered() {
        long seed = Property.seed();
        System.out.println("MembersTest: seed " + seed);
        var random = new SplittableRandom(seed);
        var tried = new EnumMap<Mistake, Integer>(Mistake.class);
        for (int i = 0; i < PLANS; i++) {
            var right = ring(random, true, 0);
            var figures = right.draft.verified(Limits.NONE);
            assertEquals(right.deadline, figures.tightest().delay(), "seed " + seed);
            for (var mistake : Mistake.values()) {
                for (var draft : spoilt(mistake, random)) {
                    var verdict = draft.check(Limits.NONE);
                    var refuted = assertInstanceOf(
                            Verdict.Refuted.class, verdict, () -> "seed %d: %s is accepted".formatted(seed, mistake));
                    assertTrue(
                            ((Verdict.Refuted<?>) refuted)
                                    .shown().stream().map(Violation::rule).anyMatch(mistake.rule::equals),
                            () -> "seed %d: %s: %s".formatted(seed, mistake, refuted));
                    tried.merge(mistake, 1, Integer::sum);
                }
            }
        }
        assertEquals(Mistake.values().length, tried.size(), () -> "some were never tried: " + tried);
    }
}
