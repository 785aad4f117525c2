package io.millwright.certificate.beside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.testkit.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// An alarm of io is sent over a switch to plc, at 100 Mbit/s, where images of a camera close the gates of the last
/// port for 100 µs of every 1000.
///
/// By hand: an alarm takes 10 µs, a frame of others 123.36. At io an alarm waits for one of others: 133.36 µs. So
/// what comes to the switch varies by 123.36 µs, in which the source sends 12.336 bits more: no more than 1012.336
/// bits and 0.0001 in each ns, nor than one alarm and what the link brings, `1000 + 0.1 t`; these meet after 12.336 /
/// 0.0999 = 123.4834835 ns. There the gates are open for 900 µs, of which the last 10 may be too short for an alarm:
/// 890 of 1000 are left, after 110 in which there is nothing, so `0.089 (t - 110 000) - 12 336` bits are sent. All
/// before the alarm has been sent after `(0.1 w + 22 126) / 0.089`, which is the longest behind `w = 123.4834835`:
/// 248 622.0036 ns, and 10 µs for the alarm. Together 391 982.0036 ns.
class BesideCheckerTest {

    private static final Map<String, String> RIGHT = Map.of(
            "topology.csv", """
                    link,q_num,rate,t_proc,t_prop,cut_through,sync_error,idle_slope,late
                    "(io, sw)",8,0.1,0,0,,0,,
                    "(camera, sw)",8,0.1,0,0,,0,,
                    "(sw, plc)",8,0.1,0,0,,0,,
                    """,
            "sporadic.csv", """
                    stream,src,dst,size,period,deadline,loss
                    alarm,io,[plc],125,10000000,391983,0
                    """,
            "GCL.csv", """
                    link,queue,start,end,cycle
                    "(camera, sw)",7,0,100000,1000000
                    "(sw, plc)",7,100000,200000,1000000
                    """,
            "QUEUE.csv", """
                    stream,frame,link,queue
                    image,0,"(camera, sw)",7
                    image,0,"(sw, plc)",7
                    """,
            "BOUND.csv", """
                    stream,listener,delay
                    alarm,plc,391983
                    """,
            "WAIT.csv", """
                    step,stream,listener,link,wait
                    1,alarm,plc,"(io, sw)",133360
                    2,alarm,plc,"(sw, plc)",258622.003577
                    """);

    private static Verdict<BesideFigures> check(Map<String, String> files, long syncError) {
        return BesideChecker.check(file -> files.getOrDefault(file, ""), syncError);
    }

    /// The files with other text in one of them.
    private static Map<String, String> with(String file, String from, String to) {
        var files = new HashMap<>(RIGHT);
        var changed = files.getOrDefault(file, "").replace(from, to);
        assertTrue(from.isEmpty() || !changed.equals(files.put(file, changed)), file + ": " + from);
        files.put(file, changed);
        return files;
    }

    private static Map<String, String> withRow(String file, String row) {
        var files = new HashMap<>(RIGHT);
        files.merge(file, row + "\n", String::concat);
        return files;
    }

    private static void assertVerified(Map<String, String> files) {
        assertInstanceOf(Verdict.Verified.class, check(files, 0), () -> check(files, 0) + " of " + files);
    }

    private static void assertRefuted(String what, Map<String, String> files) {
        assertRefuted(what, files, 0);
    }

    private static void assertRefuted(String what, Map<String, String> files, long syncError) {
        var verdict = check(files, syncError);
        var refuted = assertInstanceOf(Verdict.Refuted.class, verdict, () -> verdict + " of " + files);
        assertTrue(refuted.shown().toString().contains(what), refuted::toString);
    }

    @Test
    void anAlarmIsInTimeBetweenTheGates() {
        var figures = new BesideFigures(List.of(new BesideFigures.Bound("alarm", "plc", 391_983, 391_983)));
        assertEquals(new Verdict.Verified<>(figures), check(RIGHT, 0));
        assertEquals(new Verdict.Verified<>(new BesideFigures(List.of())), check(Map.of(), 0));
    }

