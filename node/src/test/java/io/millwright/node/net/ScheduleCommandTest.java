package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.network.schedule.Nanoseconds;
import io.millwright.node.Mw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `mw net schedule` from files to files.
class ScheduleCommandTest {

    private static final String LINKS = """
            link,q_num,rate,t_proc,t_prop
            "(8, 0)",8,1,2000,0
            "(0, 9)",8,1,2000,0
            """;
    private static final String STREAMS = """
            stream,src,dst,size,period,deadline,jitter
            0,8,[9],1500,1000000,1000000,0
            """;

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PrintStream before = System.out;

    @BeforeEach
    void listen() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    @BeforeEach
    void writeProblem() throws IOException {
        Files.writeString(folder.resolve("t.csv"), LINKS);
        Files.writeString(folder.resolve("s.csv"), STREAMS);
    }

    private int schedule(String... more) {
        var mw = Mw.commandLine().setErr(new PrintWriter(errors));
        var arguments = new ArrayList<>(List.of(
                "net",
                "schedule",
                "--topology",
                folder.resolve("t.csv").toString(),
                "--streams",
                folder.resolve("s.csv").toString(),
                "--out",
                folder.resolve("plan").toString()));
        arguments.addAll(List.of(more));
        return mw.execute(arguments.toArray(String[]::new));
    }

    private String plan(String name) throws IOException {
        return Files.readString(folder.resolve("plan").resolve(name));
    }

