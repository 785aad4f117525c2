package io.millwright.network.bounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.number.Rational;
import io.millwright.testkit.Property;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Right files are read exactly; wrong ones get one message that says where and what.
class ServerGraphFileTest {

    private static final String SERVER = "{'id': 's0', 'rate': 10, 'latency': 1}";
    private static final String FLOW = "{'id': 'f0', 'path': ['s0'], 'rate': 1, 'burst': 2}";

    private static String file(String servers, String flows) {
        return "{'servers': [%s], 'flows': [%s]}".formatted(servers, flows).replace('\'', '"');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'id': 's0', 'latency': 1} | " + FLOW + " | servers[0] has no \"rate\"",
                "{'id': 's0', 'rate': 0, 'latency': 1} | " + FLOW + " | rate of server s0 is not above zero",
                "{'id': 's0', 'rate': 10, 'latency': -1} | " + FLOW + " | latency of server s0 is negative",
                SERVER + "," + SERVER + " | " + FLOW + " | another server s0",
                SERVER + " | {'id': 'f0', 'path': [], 'rate': 1, 'burst': 2} | path of flow f0 is empty",
                SERVER + " | {'id': 'f0', 'path': ['s1'], 'rate': 1, 'burst': 2} | names s1, which is no server",
                SERVER + " | {'id': 'f0', 'path': ['s0', 's0'], 'rate': 1, 'burst': 2} | passes a server twice",
                SERVER + " | {'id': 'f0', 'path': ['s0'], 'rate': 0, 'burst': 2} | rate of flow f0 is not above zero",
                SERVER + " | {'id': 'f0', 'path': ['s0'], 'rate': 1, 'burst': -2} | burst of flow f0 is negative",
                SERVER + " | {'id': 'f0', 'path': ['s0'], 'rate': 11, 'burst': 2} | server s0 is overloaded",
                SERVER + " | {'id': 'f0', 'path': ['s0'], 'rate': '1Mbps', 'burst': 2} | units are mixed up",
                SERVER + " | {'id': 'f0', 'path': ['s0'], 'rate': '1/0', 'burst': 2} | is no number",
                "{'id': 's0', 'rate': '1km', 'latency': '1s'} | " + FLOW + " | km is no unit of a rate",
                SERVER + " | " + FLOW + "," + FLOW + " | another flow f0",
                SERVER + " | '' | has no \"id\"",
            })
    void aWrongFileGetsAMessageThatSaysWhereAndWhat(String servers, String flows, String message) {
        var wrong = assertInstanceOf(ServerGraphFile.Wrong.class, ServerGraphFile.read(file(servers, flows)));
        assertTrue(wrong.mistake().contains(message), wrong.mistake());
    }

    @Test
    void flowsThatDelayEachOtherInACycleAreNamed() {
        var servers = IntStream.range(0, 4)
                .mapToObj(i -> SERVER.replace("s0", "s" + i))
                .collect(Collectors.joining(","));
        var flows = FLOW.replace("'s0'", "'s3', 's0', 's1'")
                + "," + FLOW.replace("f0", "f1").replace("'s0'", "'s1', 's2'")
                + "," + FLOW.replace("f0", "f2").replace("'s0'", "'s2', 's0'");
        var right = assertInstanceOf(ServerGraphFile.Right.class, ServerGraphFile.read(file(servers, flows)));
        var cycle = new Analysis(right.graph()).cycles().getFirst();
        assertEquals(List.of("s0", "s1", "s2", "s0"), cycle.way());
        assertEquals(List.of("s0", "s1", "s2"), cycle.servers());
    }

    @Test
    void whatIsNoJsonIsSaidToBeNoneWithItsPlace() {
        for (var text : new String[] {"", "{", "[]", "{\"servers\": [}", "null", "\u0000"}) {
            assertInstanceOf(ServerGraphFile.Wrong.class, ServerGraphFile.read(text), text);
        }
        var wrong = assertInstanceOf(ServerGraphFile.Wrong.class, ServerGraphFile.read("{\n  \"servers\": x}"));
        assertTrue(wrong.mistake().startsWith("not JSON at line 2"), wrong.mistake());
    }

    /// Whatever is done to a right file, it is read or refused with a message.
    @Test
    void noGarbageDoesHarm() {
        var right = file(SERVER, FLOW);
        Property.check(3000, random -> {
            var text = new StringBuilder(right);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, (char) random.nextInt(1, 128));
                    default -> text.setCharAt(at, right.charAt(random.nextInt(right.length())));
                }
            }
            ServerGraphFile.read(text.toString());
        });
    }

    @Test
    void unitsAreReadExactly() {
        var text = file(
                "{'id': 's0', 'rate': '100Mbps', 'latency': '10us'}",
                "{'id': 'f0', 'path': ['s0'], 'rate': '1Mbps', 'burst': '1500B'}");
        var right = assertInstanceOf(ServerGraphFile.Right.class, ServerGraphFile.read(text));
        var bound = new Analysis(right.graph())
                .bounds(0, EnumSet.of(Method.FIFO_TFA))
                .getFirst();
        assertEquals(Rational.of(13, 100_000), bound.delay().seconds()); // 10 µs and 12 000 bit at 100 Mbit/s
        assertEquals("130us", right.notation().write(bound.delay()));
    }

    @Test
    void aLargeGraphIsReadAndATooLongChainIsRefused() {
        var servers = IntStream.range(0, 100_000)
                .mapToObj(i -> SERVER.replace("s0", "s" + i))
                .collect(Collectors.joining(","));
        var flows = IntStream.range(0, 99_999)
                .mapToObj(i -> FLOW.replace("f0", "f" + i).replace("'s0'", "'s" + i + "', 's" + (i + 1) + "'"))
                .collect(Collectors.joining(","));
        var wrong = assertInstanceOf(ServerGraphFile.Wrong.class, ServerGraphFile.read(file(servers, flows)));
        assertTrue(wrong.mistake().contains("the longest chain of servers has 100000"), wrong.mistake());
        assertInstanceOf(ServerGraphFile.Right.class, ServerGraphFile.read(file(servers, FLOW)));
    }

    /// The longest chain that is analysed does not exhaust the stack.
    @Test
    void theLongestChainIsAnalysed() {
        var servers = IntStream.range(0, GraphRules.LONGEST_CHAIN)
                .mapToObj(i -> SERVER.replace("s0", "s" + i))
                .collect(Collectors.joining(","));
        var flows = IntStream.range(1, GraphRules.LONGEST_CHAIN)
                .mapToObj(i -> FLOW.replace("f0", "f" + i).replace("'s0'", "'s" + (i - 1) + "', 's" + i + "'"))
                .collect(Collectors.joining(","));
        var right = assertInstanceOf(ServerGraphFile.Right.class, ServerGraphFile.read(file(servers, flows)));
        int last = right.graph().flows().size() - 1;
        var bounds = new Analysis(right.graph().enclosed()).bounds(last, EnumSet.allOf(Method.class));
        assertEquals(Method.values().length, bounds.size());
    }
}