    @Test
    void lessThanWhatFollowsIsNotBelieved() {
        assertRefuted(
                "bound: step 2: WAIT.csv: flow 0, alarm to plc, may be at port 1, (sw, plc), for 258622.003577, and"
                        + " 258622.0035 is said",
                with("WAIT.csv", "258622.003577", "258622.0035"));
        assertRefuted("step 1", with("WAIT.csv", "133360", "133359"));
        assertRefuted(
                "bound: stream alarm, listener plc: BOUND.csv: the delay is 391982.003577, not 391982",
                with("BOUND.csv", "391983", "391982"));
        assertRefuted("nothing is said before", with("WAIT.csv", "1,alarm", "3,alarm"));
        // in one step less has to follow than is said
        assertRefuted("for 133360, and 133360 is said", with("WAIT.csv", "1,alarm", "2,alarm"));
    }

    /// What is claimed is claimed of the gates of the schedule.
    @Test
    void otherGatesAreNotThoseOfTheSchedule() {
        assertRefuted("step 2", with("GCL.csv", "7,100000,200000,1000000", "7,100000,200001,1000000"));
        assertRefuted("step 2", with("GCL.csv", "7,100000,200000,1000000", "7,99999,200000,1000000"));
        assertRefuted("step 2", withRow("GCL.csv", "\"(sw, plc)\",6,600000,600001,1000000"));
        assertRefuted("step 1", withRow("GCL.csv", "\"(io, sw)\",6,600000,600001,1000000"));
        assertRefuted("step 2", with("GCL.csv", "7,100000,200000,1000000", "7,100000,200000,200001"));
        assertRefuted("the gate of class 1 never opens", with("GCL.csv", "7,100000,200000,", "7,0,1000000,"));
        assertRefuted("step 2", RIGHT, 1);
        assertRefuted("step 2", with("topology.csv", "\"(sw, plc)\",8,0.1,0,0,,0", "\"(sw, plc)\",8,0.1,0,0,,1"));
        assertVerified(withRow("GCL.csv", "\"(sw, plc)\",6,150000,200000,1000000"));
        assertVerified(with(
                "GCL.csv", "7,100000,200000,1000000", "7,950000,1000000,1000000\n\"(sw, plc)\",7,0,50000,1000000"));
        assertVerified(with("GCL.csv", "7,100000,200000,1000000", "7,100000,199999,1000000"));
    }

    @Test
    void portsNeedQueuesAndGates() {
        assertRefuted(
                "queue: link (sw, plc): of 8 queues scheduled streams leave 1; sporadic ones and all others need one",
                with("GCL.csv", "\"(sw, plc)\",7", "\"(sw, plc)\",1"));
        assertRefuted("leave 1", with("topology.csv", "\"(io, sw)\",8", "\"(io, sw)\",1"));
        assertRefuted(
                "gate: link (io, sw): scheduled frames pass it, GCL.csv has no entries for it",
                withRow("QUEUE.csv", "image,0,\"(io, sw)\",7"));
    }

    @Test
    void otherStreamsAndLinksAreNotThoseOfTheTables() {
        assertRefuted("step 1", with("sporadic.csv", "125,", "126,"));
        assertRefuted("step 2", with("sporadic.csv", "10000000,", "9990000,"));
        assertRefuted("bound: ", with("topology.csv", "\"(io, sw)\",8,0.1", "\"(io, sw)\",8,0.09"));
        assertRefuted("bound: ", with("topology.csv", "\"(io, sw)\",8,0.1", "\"(io, sw)\",8,0.11"));
        assertRefuted("the delay is", with("topology.csv", "\"(sw, plc)\",8,0.1,0,0", "\"(sw, plc)\",8,0.1,0,1"));
        assertRefuted("step 2", with("topology.csv", "\"(io, sw)\",8,0.1,0,0", "\"(io, sw)\",8,0.1,2000,0"));
        var slow = "\"(sw, plc)\",8,0.1,0,0,,0,";
        assertRefuted("less is left", with("topology.csv", slow, slow + "0.09"));
        assertRefuted("step 2", with("topology.csv", slow, slow + "0.02"));
    }

    @Test
    void theDeadlineAndTheLossAreThoseOfTheTable() {
        assertRefuted(
                "deadline: stream alarm, listener plc: it may take 391983, deadline 391982",
                with("sporadic.csv", "391983", "391982"));
        var late = with("topology.csv", "\"(io, sw)\",8,0.1,0,0,,0,,", "\"(io, sw)\",8,0.1,0,0,,0,,0.00001");
        assertRefuted("loss: stream alarm, listener plc: lost with a probability of 0.00001, tolerated 0", late);
        late.merge("sporadic.csv", "", (text, _) -> text.replace("391983,0", "391983,0.00001"));
        assertVerified(late);
    }

