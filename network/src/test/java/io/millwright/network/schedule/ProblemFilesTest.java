package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.ProblemFiles.Right;
import io.millwright.network.schedule.ProblemFiles.Source;
import io.millwright.network.schedule.ProblemFiles.Wrong;
import io.millwright.testkit.Property;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Tables in the notation of the benchmark tsnkit, and every mistake in them with its line.
class ProblemFilesTest {

    private static final String LINKS = """
            link,q_num,rate,t_proc,t_prop
            "(8, 0)",8,1,2000,0
            "(0, 8)",8,1,2000,0
            "(0, 9)",8,1,2000,0
            "(9, 0)",8,1,2000,0
            """;
    private static final String STREAMS = """
            stream,src,dst,size,period,deadline,jitter
            0,8,[9],50,2000000,2000000,0
            """;

    private static ProblemFiles.Reading read(String links, String streams) {
        return ProblemFiles.read(new Source("t.csv", links), new Source("s.csv", streams));
    }

    private static void wrong(String links, String streams, String expected) {
        assertEquals(
                expected, assertInstanceOf(Wrong.class, read(links, streams)).mistake());
    }

    private static void wrongLink(String line, String expected) {
        wrong(LINKS + line + "\n", STREAMS, "t.csv:6: " + expected);
    }

    private static void wrongStream(String line, String expected) {
        wrong(LINKS, STREAMS + line + "\n", "s.csv:3: " + expected);
    }

    @Test
    void readsBothTables() {
        var problem = assertInstanceOf(
                        Right.class,
                        read(
                                "\uFEFFrate,link,q_num,t_proc,t_prop,colour\r\n0.1,\"(1,2)\",4,5,6,red\r\n"
                                        + "2.5,\"( 1 , 3 )\",1,0,0,\"a \"\"b\"\"\"\r\n",
                                "stream,src,dst,size,period,deadline,jitter\n\n7,1,\"[2, 3]\",1500,2.5e3,100,0\n"))
                .problem();
        assertEquals(
                List.of(new Link(1, 2, 4, 100, 5, 6), new Link(1, 3, 1, 2500, 0, 0)),
                problem.topology().links());
        assertEquals(List.of(new Stream(7, 1, List.of(2, 3), 1500, 2500, 100, 0)), problem.streams());
    }

    /// A redundant stream is two members, which have names of their own in files.
    @Test
    void readsRedundantStreamsAsTwoMembers() {
        var head = "stream,src,dst,size,period,deadline,jitter,redundancy\n";
        var read =
                assertInstanceOf(Right.class, read(LINKS, head + "7,8,[9],100,2500,100,0,2\n6,8,[9],1,2500,100,0,1\n"));
        var one = new Stream(7, 8, List.of(9), 100, 2500, 100, 0);
        assertEquals(
                List.of(
                        new Stream(7, 1, 8, List.of(9), 100, 2500, 100, 0),
                        new Stream(7, 2, 8, List.of(9), 100, 2500, 100, 0),
                        new Stream(6, 8, List.of(9), 1, 2500, 100, 0)),
                read.problem().streams());
        assertEquals(one.members(), read.problem().streams().subList(0, 2));
        assertEquals("7.2", read.names().stream(read.problem().streams().get(1)));
        assertEquals(2, read.problem().count());
        wrong(
                LINKS,
                head + "7,8,[9],100,2500,100,0,3\n",
                "s.csv:2: redundancy is '3'; a whole number from 1 to 2 would be right");
        wrong(
                LINKS,
                head + "7,8,[9],100,2500,100,0,2\n7.1,8,[9],100,2500,100,0,1\n",
                "s.csv: a stream is called 7.1, as is a member of redundant stream 7; rename it");
    }

    /// 8 · 1500 bits at 1 Gbit/s, 8 · 1000 bits at 0.3 Gbit/s; 8 · 1 bit at 10 Gbit/s is 0.8 ns, rounded up.
    @Test
    void transmissionTakesItsBitsAtTheRate() {
        assertEquals(12_000, new Link(0, 1, 8, 1000, 0, 0).transmissionNanos(1500));
        assertEquals(26_667, new Link(0, 1, 8, 300, 0, 0).transmissionNanos(1000));
        assertEquals(1, new Link(0, 1, 8, 10_000, 0, 0).transmissionNanos(1));
    }

