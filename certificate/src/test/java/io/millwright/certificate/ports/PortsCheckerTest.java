package io.millwright.certificate.ports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.testkit.Property;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Delays reckoned by hand: just they are believed, a millionth of a microsecond less is not.
///
/// Times are in µs, sizes in bits. At 100 Mbit/s, 100 bits in a µs, a frame of 100 octets has 960 bits on the
/// wire and takes 9.6 µs; the last 96 bits, 0.96 µs, are the gap after it. Best effort of 1522 octets has
/// 12336 bits and takes 123.36 µs.
class PortsCheckerTest {

    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /// A frame of 100 octets in each millisecond.
    private static final String DRIVE = "flow 7 960 960 24/25 960 0 drive";

    private static String given(String... lines) {
        return "millwright-ports 1\ngap 96\n" + String.join("\n", lines).replace("; ", "\n") + "\n";
    }

    private static void assertVerified(String trace) {
        assertInstanceOf(Verdict.Verified.class, PortsChecker.check(trace), trace);
    }

    private static void assertRefuted(String what, String trace) {
        var refuted = assertInstanceOf(Verdict.Refuted.class, PortsChecker.check(trace), trace);
        assertTrue(refuted.shown().toString().contains(what), refuted::toString);
    }

    /// Decimals as a fraction.
    private static String fraction(String decimals) {
        var number = new BigDecimal(decimals);
        return number.movePointRight(6).toBigIntegerExact() + "/1000000";
    }

    private static String lessThan(String fraction) {
        var parts = fraction.split("/");
        var below = new BigInteger(parts[1]).multiply(MILLION);
        return new BigInteger(parts[0]).multiply(MILLION).subtract(new BigInteger(parts[1])) + "/" + below;
    }

    /// @param claim of one delay, with `?` in its place
    private static void assertJust(String delay, String given, String claim) {
        assertVerified(given + claim.replace("?", delay));
        assertRefuted("is said", given + claim.replace("?", lessThan(delay)));
    }

    private static void assertJust(String delay, String given) {
        assertJust(fraction(delay), given, "delayed 7 0:0=?\ndelay fifo.tfa 0 1000000\n");
    }

    /// Of a preemptable frame 143 octets are sent in one piece at the most, 11.44 µs (D. Thiele, R. Ernst,
    /// Formal Worst-Case Performance Analysis of Time-Sensitive Ethernet with Frame Preemption, ETFA 2016);
    /// with fragments of 128 octets 207, 16.56 µs.
    @ParameterizedTest
    @CsvSource({
        "port 100 0 0 0 p, 9.6",
        "port 100 0 0 8160 p, 91.2",
        "port 100 0 0 12336 p, 132.96",
        "port 100 0 0 12336 p; preemptable 0 0 0, 21.04",
        "port 100 0 0 12336 p; preemptable 0 0 1, 26.16",
        "port 100 0 0 960 p; preemptable 0 0 0, 19.2"
    })
    void aFrameWaitsForOneOfALowerClass(String port, String delay) {
        assertJust(delay, given(port, DRIVE));
    }

    /// The drive brings 960 bits at once and 0.96 in each µs. A frame of class 5 waits for it and for best
    /// effort until `100 t ≥ 12336 + 960 + 0.96 t`, for 13296 / 99.04 µs, and is sent in 9.6.
    ///
    /// If class 5 may be preempted, each of the drive's frames costs 192 bits more, and the frame may be
    /// interrupted too: all its 960 bits have been sent when `100 t ≥ 12336 + 1152 + 1.152 t + 960`, after
    /// 14448 / 98.848 µs.
    @Test
    void aFrameWaitsForThoseOfAHigherClass() {
        var flows = DRIVE + "\n" + DRIVE.replace("7 960", "5 960");
        var claim = "delayed 7 0:0=132960/1000\ndelayed 5 0:1=?\ndelay fifo.tfa 1 1000\n";
        var given = given("port 100 0 0 12336 p", flows);
        assertJust((1_329_600 * 10 + 96 * 9904) + "/99040", given, claim);
        assertRefuted(
                "nothing is said before of class 7",
                given + claim.replaceFirst(".*\n", "").replace("?", "999"));
        var preempted = given("port 100 0 0 12336 p", "preemptable 0 0,5 0", flows);
        assertJust("14448000/98848", preempted, claim);
    }

