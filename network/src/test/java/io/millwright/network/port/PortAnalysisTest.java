package io.millwright.network.port;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.bounds.Method;
import io.millwright.network.number.Rational;
import io.millwright.testkit.Property;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bounds that can be reckoned by hand, bounds beside published measurements, and what is refused.
///
/// At 100 Mbit/s an octet takes 0.08 µs. A frame of 100 octets has 120 on the wire, 9.6 µs, of which the last
/// 12, 0.96 µs, are the gap after it.
class PortAnalysisTest {

    private static final String DRIVE =
            "{'id': 'drive', 'path': ['p'], 'class': 7, 'every': '1ms', 'maxFrame': '100B', 'minFrame': '100B'}";

    private static String file(String ports, String flows) {
        return "{'ports': [%s], 'flows': [%s]}".formatted(ports, flows).replace('\'', '"');
    }

    private static String port(String settings) {
        return "{'id': 'p', 'rate': '100Mbps'" + (settings.isEmpty() ? "" : ", ") + settings + "}";
    }

    private static PortAnalysis analysis(String file) {
        var right = assertInstanceOf(PortFile.Right.class, PortFile.read(file));
        return switch (PortAnalysis.of(right.network())) {
            case PortAnalysis.Bounded(var analysis) -> analysis;
            case PortAnalysis.Unbounded(var why) -> throw new AssertionError(why);
        };
    }

    /// In microseconds.
    private static double delay(PortAnalysis analysis, int flow) {
        var found =
                analysis.bounds(flow, EnumSet.of(Method.FIFO_TFA)).getFirst().delay();
        return ((Rational) found.seconds()).times(Rational.of(1_000_000)).toDouble();
    }