    private Set<String> files() throws IOException {
        try (var list = Files.list(folder)) {
            return list.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    /// 1500 octets at 1 Gbit/s are 12 µs on each link, and 2 µs of processing lie between.
    @Test
    void writesTheTablesOfTheBenchmarkAndCopiesOfTheInput() throws IOException {
        assertEquals(0, schedule());
        assertEquals(
                "link,queue,start,end,cycle\n\"(8, 0)\",7,0,12000,1000000\n\"(0, 9)\",7,14000,26000,1000000\n",
                plan("GCL.csv"));
        assertEquals("stream,frame,offset\n0,0,0\n", plan("OFFSET.csv"));
        assertEquals("stream,link\n0,\"(8, 0)\"\n0,\"(0, 9)\"\n", plan("ROUTE.csv"));
        assertEquals("stream,frame,link,queue\n0,0,\"(8, 0)\",7\n0,0,\"(0, 9)\",7\n", plan("QUEUE.csv"));
        assertEquals("stream,frame,delay\n0,0,26000\n", plan("DELAY.csv"));
        assertEquals(LINKS, plan("topology.csv"));
        assertEquals(STREAMS, plan("streams.csv"));
        assertEquals(Set.of("t.csv", "s.csv", "plan"), files());
    }

    @Test
    void anEarlierResultIsReplacedAsAWholeAndKeptWhereThereIsNone() throws IOException {
        assertEquals(0, schedule());
        Files.writeString(folder.resolve("s.csv"), STREAMS + "1,8,[9],1500,1000000,1000000,0\n");
        assertEquals(0, schedule("--from", folder.resolve("plan").toString()));
        // the first keeps its offset of 0
        assertEquals("stream,frame,offset\n0,0,0\n1,0,12000\n", plan("OFFSET.csv"));
        Files.writeString(folder.resolve("s.csv"), STREAMS.replace("1000000,0", "25999,0"));
        assertEquals(1, schedule());
        assertEquals("stream,frame,offset\n0,0,0\n1,0,12000\n", plan("OFFSET.csv"));
        assertEquals(Set.of("t.csv", "s.csv", "plan"), files());
    }

    @Test
    void aFolderWithSomethingElseIsLeftAlone() throws IOException {
        Files.createDirectory(folder.resolve("plan"));
        Files.writeString(folder.resolve("plan/thesis.txt"), "years of work");
        assertEquals(2, schedule());
        assertTrue(errors.toString().contains("thesis.txt"), errors.toString());
        assertEquals("years of work", plan("thesis.txt"));
    }

    @Test
    void badInputEndsWithTwoAndItsLine() throws IOException {
        Files.writeString(folder.resolve("s.csv"), STREAMS.replace("1500", "0"));
        assertEquals(2, schedule());
        assertTrue(errors.toString().contains("s.csv:2: size is '0'"), errors.toString());
        assertEquals(2, schedule("--time", "0s"));
        Files.writeString(folder.resolve("s.csv"), STREAMS);
        assertEquals(2, schedule("--from", folder.resolve("nothing").toString()));
        assertTrue(errors.toString().contains("there is no folder"), errors.toString());
        assertFalse(errors.toString().contains("\tat "), errors.toString());
        assertEquals(Set.of("t.csv", "s.csv"), files());
    }

    private static final String PLANT = """
            plant: cell
            prefix: 88.118.7
            network:
              switches: {sw-1: {ports: 4, processing: 1us}}
              stations: {plc: {}, drive: {}, panel: {}}
              links: [[plc, sw-1], {between: [sw-1, drive], rate: 100Mbps}, [sw-1, panel]]
              streams:
                cmd: {talker: plc, listeners: [drive, panel], size: 125B, period: 1ms}
                alarm: {talker: drive, listeners: panel, size: 84B, period: 10ms, class: sporadic}
            """;

    @Test
    void wherePlantsHaveSporadicStreamsOnlyItIsSaidWhatTellsTheirBounds() throws IOException {
        assertEquals(2, planned("""
                plant: cell
                prefix: 88.118.7
                network:
                  switches: {s: {ports: 4}}
                  stations: {a: {}, b: {}}
                  links: [[a, s], [s, b]]
                  streams: {x: {talker: a, listeners: b, size: 100B, period: 1ms, class: sporadic}}
                """));
        assertTrue(
                errors.toString()
                        .contains("plant.yaml: no stream is of class scheduled: there is nothing to schedule; mw net"
                                + " bounds tells how long sporadic streams take at most"),
                errors.toString());
    }

    private int planned(String plant, String... more) throws IOException {
        var file = Files.writeString(folder.resolve("plant.yaml"), plant);
        var mw = Mw.commandLine().setErr(new PrintWriter(errors));
        var arguments = new ArrayList<>(List.of(
                "net",
                "schedule",
                file.toString(),
                "--out",
                folder.resolve("plan").toString()));
        arguments.addAll(List.of(more));
        return mw.execute(arguments.toArray(String[]::new));
    }

    /// 125 octets are 1 µs at 1 Gbit/s and 10 µs at 100 Mbit/s; 1 µs of processing lies between.
    @Test
    void aPlantIsScheduledInItsOwnNames() throws IOException {
        assertEquals(0, planned(PLANT));
        assertEquals(
                Set.of(
                        "link,queue,start,end,cycle",
                        "\"(plc, sw-1)\",7,0,1000,1000000",
                        "\"(sw-1, drive)\",7,2000,12000,1000000",
                        "\"(sw-1, panel)\",7,2000,3000,1000000"),
                plan("GCL.csv").lines().collect(Collectors.toSet()));
        assertEquals("stream,frame,delay\ncmd,0,12000\n", plan("DELAY.csv"));
        assertTrue(plan("schedule.json").contains("\"stream\": \"cmd\", \"frame\": 0, \"link\": [\"plc\", \"sw-1\"]"));
        assertEquals(
                0,
                Mw.commandLine().execute("net", "verify", folder.resolve("plan").toString()));
    }

    /// Plants have names in any script, up to 128 letters.
    @Test
    void aPlantWithNamesOfItsCountryIsVerified() throws IOException {
        assertEquals(
                0,
                planned(PLANT.replace("sw-1", "一号交换机")
                        .replace("panel", "操作面板")
                        .replace("drive", "驱".repeat(128))
                        .replace("plc", "steuerung-süd")
                        .replace("cmd", "指令")
                        .replace("alarm", "报警")));
        assertEquals(0, verified());
        assertTrue(said().contains("报警 to 操作面板: "), said());
    }

    /// At the switch a gate is open 800 ns earlier and later, twice the error; the table tells it to the checker.
    @Test
    void theSyncErrorOfADomainIsInTheTablesOfTheResult() throws IOException {
        var domain = PLANT.replace("processing: 1us", "processing: 1us, domain: cell-1")
                .replace("network:", "network:\n  domains: {cell-1: {kind: cell, sync: 400ns}}");
        assertEquals(0, planned(domain));
        assertEquals(
                "\"(plc, sw-1)\",8,1,1000,0,400",
                plan("topology.csv").lines().skip(1).findFirst().orElse(""));
        assertTrue(plan("topology.csv").startsWith("link,q_num,rate,t_proc,t_prop,sync_error\n"));
        assertEquals(
                Set.of(
                        "link,queue,start,end,cycle",
                        "\"(plc, sw-1)\",7,0,1000,1000000",
                        "\"(sw-1, drive)\",7,1200,12800,1000000",
                        "\"(sw-1, panel)\",7,1200,3800,1000000"),
                plan("GCL.csv").lines().collect(Collectors.toSet()));
        var folderOfPlan = folder.resolve("plan").toString();
        assertEquals(0, Mw.commandLine().execute("net", "verify", folderOfPlan));
        assertEquals(1, Mw.commandLine().execute("net", "verify", folderOfPlan, "--sync-error", "401ns"));
        assertEquals(0, planned(domain, "--from", folderOfPlan), errors::toString);
    }

    /// By hand: from the drive the alarm waits for a frame of others (123.36 µs) and takes 6.72 µs, the switch 1 µs.
    /// There
    /// it waits for a frame of others (12.336 µs), finds less time left before the gates close than it takes
    /// (0.672 µs), waits for the command (1 µs), and is sent.
    @Test
    void sporadicStreamsAreBoundedBetweenTheGates() throws IOException {
        long reached = 123_360 + 6_720 + 1_000 + 12_336 + 672 + 1_000 + 672;
        assertEquals(0, planned(PLANT, "--json"));
        var alarm = JsonMapper.shared().readTree(said()).get("sporadic").get(0);
        assertEquals(
                "alarm panel",
                alarm.get("stream").asString() + " " + alarm.get("listener").asString());
        assertEquals(1.005, alarm.get("delayNanos").asLong() / (double) reached, 0.005);
        assertEquals(10_000_000, alarm.get("deadlineNanos").asLong());
        var late = PLANT.replace("class: sporadic", "deadline: 145us, class: sporadic");
        assertEquals(1, planned(late));
        assertTrue(said().contains("deadline 145 µs: not proved to be in time"), said());
        assertEquals(1, planned(late, "--json"));
        assertTrue(said().contains("\"holds\" : false"), said());
    }

    private int verified(String... more) {
        out.reset();
        var arguments =
                new ArrayList<>(List.of("net", "verify", folder.resolve("plan").toString()));
        arguments.addAll(List.of(more));
        return Mw.commandLine().setErr(new PrintWriter(errors)).execute(arguments.toArray(String[]::new));
    }

    private void change(String file, String from, String to) throws IOException {
        assertTrue(plan(file).contains(from), plan(file));
        Files.writeString(folder.resolve("plan").resolve(file), plan(file).replace(from, to));
    }

    /// What is printed is what is verified; a gate that is open for longer, or a bound that is less, is not.
    @Test
    void boundsBesideTheGatesAreVerifiedWithThem() throws IOException {
        assertEquals(0, planned(PLANT, "--json"));
        long delay = JsonMapper.shared()
                .readTree(said())
                .at("/sporadic/0/delayNanos")
                .asLong();
        assertEquals(0, verified("--json"));
        assertEquals(
                delay,
                JsonMapper.shared().readTree(said()).at("/sporadic/0/delay").asLong());
        assertEquals(0, verified());
        var verified = said();
        assertTrue(
                verified.contains("alarm to panel: " + Nanoseconds.text(delay) + " at most, deadline 10 ms"), verified);
        change("BOUND.csv", "alarm,panel," + delay, "alarm,panel," + (delay - 1));
        assertEquals(1, verified());
        assertTrue(
                said().contains("bound: stream alarm, listener panel: BOUND.csv: the delay is " + (delay - 1) + "."),
                said());
        change("BOUND.csv", "alarm,panel," + (delay - 1), "alarm,panel," + delay);
        change("GCL.csv", "\"(sw-1, panel)\",7,2000,3000", "\"(sw-1, panel)\",7,2000,3500");
        assertEquals(1, verified());
        var longer = said();
        assertTrue(longer.contains("the gates are verified"), longer);
        assertTrue(
                longer.contains(
                        "bound: step 2: WAIT.csv: flow 0, alarm to panel, may be at port 1, (sw-1, panel), for"),
                longer);
        change("BOUND.csv", "alarm,panel", "alarm,drive");
        assertEquals(1, verified("--json"));
        assertEquals(2, JsonMapper.shared().readTree(said()).get("violations").asInt());
        change("BOUND.csv", "delay", "time");
        assertEquals(2, verified());
        assertTrue(errors.toString().contains("BOUND.csv:1: there is no column \"delay\""), errors.toString());
    }

    @Test
    void withoutABoundNothingIsVerified() throws IOException {
        assertEquals(1, planned(PLANT.replace("processing: 1us", "processing: 1us, shaper: 60kbps")));
        assertEquals(1, verified());
        assertTrue(said().contains("bound: stream alarm, listener panel: BOUND.csv claims nothing for it"), said());
    }

    /// As above by hand, with a switch that shapes: one alarm of 84 octets in 10 ms needs 67.2 kbit/s.
    @Test
    void sporadicStreamsAreBoundedAsSwitchesShapeThem() throws IOException {
        var shaped = PLANT.replace("processing: 1us", "processing: 1us, shaper: asynchronous");
        assertEquals(0, planned(shaped, "--json"));
        long reached = 123_360 + 6_720 + 1_000 + 12_336 + 672 + 1_000 + 672;
        var alarm = JsonMapper.shared().readTree(said()).get("sporadic").get(0);
        assertEquals(1.005, alarm.get("delayNanos").asLong() / (double) reached, 0.005);
        assertEquals(1, planned(PLANT.replace("processing: 1us", "processing: 1us, shaper: 60kbps"), "--json"));
        assertTrue(said().contains("sporadicUnbounded"), said());
    }

    /// What a port can do stands in the table, and is kept to: a gate of the tick of 1 µs opens at 14 µs.
    @Test
    void aPortKeepsToWhatTheTableSaysOfIt() throws IOException {
        Files.writeString(
                folder.resolve("t.csv"),
                LINKS.replace("t_prop\n", "t_prop,gate_entries,min_gate,tick,longest_cycle,buffer\n")
                        .replace("1,2000,0\n", "1,2000,0,3,1000,1000,,1500\n"));
        assertEquals(0, schedule());
        said();
        assertEquals(
                0,
                Mw.commandLine().execute("net", "verify", folder.resolve("plan").toString()));
        Files.writeString(
                folder.resolve("t.csv"),
                LINKS.replace("t_prop\n", "t_prop,longest_cycle\n").replace("1,2000,0\n", "1,2000,0,999999\n"));
        assertEquals(1, schedule());
        assertTrue(said().contains("cannot repeat with it"), said());
    }

    private String said() {
        var text = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return text;
    }

    /// The second stream is the only one that has changed, and the first keeps the place it had.
    @Test
    void streamsOfAPlantKeepTheirPlaces() throws IOException {
        assertEquals(0, planned(PLANT));
        var before = plan("OFFSET.csv") + plan("ROUTE.csv");
        var more = PLANT + "    back: {talker: panel, listeners: plc, size: 1kB, period: 500us}\n";
        assertEquals(0, planned(more, "--from", folder.resolve("plan").toString()));
        assertTrue(plan("ROUTE.csv").startsWith("stream,link\ncmd,"));
        assertTrue(plan("OFFSET.csv").contains("cmd,0,0"));
        assertTrue(before.contains("cmd,0,0"));
        assertTrue(plan("OFFSET.csv").contains("back,1,"));
    }

    @Test
    void aPlantThatCannotBeScheduledIsToldInItsOwnNames() throws IOException {
        assertEquals(
                1, planned(PLANT.replace("size: 125B, period: 1ms", "size: 12.5kB, period: 1ms, deadline: 500us")));
        assertEquals(2, planned(PLANT.replace("class: sporadic", "class: sporadik")));
        assertTrue(errors.toString().contains(":9:"), errors.toString());
        assertEquals(2, planned(PLANT.substring(0, PLANT.indexOf("    cmd"))));
        assertEquals(2, planned(PLANT, "--topology", "t.csv"));
        assertTrue(errors.toString().contains("name a plant file, or a topology and streams"), errors.toString());
    }

    @Test
    void topologiesOfOtherToolsHaveNames() throws IOException {
        Files.writeString(folder.resolve("t.csv"), """
                <graphml><graph edgedefault="undirected"><node id="a"/><node id="s"/><node id="b"/>
                <edge source="a" target="s"/><edge source="s" target="b"/></graph></graphml>
                """);
        Files.writeString(folder.resolve("s.csv"), """
                stream,src,dst,size,period,deadline,jitter
                x,a,[b],125,1000000,1000000,0
                """);
        assertEquals(0, schedule());
        assertEquals("stream,frame,delay\nx,0,4000\n", plan("DELAY.csv"));
        Files.writeString(folder.resolve("t.csv"), "<!DOCTYPE graphml SYSTEM \"file:///etc/hostname\"><graphml/>");
        assertEquals(2, schedule());
        assertTrue(errors.toString().contains("document type"), errors.toString());
    }

    /// A frame of 12 µs by clocks that are wrong by 500 ns: 1 µs before and behind it, on the grid of 8 ns; at
    /// its talker's link there is but one clock.
    @Test
    void gatesAreOpenForAsLongAsClocksMayBeWrong() throws IOException {
        assertEquals(0, schedule("--sync-error", "500ns", "--tick", "8ns", "--gate-entries", "3"));
        assertEquals(
                "link,queue,start,end,cycle\n\"(8, 0)\",7,0,12000,1000000\n\"(0, 9)\",7,13000,27000,1000000\n",
                plan("GCL.csv"));
        assertEquals(1, schedule("--buffer", "1499B"));
        assertEquals(2, schedule("--tick", "0ns"));
        assertTrue(errors.toString().contains("tick"), errors.toString());
    }

    /// Frames of 6 µs every 30 µs and 5 µs every 50 µs meet somewhere if they come periodically, which another method
    /// need not do, as jitter is permitted: one of them has its place. A complete result is not replaced by that.
    @Test
    void thoseThatHadTheirPlaceAreKeptBesideAResultAndAreNoWholeOne() throws IOException {
        Files.writeString(folder.resolve("s.csv"), STREAMS);
        assertEquals(0, schedule());
        Files.writeString(folder.resolve("s.csv"), """
                stream,src,dst,size,period,deadline,jitter
                a,8,[9],750,30000,30000,1
                b,8,[9],625,50000,50000,1
                """);
        out.reset();
        assertEquals(1, schedule("--time", "1s", "--json"));
        assertEquals(STREAMS, plan("streams.csv"));
        assertEquals(Set.of("t.csv", "s.csv", "plan", "plan.partial"), files());
        var partial = folder.resolve("plan.partial").toString();
        var report = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals(partial, report.get("partial").asString());
        assertEquals(1, report.get("missing").size());
        var missing = report.get("missing").get(0).asString();
        out.reset();
        assertEquals(1, Mw.commandLine().execute("net", "verify", partial));
        var verdict = out.toString(StandardCharsets.UTF_8);
        assertTrue(verdict.contains("not verified: 1 violation "), verdict);
        assertTrue(verdict.contains("stream " + missing), verdict);
        assertTrue(verdict.contains("the plan does not have it"), verdict);
        // the one that is left can stay where it is
        Files.writeString(
                folder.resolve("s.csv"),
                Files.readString(folder.resolve("s.csv"))
                        .replaceAll("(?m)^" + missing + ".*", missing + ",8,[9],64,30000,30000,1"));
        assertEquals(0, schedule("--from", partial));
        assertEquals(
                0,
                Mw.commandLine().execute("net", "verify", folder.resolve("plan").toString()));
    }
}