    /// The gate is open for 200 µs of each millisecond. A frame that comes when a little less than 9.6 µs are
    /// left waits until the gate opens again, 809.6 µs later, and is sent. If the gate is always open, it
    /// waits for best effort alone.
    @ParameterizedTest
    @CsvSource({"'1,2', 819.2", "'0,7', 132.96"})
    void aFrameWaitsForItsGate(String other, String delay) {
        assertJust(delay, given("port 100 0 0 12336 p; gate 0 200 7; gate 0 800 " + other, DRIVE));
    }

    /// Credit for half of the link. A frame waits for one of best effort, 123.36 µs, while the credit gathers
    /// what the frame needs. Of three that come at once the third waits, besides, until two have been sent at
    /// half the rate: 38.4 µs.
    @ParameterizedTest
    @CsvSource({"960, 132.96", "2880, 171.36"})
    void aShapedFrameWaitsForItsCredit(int burst, String delay) {
        var flow = DRIVE.replace("24/25 960", "24/25 " + burst);
        assertJust(delay, given("port 100 0 0 12336 p", "slope 0 7 50", flow));
    }

    /// Class 7 has credit for 50 Mbit/s, class 6 for 25, frames of 960 bits; the credit of class 7 is 480
    /// bits below zero at the least. That of class 6 is largest after a frame of best effort, 12336 bits, and
    /// the 480 bits that class 7 may have ahead at 50 bits in a µs: at `25 · 12816 / 50` = 6408 bits, which
    /// the slope has earned after 256.32 µs (De Azua and Boyer, Complete Modelling of AVB in Network Calculus
    /// Framework, RTNS 2014).
    ///
    /// Class 5, without credit, has what both leave: `100 t − 12336 − (50 t + 480) − (25 t + 720)`, 13536 /
    /// 25 = 541.44 µs, if no more of them comes than that.
    @Test
    void creditsOfHigherClassesAddUp() {
        var given = given(
                "port 100 0 0 12336 p; slope 0 7 50; slope 0 6 25",
                "flow 7 960 960 50 96000 0 a; flow 6 960 960 25 96000 0 b; flow 5 960 960 1 960 0 c");
        var first = "delayed 7 0:0=3000\n";
        var second = "delayed 6 0:1=?\n"; // 256.32 + (96000 − 960) / 25 + 9.6
        var third = "delayed 5 0:2=?\n";
        var end = "delay fifo.tfa 1 9999\n";
        assertJust(fraction("4067.52"), given, first + second + end);
        assertJust(fraction("551.04"), given, first + second.replace("?", "9999") + third + end);
        assertRefuted("less is left", given.replace("0 6 25", "0 6 51") + first + second.replace("?", "9999"));
    }

    /// The gate is open for 200 µs of each millisecond, and 10 Mbit/s are reserved: while it is open the
    /// credit rises with 50 bits in a µs. In each window 9.6 µs may be lost, in which a frame does not fit
    /// any more: the credit is 480 bits at the most. The least that it earns within any time is 10 bits in a
    /// µs after 800 µs, less what it may keep: a frame waits for 848 µs, the third of three for 192 µs more.
    @ParameterizedTest
    @CsvSource({"960, 857.6", "2880, 1049.6"})
    void aShapedFrameWaitsForItsGateAndItsCredit(int burst, String delay) {
        var flow = DRIVE.replace("24/25 960", "24/25 " + burst);
        assertJust(delay, given("port 100 0 0 12336 p; slope 0 7 10; gate 0 200 7; gate 0 800 1", flow));
    }

    /// Two flows over one link, one frame after the other, to a port of the same rate: there the second has
    /// no need to wait. At the first port 19.2 µs, at the second 9.6; over both, without the gaps, 26.88.
    ///
    /// If the link takes between 0 and 5 µs, 500 bits more may come at once: 5.0 µs more.
    @Test
    void whatComesOverALinkComesOneAfterTheOther() {
        var flows = "flow 7 960 960 24/25 960 0,1 a; flow 7 960 960 24/25 960 0,1 b";
        var claim = "delayed 7 0:0=192/10,1=192/10\ndelayed 7 1:0=%s,1=%s\ndelay fifo.tfa 0 %s\n";
        var given = given("port 100 0 0 0 p; port 100 0 0 0 q", flows);
        assertVerified(given + claim.formatted("96/10", "96/10", "2688/100"));
        assertRefuted("is said", given + claim.formatted("96/10", "95/10", "2688/100"));
        assertRefuted("the delay is 672/25", given + claim.formatted("96/10", "96/10", "2687/100"));
        var varies = given.replace("port 100 0 0 0 p", "port 100 0 5 0 p");
        assertVerified(varies + claim.formatted("146/10", "146/10", "3688/100"));
        assertRefuted("is said", varies + claim.formatted("145/10", "146/10", "3688/100"));
    }