    /// Best effort is 1522 octets, 1542 on the wire, 123.36 µs, if nothing else is said. Of a preemptable frame
    /// 143 octets are sent in one piece at the most, 11.44 µs; with fragments of 128 octets 207, 16.56 µs.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'bestEffort': '0B' | 8.64",
                "'bestEffort': '1000B' | 90.24",
                " | 132",
                "'delay': '5us' | 137",
                "'delay': ['2us', '5us'] | 137",
                "'preemptable': [0] | 20.08",
                "'preemptable': [0], 'fragment': '128B' | 25.2",
                "'preemptable': [0], 'bestEffort': '100B' | 18.24",
            })
    void aFrameWaitsForOneOfALowerClass(String settings, double expected) {
        var found = analysis(file(port(settings == null ? "" : settings), DRIVE));
        assertEquals(expected, delay(found, 0), 1e-9);
    }

    /// The gate is open for 200 µs of each millisecond. A frame that comes when 9.6 µs are not left any more
    /// waits until it opens again, 809.6 µs later, and is sent. If best effort may be sent at any time, a frame
    /// of 1542 octets may be under way then, and of another one the frame may have come just after the
    /// beginning too.
    @ParameterizedTest
    @CsvSource({"'[0, 1, 2]', 818.24", "'[0, 7]', 132"})
    void aFrameWaitsForItsGate(String other, double expected) {
        var gates = "'gates': [{'for': '200us', 'open': [7]}, {'for': '800us', 'open': %s}]".formatted(other);
        assertEquals(expected, delay(analysis(file(port(gates), DRIVE)), 0), 1e-9);
    }

    /// Credit for half of the link. A frame waits for one of best effort, 123.36 µs, while the credit gathers
    /// what the frame needs. Of three that come at once the third waits, besides, until two have been sent at
    /// half the rate: 38.4 µs.
    @ParameterizedTest
    @CsvSource({"1, 132", "3, 170.4"})
    void aShapedFrameWaitsForItsCredit(int frames, double expected) {
        var flow = DRIVE.replace("'maxFrame'", "'frames': " + frames + ", 'maxFrame'");
        var found = analysis(file(port("'idleSlope': {'7': '50Mbps'}"), flow));
        assertEquals(expected, delay(found, 0), 1e-9);
    }

    /// The gate is open for 200 µs of each millisecond, and 10 Mbit/s are reserved: while it is open the credit
    /// rises with 50 Mbit/s. In each window 9.6 µs may be lost, in which a frame does not fit any more: the
    /// credit is 480 bit at the most. The least that it earns within any time is 10 Mbit/s after 800 µs, less
    /// what it may keep: a frame waits for 848 µs, the third of three for 2 · 96 µs more.
    ///
    /// Where best effort may be under way when the gate opens, 123.36 µs more are lost in a window, and as much
    /// once before. Of 200 µs 67.04 are left, 33.52 Mbit/s: enough for 25, when 5 Mbit/s are reserved. They
    /// begin after `132.96 + 12336 / 33.52` µs, when the credit is 25 bits for each of them, which takes 5
    /// Mbit/s five times as long.
    @ParameterizedTest
    @CsvSource({"1, 10, '[1]', 856.64", "3, 10, '[1]', 1048.64", "1, 5, '[0, 1]', 3313.5354653937945"})
    void aShapedFrameWaitsForItsGateAndItsCredit(int frames, int megabits, String other, double expected) {
        var flow = DRIVE.replace("'maxFrame'", "'frames': " + frames + ", 'maxFrame'");
        var gates =
                "'gates': [{'for': '200us', 'open': %s}, {'for': '800us', 'open': %s}], 'idleSlope': {'7': '%dMbps'}"
                        .formatted(other.replace("1", "7"), other, megabits);
        assertEquals(expected, delay(analysis(file(port(gates), flow)), 0), 1e-9);
    }

    /// Two frames of two flows come over one link, one after the other, to a port of the same rate: the second
    /// has no need to wait. Without the shaping of the link they could come at once.
    @Test
    void whatComesOverALinkComesOneAfterTheOther() {
        var ports =
                port("'bestEffort': '0B'") + "," + port("'bestEffort': '0B'").replace("'p'", "'q'");
        var flow = DRIVE.replace("['p']", "['p', 'q']");
        var found = analysis(file(ports, flow + "," + flow.replace("drive", "other")));
        assertEquals(19.2 - 0.96 + 9.6 - 0.96, delay(found, 0), 1e-9);
    }

    /// The validation of the credit-based shaper in INET
    /// (tests/validation/tsn/trafficshaping/creditbasedshaper): four stations send over a bridge that needs 8
    /// µs to one receiver, with 100 Mbit/s everywhere. The bounds are not below the longest delays that it
    /// compares with, which are those of CoRE4INET without the cables, and below twice these; that of the
    /// critical class is the longest delay itself.
    @ParameterizedTest
    @CsvSource({"0, 375.84, 1", "1, 307.2, 2", "2, 540, 2"})
    void noDelayInTheValidationOfInetIsAboveItsBound(int flow, double measured, double factor) {
        var station = "{'id': 's%d', 'rate': '100Mbps', 'delay': '8us', 'bestEffort': '0B'},";
        var bridge = "{'id': 'bridge', 'rate': '100Mbps', 'bestEffort': '1518B', "
                + "'idleSlope': {'5': '10.976Mbps', '6': '21.952Mbps'}}";
        var stream = "{'id': '%1$s', 'class': %2$d, 'path': ['s%2$d', 'bridge'], 'every': '%3$s', "
                + "'maxFrame': '%4$s', 'minFrame': '%4$s'}";
        var found = analysis(file(
                station.formatted(5) + station.formatted(6) + station.formatted(7) + bridge,
                String.join(
                        ",",
                        stream.formatted("critical", 7, "300us", "1522B"),
                        stream.formatted("high", 6, "125us", "322B"),
                        stream.formatted("medium", 5, "250us", "322B"))));
        double bound = delay(found, flow);
        assertTrue(bound >= measured - 1e-9, () -> bound + " of " + measured);
        assertTrue(bound <= factor * measured + 1e-9, () -> bound + " of " + measured);
    }

    /// Round a ring of three, each port used to 90 %, with what is shaped again at each port: nothing grows.
    @Test
    void asynchronousShapingNeedsNoFixedPoint() {
        var ports = new StringBuilder();
        var flows = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            ports.append(i == 0 ? "" : ",")
                    .append(port("'bestEffort': '0B', 'asynchronous': [6]").replace("'p'", "'p" + i + "'"));
            flows.append(i == 0 ? "" : ",")
                    .append(("{'id': 'f%d', 'class': 6, 'path': ['p%d', 'p%d', 'p%d'], 'every': '32us', "
                                    + "'maxFrame': '100B', 'minFrame': '100B'}")
                            .formatted(i, i, (i + 1) % 3, (i + 2) % 3));
        }
        var found = analysis(file(ports.toString(), flows.toString()));
        assertEquals(3 * (3 * 9.6 - 0.96), delay(found, 0), 1e-9);
        var without = assertInstanceOf(
                PortFile.Right.class, PortFile.read(file(ports.toString().replace("[6]", "[]"), flows.toString())));
        var cycle = assertInstanceOf(PortAnalysis.Bounded.class, PortAnalysis.of(without.network()))
                .analysis();
        assertTrue(cycle.isCyclic());
    }

    /// Over three ports with cycles of 500 µs a frame is three cycles under way, and the time for which best
    /// effort and another frame of its cycle keep it in the last: 123.36 and 9.6 µs, and its own 9.6 µs without
    /// the gap.
    @Test
    void aFramePassesOnePortInEachCycle() {
        var port = port("'delay': '5us', 'cyclic': {'7': '500us'}");
        var ports = port + "," + port.replace("'p'", "'q'") + "," + port.replace("'p'", "'r'");
        var flow = DRIVE.replace("['p']", "['p', 'q', 'r']").replace("'1ms'", "'1s'");
        var found = analysis(file(ports, flow + "," + flow.replace("drive", "other")));
        assertEquals(3 * 500 + 123.36 + 2 * 9.6 - 0.96 + 5, delay(found, 0), 0.1);
    }

    /// Whatever is done to a right file, it is read and analysed, or refused with a message.
    @Test
    void noGarbageDoesHarm() {
        var right = file(
                port("'delay': ['1us', '2us'], 'idleSlope': {'6': '9Mbps'}, 'preemptable': [0], 'fragment': '64B'")
                        + ","
                        + port("'gates': [{'for': '1ms', 'open': [7]}, {'for': '2ms', 'open': [0, 6]}]")
                                .replace("'p'", "'q'")
                        + ","
                        + port("'asynchronous': [6], 'cyclic': {'7': '1ms'}, 'bestEffort': '99B'")
                                .replace("'p'", "'r'"),
                DRIVE + ","
                        + DRIVE.replace("'p'", "'q'").replace("drive", "other").replace("7", "6"));
        Property.check(500, random -> {
            var text = new StringBuilder(right);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(1, 128));
                    default -> text.setCharAt(at, right.charAt(random.nextInt(right.length())));
                }
            }
            if (PortFile.read(text.toString()) instanceof PortFile.Right(var network, var _, var _)) {
                PortAnalysis.of(network);
                PortAnalysis.of(network.enclosed());
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'gates': [{'for': '5us', 'open': [7]}, {'for': '9us', 'open': [0]}] | never open long enough",
                "'gates': [{'for': '5us', 'open': [7]}], 'preemptable': [0] | gates and frame preemption",
                "'gates': [{'for': '20us', 'open': [7]}, {'for': '80us', 'open': []}], 'idleSlope': {'7': '21Mbps'} "
                        + "| Open it longer or reserve less",
                "'gates': [{'for': '20us', 'open': [7]}, {'for': '80us', 'open': []}], 'idleSlope': {'7': '11Mbps'} "
                        + "| Reserve less",
                "'gates': [{'for': '9us', 'open': [7]}, {'for': '91us', 'open': []}], 'idleSlope': {'7': '1Mbps'} "
                        + "| never open long enough",
                "'preemptable': [7], 'idleSlope': {'7': '1Mbps'} | preemption of the same class",
                "'cyclic': {'7': '500us'}, 'idleSlope': {'7': '1Mbps'} | cyclic queuing and another shaper",
                "'cyclic': {'7': '100us'} | the cycle of class 7 is too short",
                "'preemptable': [3] | class 0, below it, may not",
                "'idleSlope': {'7': '101Mbps'} | Reserve less",
                "'idleSlope': {'7': '100kbps'} | port p is overloaded: its flows of class 7 bring 960000 bit/s",
            })
    void whatIsNotCoveredOrTooMuchIsRefused(String settings, String message) {
        var right = assertInstanceOf(PortFile.Right.class, PortFile.read(file(port(settings), DRIVE)));
        var refused = assertInstanceOf(PortAnalysis.Unbounded.class, PortAnalysis.of(right.network()));
        var why = refused.why().toString();
        assertTrue(why.contains(message), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rate': '100Mbps'|'rate': '0Mbps'|rate is not above zero",
                "'class': 7|'class': 8|is no traffic class",
                "'class': 7|'class': 'x'|is no traffic class",
                "'maxFrame': '100B'|'maxFrame': '90B'|minFrame is above maxFrame",
                "'every': '1ms'|'rate': '1Mbps', 'burst': '99B'|burst is below maxFrame",
                "'every': '1ms'|'every': '1ms', 'rate': '1Mbps'|not both",
                "'every': '1ms'|'every': '1ms', 'frames': 0|whole number above zero",
                "['p']|['q']|which is no port",
                "['p']|['p', 'p']|passes a port twice",
                "'rate': '100Mbps'|'rate': '100Mbps', 'gates': [{'open': [7]}]|gates[0] has no \"for\"",
                "'rate': '100Mbps'|'rate': '100Mbps', 'fragment': '60B'|is 64B, 128B, 192B or 256B",
                "'rate': '100Mbps'|'rate': '100Mbps', 'delay': ['2us', '1us']|the least and the longest",
                "'ports'|'servers': [], 'ports'|both in one network are not covered yet",
            })
    void aWrongFileGetsAMessageThatSaysWhereAndWhat(String right, String wrong, String message) {
        var text = file(port(""), DRIVE).replace(right.replace('\'', '"'), wrong.replace('\'', '"'));
        var refused = assertInstanceOf(PortFile.Wrong.class, PortFile.read(text));
        assertTrue(refused.mistake().contains(message), refused.mistake());
    }
}