    @Test
    void waysLeadFromLinkToLink() {
        assertRefuted(
                "route: stream alarm, listener plc: WAIT.csv leads it from io to io, over 0 of its 2 links",
                with("WAIT.csv", "(io, sw)", "(camera, sw)"));
        assertRefuted(
                "from io to sw, over 1 of its 1", with("WAIT.csv", "2,alarm,plc,\"(sw, plc)\",258622.003577", ""));
        assertRefuted("there is no link (sw, plb)", with("WAIT.csv", "(sw, plc)", "(sw, plb)"));
        assertRefuted("over 2 of its 3 links", withRow("WAIT.csv", "3,alarm,plc,\"(camera, sw)\",1"));
        assertRefuted("WAIT.csv leads it", with("sporadic.csv", "alarm,io,", "alarm,camera,"));
        assertRefuted("stream alarm, listener sw", with("sporadic.csv", "[plc]", "\"[plc, sw]\""));
    }

    @Test
    void everyStreamHasABoundAndNoOther() {
        assertRefuted("BOUND.csv claims nothing for it", with("BOUND.csv", "alarm,plc,391983", ""));
        var other = "stop,io,[plc],64,10000000,391983,0";
        assertRefuted("bound: stream stop, listener plc: BOUND.csv claims nothing", withRow("sporadic.csv", other));
        assertRefuted(
                "route: stream stop, listener plc: sporadic.csv has no such stream and listener",
                withRow("BOUND.csv", "stop,plc,391983"));
        assertRefuted("sporadic.csv has no such stream", withRow("WAIT.csv", "1,stop,plc,\"(io, sw)\",133360"));
        var both = withRow("sporadic.csv", other);
        both.merge("BOUND.csv", "stop,plc,391983\n", String::concat);
        both.merge("WAIT.csv", """
                1,stop,plc,"(io, sw)",133360
                2,stop,plc,"(sw, plc)",258622.003577
                """, String::concat);
        assertRefuted("bound: step 1", both);
    }

    private static String refused(Map<String, String> files) {
        return assertInstanceOf(Verdict.Refused.class, check(files, 0)).why();
    }

    @Test
    void whatCannotBeReadIsSaidWithItsPlace() {
        assertEquals(
                "WAIT.csv:3: wait is \"-1\", not a number like 12 or 12.5",
                refused(with("WAIT.csv", "258622.003577", "-1")));
        assertEquals(
                "WAIT.csv:4: there is another wait of this stream at link (io, sw)",
                refused(withRow("WAIT.csv", "2,alarm,plc,\"(io, sw)\",133360")));
        assertEquals(
                "BOUND.csv:3: there is another bound of this stream and listener",
                refused(withRow("BOUND.csv", "alarm,plc,391984")));
        assertEquals(
                "untimed.csv:2: there is another link (io, sw)",
                refused(withRow("untimed.csv", "link,q_num,rate,t_proc,t_prop\n\"(io, sw)\",8,1,0,0")));
        assertEquals(
                "BOUND.csv: there is no sporadic.csv with the streams that it speaks of",
                refused(with("sporadic.csv", RIGHT.getOrDefault("sporadic.csv", ""), "")));
    }

    /// Characters are put in, taken out and exchanged.
    @Test
    void whateverTheFilesHoldThereIsAVerdict() {
        Property.check(2000, random -> {
            var files = new HashMap<>(RIGHT);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                var file = List.copyOf(RIGHT.keySet()).get(random.nextInt(RIGHT.size()));
                files.computeIfPresent(file, (_, text) -> spoil(text, random));
            }
            if (check(files, random.nextInt(3)) instanceof Verdict.Refused<BesideFigures>(var why)) {
                assertTrue(why.matches("[A-Za-z]+\\.csv(:[0-9]+)?: [^\\x00-\\x1F]+"), why);
            }
        });
    }

    private static String spoil(String text, SplittableRandom random) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        var pieces = List.of("0", "9", "-", ",", "\n", "\"", "1000000000", "/", "(", "[plc]", "");
        return text.substring(0, at)
                + pieces.get(random.nextInt(pieces.size()))
                + text.substring(Math.min(text.length(), at + random.nextInt(3)));
    }
}