    /// Three ports in a ring, each flow over two of them, a frame of 960 bits at once and 10 bits in each µs.
    /// At a port one flow comes from its source; the other may come `x − 9.6` µs earlier or later, and over
    /// its link at 100 bits in a µs after the first frame. So within `w` there come `960 + 10 w` and `960 +
    /// min(100 w, 10 (w + x − 9.6))`. The wait of a frame is longest where the link and the flow cross, at `w
    /// = (x − 9.6) / 9`: then it is `9.6 + (x − 9.6) / 90`, and `x = 19.2 + (x − 9.6) / 90 = 1718.4 / 89`.
    /// Just above that less follows from `x` than `x`.
    @Test
    void queuesOfARingAreProvedTogether() {
        var given = given(
                "port 100 0 0 0 p; port 100 0 0 0 q; port 100 0 0 0 r",
                "flow 7 960 960 10 960 0,1 a; flow 7 960 960 10 960 1,2 b; flow 7 960 960 10 960 2,0 c");
        var together = "delayed 7 0:0=?,2=? 1:0=?,1=? 2:1=?,2=?\ndelay fifo.tfa 0 100\n";
        assertJust("17184000890/890000000", given, together);
        assertRefuted("nothing is said before of flow 2 at port 2", given + "delayed 7 0:0=30,2=30\n");
        assertRefuted(
                "the flows of class 7 are [0, 2]",
                given + together.replace("0:0=?,2=?", "0:0=?").replace("?", "30"));
    }

    /// Round a ring of three, each flow over all three ports, each used to 90 %. Shaped anew at each port,
    /// all comes as from its source: three frames, 28.8 µs.
    @Test
    void whatIsShapedAnewDoesNotGrow() {
        var ring = given(
                "port 100 0 0 0 p; port 100 0 0 0 q; port 100 0 0 0 r",
                "asynchronous 0 6; asynchronous 1 6; asynchronous 2 6",
                "flow 6 960 960 30 960 0,1,2 a; flow 6 960 960 30 960 1,2,0 b; flow 6 960 960 30 960 2,0,1 c");
        var claim = "delayed 6 0:0=?,1=?,2=?\ndelayed 6 1:0=?,1=?,2=?\ndelayed 6 2:0=?,1=?,2=?\ndelay fifo.tfa 0 %s\n";
        assertJust("288/10", ring, claim.formatted("8352/100"));
        assertRefuted("the delay is", ring + claim.formatted("8351/100").replace("?", "288/10"));
        assertRefuted(
                "but not at the one before",
                ring.replace("asynchronous 1 6\n", "") + claim.formatted("99").replace("?", "288/10"));
    }