    @Test
    void everyMistakeOfALinkHasItsLine() {
        wrongLink(
                "(8, 1),8,1,2000,0",
                "there are 6 cells under 5 columns; cells with a comma need quotes, as \"(0, 1)\"");
        wrongLink("\"(8, 1),8,1,2000,0", "a quote is not closed in this line");
        wrongLink("8-1,8,1,2000,0", "link is '8-1'; two nodes as \"(0, 1)\" would be right");
        wrongLink("\"(8, 8)\",8,1,2000,0", "link (8, 8) leads from a node to itself; name two nodes");
        wrongLink(
                "\"(8,0)\",8,1,2000,0",
                "link (8, 0) stands in line 2 already; one line for each direction would be right");
        wrongLink("\"(8, 1)\",9,1,2000,0", "q_num is '9'; a whole number from 1 to 8 would be right");
        String rate = "; bits for each nanosecond (0.1 is 100 Mbit/s) above 0, up to 1000, with at most three"
                + " decimals would be right";
        wrongLink("\"(8, 1)\",8,0,2000,0", "rate is '0'" + rate);
        wrongLink("\"(8, 1)\",8,-1,2000,0", "rate is '-1'" + rate);
        wrongLink("\"(8, 1)\",8,0.0001,2000,0", "rate is '0.0001'" + rate);
        wrongLink("\"(8, 1)\",8,NaN,2000,0", "rate is 'NaN'" + rate);
        wrongLink("\"(8, 1)\",8,1e99999999,2000,0", "rate is '1e99999999'" + rate);
        wrongLink(
                "\"(8, 1)\",8,1,-1,0",
                "t_proc is '-1'; a whole number of nanoseconds from 0 to 1000000000000 would be right");
        wrong(
                "",
                STREAMS,
                "t.csv:1: the file is empty; its first line names the columns link,q_num,rate,t_proc,t_prop");
        wrong(
                "link,rate\n",
                STREAMS,
                "t.csv:1: there is no column q_num; the first line would be link,q_num,rate,t_proc,t_prop");
        wrong("link,q_num,rate,t_proc,t_prop\n", STREAMS, "t.csv:2: there are no links");
    }

    @Test
    void everyMistakeOfAStreamHasItsLine() {
        wrongStream("0,8,[9],50,2000000,2000000,0", "stream 0 stands in line 2 already; names must differ");
        wrongStream("1,8,9,50,2000000,2000000,0", "dst is '9'; a list of nodes as [12] or \"[12, 14]\" would be right");
        wrongStream(
                "1,8,[],50,2000000,2000000,0", "dst is '[]'; a list of nodes as [12] or \"[12, 14]\" would be right");
        wrongStream("1,5,[9],50,2000000,2000000,0", "src of stream 1 is 5, which is no node of the topology");
        wrongStream("1,8,[5],50,2000000,2000000,0", "dst of stream 1 names 5, which is no node of the topology");
        wrongStream("1,8,\"[9, 9]\",50,2000000,2000000,0", "dst of stream 1 names a node twice");
        wrongStream("1,8,[8],50,2000000,2000000,0", "stream 1 leads from node 8 to itself");
        wrongStream(
                "1,8,[9],0,2000000,2000000,0",
                "size is '0'; a whole number of octets from 1 to 1000000 would be right");
        wrongStream(
                "1,8,[9],50,0,2000000,0",
                "period is '0'; a whole number of nanoseconds from 1 to 1000000000000 would be right");
        wrongStream(
                "1,8,[9],50,1.5,2000000,0",
                "period is '1.5'; a whole number of nanoseconds from 1 to 1000000000000 would be right");
        wrong(
                LINKS,
                STREAMS.lines().findFirst().orElseThrow(),
                "s.csv:2: there are no streams: nothing is to be scheduled");
    }

    @Test
    void nodesThatCannotBeReachedAreNamed() {
        wrong(
                "link,q_num,rate,t_proc,t_prop\n\"(8, 0)\",8,1,2000,0\n\"(9, 0)\",8,1,2000,0\n",
                STREAMS,
                "s.csv:2: stream 0 cannot be sent: no way leads from node 8 to node 9");
    }

    /// 1000003 is prime: with 800000 the cycle is 800002400000 ns, in which the first stream has 2000006
    /// frames.
    @Test
    void aHyperperiodThatIsTooLongHasItsCulpritsAndAProposal() {
        wrong(
                LINKS,
                STREAMS.replace("2000000,2", "400000,2")
                        + "1,8,[9],50,1000003,2000000,0\n2,8,[9],50,800000,2000000,0\n",
                "s.csv: the least common multiple of the periods is too long: more than 1000000 frames,"
                        + " because of 1.000003 ms of stream 1; periods that are multiples of each other would be"
                        + " right, e.g. 1 ms instead of 1.000003 ms");
        // beyond 64 bits
        var primes = List.of(999_999_937L, 999_999_929L, 999_999_893L, 999_999_883L);
        var many = IntStream.range(0, 4)
                .mapToObj(i -> (i + 1) + ",8,[9],50," + primes.get(i) + ",2000000,0\n")
                .collect(Collectors.joining());
        var message = assertInstanceOf(Wrong.class, read(LINKS, STREAMS + many)).mistake();
        assertTrue(message.contains("999.999883 ms of stream 4"), message);
    }

    @Test
    void noTextMakesTheReaderFail() {
        var pieces = List.of(
                "link", ",", "\"", "(0, 1)", "[9]", "\n", "8", "1e9", "q_num,rate,t_proc,t_prop", "-", "\u0000");
        Property.check(500, random -> {
            var text = new StringBuilder(random.nextBoolean() ? LINKS : "");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            read(text.toString(), STREAMS);
            read(LINKS, STREAMS + text);
        });
    }
}
