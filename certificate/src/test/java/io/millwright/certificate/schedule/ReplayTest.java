package io.millwright.certificate.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Small plans whose times were worked out by hand from IEEE 802.1Q-2022, 8.6.8.
///
/// The network is a line of bridges 0 and 1. Stations 10 and 12 are at bridge 0, stations 11 and 13 at bridge
/// 1. A bit lasts 1 ns, so 125 bytes last 1000 ns; from the last bit until it stands in the next queue a frame
/// takes 2000 ns.
class ReplayTest {

    private static final Limits EXACT = Limits.NONE;
    private static final Limits SHARED = new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, Long.MAX_VALUE, false);

    private static Draft line() {
        return new Draft()
                .link("(10, 0)")
                .link("(12, 0)")
                .link("(0, 1)")
                .link("(1, 11)")
                .link("(1, 13)");
    }

    /// Stream 0: 125 bytes from 10 to 11 every 100 µs in queue 7.
    private static Draft one(long offset, long delay, long deadline) {
        return line().stream(0, 10, "[11]", 125, 100_000, deadline, "(10, 0)", "(0, 1)", "(1, 11)")
                .frame(0, 0, offset, delay)
                .queue(0, "(10, 0)", 7)
                .queue(0, "(0, 1)", 7)
                .queue(0, "(1, 11)", 7);
    }

    /// Stream 1: from 12 to 11 in the given queue of the link between the bridges.
    private static Draft other(Draft draft, long size, long offset, long delay, int queue) {
        return draft.stream(1, 12, "[11]", size, 100_000, 100_000, "(12, 0)", "(0, 1)", "(1, 11)")
                .frame(1, 0, offset, delay)
                .queue(1, "(12, 0)", 7)
                .queue(1, "(0, 1)", queue)
                .queue(1, "(1, 11)", 7);
    }

    private static void assertOnly(String rule, List<String> wrong) {
        assertTrue(!wrong.isEmpty() && wrong.stream().allMatch(w -> w.startsWith(rule + ":")), wrong.toString());
    }

    /// (10, 0) 0 – 1000; in the queue of (0, 1) at 3000, sent until 4000; in the queue of (1, 11) at 6000,
    /// there at 7000.
    @Test
    void aFrameThatWaitsNowhereTakesTransmissionsAndProcessing() {
        var draft = one(0, 7000, 7000).gate("(0, 1)", 7, 3000, 4000, 100_000).gate("(1, 11)", 7, 6000, 7000, 100_000);
        var figures = draft.verified(EXACT);
        assertEquals(new Figures.Tightest("0", 7000, 7000), figures.tightest());
        assertEquals(1, figures.frames());
        assertEquals(3, figures.passages());
        assertEquals(100_000, figures.hyperperiod());
    }

    @Test
    void aDeadlineOneNanosecondShorterIsMissed() {
        var draft = one(0, 7000, 6999).gate("(0, 1)", 7, 3000, 4000, 100_000).gate("(1, 11)", 7, 6000, 7000, 100_000);
        assertOnly("deadline", draft.wrong(EXACT));
    }

    /// Stream 1, 250 bytes: (12, 0) 1000 – 3000, (0, 1) 5000 – 7000, (1, 11) 9000 – 11 000: a delay of 10 000.
    @Test
    void twoStreamsShareALinkOneAfterTheOther() {
        var draft = other(one(0, 7000, 50_000), 250, 1000, 10_000, 7)
                .gate("(0, 1)", 7, 3000, 4000, 100_000)
                .gate("(0, 1)", 7, 5000, 7000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000)
                .gate("(1, 11)", 7, 9000, 11_000, 100_000);
        assertEquals(
                new Figures.Tightest("0", 7000, 50_000), draft.verified(EXACT).tightest());
    }

    /// Sent at 10 000 instead of 3000; then 13 000 – 14 000.
    @Test
    void aFrameWaitsForItsGate() {
        var draft = one(0, 14_000, 14_000)
                .gate("(0, 1)", 7, 10_000, 11_000, 100_000)
                .gate("(1, 11)", 7, 13_000, 14_000, 100_000);
        draft.verified(EXACT);
    }

    /// 8.6.8.4: at 3000 only 999 ns are left, so the frame waits for 5000; then 8000 – 9000.
    @Test
    void aFrameThatDoesNotFitBeforeItsGateClosesIsNotBegun() {
        var draft = one(0, 9000, 9000)
                .gate("(0, 1)", 7, 2000, 3999, 100_000)
                .gate("(0, 1)", 7, 5000, 6000, 100_000)
                .gate("(1, 11)", 7, 8000, 9000, 100_000);
        draft.verified(EXACT);
    }

    /// Times that touch keep the gate open: 2500 – 3500 and 3500 – 4000 hold the frame of 3000 – 4000.
    @Test
    void timesThatTouchAreOne() {
        var draft = one(0, 7000, 7000)
                .gate("(0, 1)", 7, 2500, 3500, 100_000)
                .gate("(0, 1)", 7, 3500, 4000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000);
        draft.verified(EXACT);
    }

    /// Released at 98 500: (10, 0) until 99 500, in the queue at 101 500, sent until 102 500, at 104 500 – 105
    /// 500 on (1, 11). The list repeats: 1500 – 2500 and 4500 – 5500.
    @Test
    void aFramesWayMayPassTheEndOfTheCycle() {
        var draft =
                one(98_500, 7000, 7000).gate("(0, 1)", 7, 1500, 2500, 100_000).gate("(1, 11)", 7, 4500, 5500, 100_000);
        draft.verified(EXACT);
    }

    /// Released at 96 500: sent on (0, 1) from 99 500 to 100 500, in two pieces of the list.
    @Test
    void aGateMayBeOpenPastTheEndOfTheCycle() {
        var draft = one(96_500, 7000, 7000)
                .gate("(0, 1)", 7, 99_500, 100_000, 100_000)
                .gate("(0, 1)", 7, 0, 500, 100_000)
                .gate("(1, 11)", 7, 2500, 3500, 100_000);
        draft.verified(EXACT);
    }

    /// Both stand in their queues at 3000. The higher queue goes first: 3000 – 4000, then 4000 – 5000; on (1,
    /// 11) 6000 – 7000 and 7000 – 8000. Alone stream 1 would go at 3000: it is not isolated.
    @Test
    void theHigherQueueGoesFirst() {
        var draft = other(one(0, 7000, 50_000), 125, 0, 8000, 6)
                .gate("(0, 1)", 7, 3000, 5000, 100_000)
                .gate("(0, 1)", 6, 3000, 5000, 100_000)
                .gate("(1, 11)", 7, 6000, 8000, 100_000);
        draft.verified(SHARED);
        var wrong = draft.wrong(EXACT);
        assertOnly("isolation", wrong);
        assertTrue(wrong.getFirst().contains("stream 1, frame 0, link (0, 1), queue 6, time 4000"), wrong.toString());
    }

    /// The gate of queue 7 is not open long enough at 3000, so queue 6 is served first: 3000 – 4000; queue 7 at
    /// 8000 –
    /// 9000. On (1, 11): stream 1 at 6000 – 7000, stream 0 at 11 000 – 12 000.
    @Test
    void aHigherQueueWhoseGateClosesTooSoonDoesNotHoldALowerOneBack() {
        var draft = other(one(0, 12_000, 50_000), 125, 0, 7000, 6)
                .gate("(0, 1)", 7, 3000, 3500, 100_000)
                .gate("(0, 1)", 6, 3000, 4000, 100_000)
                .gate("(0, 1)", 7, 8000, 9000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000)
                .gate("(1, 11)", 7, 11_000, 12_000, 100_000);
        draft.verified(EXACT);
    }

    /// Stream 1 stands in the queue at 2900 (100 bytes released at 100, 800 ns, 2000 ns), stream 0 at 3000.
    /// Both wait for 10 000: in order of arrival stream 1 goes 10 000 – 10 800, stream 0 10 800 – 11 800. On
    /// (1, 11) 12 800 – 13 600 and 13 800 – 14 800. 225 bytes wait at once.
    @Test
    void oneQueueIsServedInOrderOfArrival() {
        var draft = other(one(0, 14_800, 50_000), 100, 100, 13_500, 7)
                .gate("(0, 1)", 7, 10_000, 11_800, 100_000)
                .gate("(1, 11)", 7, 12_000, 15_000, 100_000);
        var figures = draft.verified(SHARED);
        var port = figures.ports().stream()
                .filter(p -> p.link().equals("(0, 1)"))
                .findFirst()
                .orElseThrow();
        assertEquals(225, port.buffer());
        draft.verified(new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, 225, false));
        assertOnly("buffer", draft.wrong(new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, 224, false)));
        assertOnly("isolation", draft.wrong(EXACT));
    }

    /// A long frame at the head blocks a short one that would fit: 250 bytes, released at 0, stand there at
    /// 4000; the gate is open for 1000 at 5000, and for 3000 at 10 000. Stream 0, released at 1500, stands
    /// there at 4500 and goes at 12 000 only. On (1, 11) stream 1 is sent 14 000 – 16 000, stream 0 behind it
    /// until 17 000: 15 500 after 1500.
    @Test
    void aFrameAtTheHeadThatDoesNotFitHoldsBackThoseBehindIt() {
        var draft = other(one(1500, 15_500, 50_000), 250, 0, 16_000, 7)
                .gate("(0, 1)", 7, 5000, 6000, 100_000)
                .gate("(0, 1)", 7, 10_000, 13_000, 100_000)
                .gate("(1, 11)", 7, 14_000, 17_000, 100_000);
        draft.verified(SHARED);
    }

    /// Both stand in the same queue at 3000: who is first, no standard says.
    @Test
    void framesThatComeAtTheSameMomentHaveNoOrder() {
        var draft = other(one(0, 7000, 50_000), 125, 0, 8000, 7)
                .gate("(0, 1)", 7, 3000, 5000, 100_000)
                .gate("(1, 11)", 7, 6000, 8000, 100_000);
        assertTrue(draft.wrong(SHARED).stream().anyMatch(w -> w.startsWith("order:")));
    }

    /// Until bridge 1 as before; from there to both listeners at 6000 – 7000. The second link is slower: 125
    /// bytes at 0.1 bits for a nanosecond last 10 000, until 16 000.
    @Test
    void aStreamToTwoListenersIsSentOnceOnEachLink() {
        var draft = line();
        draft.rows("topology.csv").get(4).set(2, "0.1");
        draft.stream(0, 10, "[11, 13]", 125, 100_000, 16_000, "(10, 0)", "(0, 1)", "(1, 11)", "(1, 13)")
                .frame(0, 0, 0, 16_000)
                .queue(0, "(10, 0)", 7)
                .queue(0, "(0, 1)", 7)
                .queue(0, "(1, 11)", 7)
                .queue(0, "(1, 13)", 3)
                .gate("(0, 1)", 7, 3000, 4000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000)
                .gate("(1, 13)", 3, 6000, 16_000, 100_000);
        assertEquals(
                new Figures.Tightest("0", 16_000, 16_000), draft.verified(EXACT).tightest());
        draft.rows("DELAY.csv").getFirst().set(2, "16001");
        assertOnly("delay", draft.wrong(EXACT));
    }

    /// 0.27 bits for a nanosecond: 8 · 125 / 0.27 = 3703.7…, so 3704 on (10, 0); with 666, 1.5… is rounded up
    /// to 2 ns on (0, 1). 3704 + 2000 = 5704; 5706 + 2000 = 7706; until 8706. Propagation of 40 ns on the last
    /// link: 8746.
    @Test
    void transmissionsAreRoundedUpToNanoseconds() {
        var draft = one(0, 8746, 8746).gate("(0, 1)", 7, 5704, 5706, 100_000).gate("(1, 11)", 7, 7706, 8706, 100_000);
        draft.rows("topology.csv").get(0).set(2, "0.27");
        draft.rows("topology.csv").get(2).set(2, "666");
        draft.rows("topology.csv").get(3).set(4, "40");
        draft.verified(EXACT);
    }

    /// Two frames with offsets 0 and 500 in a hyperperiod of 200 µs, the other stream's period; the second
    /// waits for nothing as its gates are 500 later in every second cycle. Offsets differ by 500.
    @Test
    void framesMayHaveOffsetsOfTheirOwnWithinTheJitter() {
        var draft = one(0, 7000, 7000)
                .frame(0, 1, 500, 7000)
                .add("QUEUE.csv", 0, 1, "(10, 0)", 7)
                .add("QUEUE.csv", 0, 1, "(0, 1)", 6)
                .add("QUEUE.csv", 0, 1, "(1, 11)", 7)
                .gate("(0, 1)", 7, 3000, 4000, 200_000)
                .gate("(0, 1)", 6, 103_500, 104_500, 200_000)
                .gate("(1, 11)", 7, 6000, 7000, 200_000)
                .gate("(1, 11)", 7, 106_500, 107_500, 200_000);
        other(draft, 125, 50_000, 7000, 7)
                .gate("(0, 1)", 7, 53_000, 54_000, 200_000)
                .gate("(1, 11)", 7, 56_000, 57_000, 200_000);
        draft.rows("streams.csv").get(1).set(4, "200000");
        assertOnly("jitter", draft.wrong(EXACT));
        draft.rows("streams.csv").get(0).set(6, "500");
        assertEquals(3, draft.verified(EXACT).frames());
    }

    /// The list of (0, 1) is: closed until 3000, queue 7 until 4000, closed until 5000, 6 until 7000, closed:
    /// five entries, the shortest of 1000.
    @Test
    void entriesOfGateListsAreCounted() {
        var draft = other(one(0, 7000, 50_000), 250, 1000, 10_000, 6)
                .gate("(0, 1)", 7, 3000, 4000, 100_000)
                .gate("(0, 1)", 6, 5000, 7000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000)
                .gate("(1, 11)", 7, 9000, 11_000, 100_000);
        assertEquals(
                5,
                draft.verified(new Limits(5, 1000, 1000, Table.MAX_NANOS, 0, 1000, true))
                        .ports()
                        .getFirst()
                        .entries());
        assertOnly("entries", draft.wrong(new Limits(4, 0, 1, Table.MAX_NANOS, 0, 1000, true)));
        assertOnly("min-gate", draft.wrong(new Limits(5, 1001, 1, Table.MAX_NANOS, 0, 1000, true)));
        assertOnly("tick", draft.wrong(new Limits(5, 0, 3000, Table.MAX_NANOS, 0, 1000, true)));
        draft.verified(new Limits(5, 0, 1, 100_000, 0, 1000, true));
        assertOnly("cycle", draft.wrong(new Limits(5, 0, 1, 99_999, 0, 1000, true)));
    }

    /// The same lists, and what each port can do by itself: the list of (1, 11) needs five entries too, (10, 0)
    /// has none. Of 125 and 250 bytes, at most one frame is in a queue of a bridge at a time.
    @ParameterizedTest
    @CsvSource({
        "'(0, 1)', '5,1000,1000,100000,250', ''",
        "'(0, 1)', '4,,,,', entries",
        "'(0, 1)', ',1001,,,', min-gate",
        "'(0, 1)', ',,3000,,', tick",
        "'(0, 1)', ',,,50000,', cycle",
        "'(0, 1)', ',,,,249', buffer",
        "'(1, 11)', ',2000,,,', min-gate",
        "'(10, 0)', '1,1000000,999,1,1', ''",
    })
    void aPortCanDoLessThanOthers(String link, String limits, String broken) {
        var draft = other(one(0, 7000, 50_000), 250, 1000, 10_000, 6)
                .gate("(0, 1)", 7, 3000, 4000, 100_000)
                .gate("(0, 1)", 6, 5000, 7000, 100_000)
                .gate("(1, 11)", 7, 6000, 7000, 100_000)
                .gate("(1, 11)", 7, 9000, 11_000, 100_000);
        var row = draft.rows("topology.csv").stream()
                .filter(r -> r.getFirst().equals(link))
                .findFirst()
                .orElseThrow();
        row.addAll(List.of(limits.split(",", -1)));
        if (broken.isEmpty()) {
            draft.verified(EXACT);
        } else {
            var wrong = draft.wrong(EXACT);
            assertOnly(broken, wrong);
            assertTrue(wrong.stream().allMatch(w -> w.contains(link)), wrong::toString);
        }
    }

    private static Draft varied(Draft draft, String link, String prop, String procMin, String propMin, String head) {
        var row = draft.rows("topology.csv").stream()
                .filter(r -> r.getFirst().equals(link))
                .findFirst()
                .orElseThrow();
        row.set(4, prop);
        row.addAll(List.of("", "", "", "", "", procMin, propMin, head));
        return draft;
    }

    /// The frame has come to bridge 0 at 1000 and needs 1500 to 2000 there; or the bridge cuts through when 14
    /// bytes have come, at 112; or the link takes up to 100 more, and the gate opens then. A gate that is open
    /// before the latest moment sends it at times that differ.
    @ParameterizedTest
    @CsvSource({
        "0, 1500, '', '', 3000, ''",
        "0, 1500, '', '', 2999, window",
        "0, 2000, '', 14, 3000, ''",
        "0, 2000, '', 14, 2112, window",
        "0, 2000, '', 125, 3000, ''",
        "0, 2000, '', 125, 2112, ''",
        "100, 2000, 0, '', 3100, ''",
        "100, 2000, 100, '', 3000, ''",
        "100, 2000, 0, '', 3000, window",
    })
    void aFrameThatComesEarlierOrLaterIsHeldByItsGate(
            String prop, String procMin, String propMin, String head, long opens, String broken) {
        long sent = Math.max(opens, 3000 + Long.parseLong(prop));
        var draft = varied(one(0, sent + 4000, sent + 4000), "(10, 0)", prop, procMin, propMin, head)
                .gate("(0, 1)", 7, opens, sent + 1000, 100_000)
                .gate("(1, 11)", 7, sent + 3000, sent + 4000, 100_000);
        if (broken.isEmpty()) {
            draft.verified(EXACT);
        } else {
            assertTrue(
                    draft.wrong(EXACT).getFirst().startsWith(broken + ":"),
                    () -> draft.wrong(EXACT).toString());
        }
    }

    /// Stream 0 stands in the queue of (0, 1) at 3000 and is sent 3500 – 4500; stream 1, 250 bytes, at 5000, and
    /// is sent then. If it may come up to 1000 before, there may be 375 bytes; if up to 2000, it may be first.
    @Test
    void aFrameIsInItsQueueFromTheEarliestMoment() {
        var draft = other(one(0, 7500, 50_000), 250, 1000, 10_000, 7)
                .gate("(0, 1)", 7, 3500, 4500, 100_000)
                .gate("(0, 1)", 7, 5000, 7000, 100_000)
                .gate("(1, 11)", 7, 6500, 7500, 100_000)
                .gate("(1, 11)", 7, 9000, 11_000, 100_000);
        var small = new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 0, 374, true);
        draft.verified(small);
        var earlier = varied(draft.copy(), "(12, 0)", "0", "1000", "", "");
        earlier.verified(EXACT);
        assertOnly("buffer", earlier.wrong(small));
        assertTrue(varied(draft.copy(), "(12, 0)", "0", "0", "", "").wrong(EXACT).stream()
                .anyMatch(w -> w.startsWith("order:")));
    }

    /// Nothing holds a frame behind its last link.
    @Test
    void whatTheLastLinkVariesByIsJitter() {
        var draft = one(0, 7300, 7300).gate("(0, 1)", 7, 3000, 4000, 100_000).gate("(1, 11)", 7, 6000, 7000, 100_000);
        assertOnly(
                "jitter", varied(draft.copy(), "(1, 11)", "300", "", "299", "").wrong(EXACT));
        draft.rows("streams.csv").getFirst().set(6, "1");
        varied(draft.copy(), "(1, 11)", "300", "", "299", "").verified(EXACT);
        assertOnly(
                "jitter", varied(draft.copy(), "(1, 11)", "300", "", "298", "").wrong(EXACT));
    }

    /// With clocks wrong by 100: at bridge 0 the gate opens at 10 000 of its clock, truly between 9900 and 10
    /// 100. The frame stands in the queue of (1, 11) between 12 900 and 13 100, by the clock of bridge 1
    /// between 12 800 and 13 200. If the gate opens at 13 000 for 1000 it may miss it; if it opens at 13 200 it
    /// does not. Then it is through at 14 200 of that clock, at most 14 300 truly, and the talker may have sent
    /// it at −100: at most 14 400 after its release.
    @Test
    void withClocksThatAreWrongAFrameMustMeetItsGateAllTheSame() {
        var clocks = new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 100, Long.MAX_VALUE, true);
        var tight = one(0, 14_000, 20_000)
                .gate("(0, 1)", 7, 10_000, 11_000, 100_000)
                .gate("(1, 11)", 7, 13_000, 14_000, 100_000);
        tight.verified(EXACT);
        assertTrue(tight.wrong(clocks).stream().anyMatch(w -> w.startsWith("window:")));
        var late = one(0, 14_200, 14_400)
                .gate("(0, 1)", 7, 10_000, 11_000, 100_000)
                .gate("(1, 11)", 7, 13_200, 14_200, 100_000);
        late.rows("streams.csv").getFirst().set(6, "400");
        assertEquals(14_400, late.verified(clocks).tightest().delay());
        late.rows("streams.csv").getFirst().set(5, "14399");
        assertTrue(late.wrong(clocks).stream().anyMatch(w -> w.startsWith("deadline:")));
    }

    /// Stream 0 is on (0, 1) from 3000 to 4000, stream 1 from 4100 to 6100. With clocks wrong by 10 stream 0
    /// comes by 20 later at most by the clock of bridge 0, stream 1 by 20 earlier: 4020 < 4080. With 30: 4060 >
    /// 4040.
    @Test
    void withClocksThatAreWrongFramesOfOneOpeningMustKeepADistance() {
        var draft = other(one(0, 7000, 50_000), 250, 100, 10_000, 7);
        draft.rows("streams.csv").forEach(s -> s.set(6, "1000"));
        draft.gate("(0, 1)", 7, 0, 50_000, 100_000).gate("(1, 11)", 7, 0, 50_000, 100_000);
        draft.verified(EXACT);
        draft.verified(new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 10, Long.MAX_VALUE, true));
        assertOnly(
                "collision", draft.wrong(new Limits(Long.MAX_VALUE, 0, 1, Table.MAX_NANOS, 30, Long.MAX_VALUE, true)));
    }

    /// 125 bytes every 1000 ns are all that a link can carry. Every 900 ns more come than go.
    @Test
    void whatCannotBeCarriedIsNeverSteady() {
        var draft = new Draft()
                .link("(10, 0)").stream(0, 10, "[0]", 125, 1000, 1000, "(10, 0)")
                        .frame(0, 0, 0, 1000)
                        .queue(0, "(10, 0)", 0);
        draft.verified(EXACT);
        draft.rows("streams.csv").getFirst().set(4, "900");
        assertOnly("steady", draft.wrong(EXACT));
    }
}