    /// Over three ports with cycles of 500 µs: of each flow one frame comes in a cycle. Both are sent after
    /// one of best effort, in 123.36 and 19.2 µs, and 5 µs later they are at the next port. A frame is at a
    /// port for 500 + 142.56 µs at the most; over three it needs two cycles, and in the last port 642.56 µs
    /// without the gap, and 5.
    @Test
    void aFramePassesOnePortInEachCycle() {
        var given = given(
                "port 100 5 5 12336 p; port 100 5 5 12336 q; port 100 5 5 12336 r",
                "cycle 0 7 500; cycle 1 7 500; cycle 2 7 500",
                "flow 7 960 960 24/25 960 0,1,2 a; flow 7 960 960 24/25 960 0,1,2 b");
        var said = "delayed 7 0:0=?,1=? 1:0=?,1=? 2:0=?,1=?\ndelay fifo.tfa 0 %s\n";
        assertJust("64256/100", given, said.formatted("164660/100"));
        assertRefuted(
                "the delay is 8233/5", given + said.formatted("164659/100").replace("?", "64256/100"));
        var same = given + said.formatted("9999").replace("?", "999");
        assertRefuted("not the same cycle", same.replace("cycle 1 7 500", "cycle 1 7 501"));
        assertRefuted("until all of a cycle has been sent", same.replace(" 7 500", " 7 147"));
        assertRefuted("or at none", given + "delayed 7 0:0=999,1=999\n");
        assertRefuted("there is no rule for cyclic", same.replace("cycle 2 7 500", "cycle 2 7 500\nslope 2 7 50"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delayed 7 0:0=10 0:0=10 | said once",
                "delayed 7 0:0=10,0=10 | said once",
                "delayed 7 1:0=10 | at a port that is there",
                "delayed 8 0:0=10 | a class is 0 to 7",
                "delayed 7 0:0=-1 | a number is like 3 or 3/4",
                "delayed 7 0:0=1/0 | zero below the line",
                "delayed 7 | a line delayed has 3 fields",
                "delay fifo.tfa 9 1 | there is no flow 9",
                "delay fifo.best 0 1 | no method",
                "port 1 0 0 0 late | not given, and no claim",
                "flow 7 96 96 1 96 0,0 f | over none twice",
                "flow 7 96 96 1 96 - f | over 1 to 400 ports",
                "flow 7 96 96 1 95 0 f | not below the largest",
                "flow 7 90 96 1 96 0 f | smaller than the gap",
                "flow 7 96 96 0 96 0 f | above zero",
                "slope 0 7 1 | before flows",
                "gap 1 | before ports",
                "nothing | not given, and no claim",
            })
    void whatCannotBeReadIsRefusedWithItsLine(String line, String why) {
        var trace = given("port 100 0 0 0 p", DRIVE);
        boolean claimed = line.startsWith("port") || line.startsWith("nothing");
        trace += (claimed ? "delayed 7 0:0=10\n" : "") + line + "\n";
        var refused = assertInstanceOf(Verdict.Refused.class, PortsChecker.check(trace), trace);
        assertTrue(
                refused.why().startsWith(claimed ? "6: " : "5: ")
                        && refused.why().contains(why),
                refused.why());
    }

    @Test
    void whatHasNoRuleIsRefuted() {
        var claim = "delayed 7 0:0=9999\n";
        for (var settings : List.of(
                "port 100 0 0 0 p; preemptable 0 0 0; gate 0 1000 7 | gates and preemption",
                "port 100 0 0 0 p; preemptable 0 7 0; slope 0 7 1 | a shaper of a class that is preempted",
                "port 100 0 0 12336 p; preemptable 0 7 0 | above one that may not",
                "port 100 0 0 0 p; gate 0 1000 6 | never opens",
                "port 100 0 0 0 p; gate 0 9 7; gate 0 9 6 | never open long enough",
                "port 100 0 0 0 p; slope 0 7 101 | above the rate of the link",
                "port 1/2 0 0 0 p | overloaded")) {
            var parts = settings.split(" \\| ");
            assertRefuted(parts[1], given(parts[0], DRIVE) + claim);
        }
        assertRefuted(
                "any amount of best effort",
                given("port 100 0 0 960 p", DRIVE.replace("7 960", "0 960")) + "delayed 0 0:0=99");
    }

    /// Whatever is done to a trace, there is a verdict.
    @Test
    void noGarbageDoesHarm() {
        var right = given(
                        "port 100 -1 5 0 p; port 100 0 0 960 q; slope 0 6 10; gate 0 200 7; gate 0 800 6",
                        "preemptable 1 0 1; asynchronous 1 6; flow 7 960 960 24/25 960 0,1 a",
                        "flow 6 960 960 1 960 0,1 b")
                + "delayed 7 0:0=9999\ndelayed 7 1:0=9999\ndelayed 6 0:1=9999\ndelayed 6 1:1=9999\n"
                + "delay fifo.tfa 0 99999\n";
        var verdicts = new int[3];
        Property.check(500, random -> {
            var text = new StringBuilder(right);
            for (int i = random.nextInt(4); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(10, 127));
                    case 2 -> text.insert(at, "9".repeat(random.nextInt(3000)));
                    default -> text.setCharAt(at, right.charAt(random.nextInt(right.length())));
                }
            }
            verdicts[
                    switch (PortsChecker.check(text.toString())) {
                        case Verdict.Verified<PortFigures> _ -> 0;
                        case Verdict.Refuted<PortFigures> _ -> 1;
                        case Verdict.Refused<PortFigures> _ -> 2;
                    }]++;
        });
        assertTrue(
                verdicts[0] > 0 && verdicts[1] > 0 && verdicts[2] > 0,
                () -> List.of(verdicts).toString());
        assertEquals(new Verdict.Refused<>("no delay is claimed"), PortsChecker.check("millwright-ports 1"));
    }
}
