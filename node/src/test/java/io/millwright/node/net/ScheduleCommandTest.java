package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.Mw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertTrue(errors.toString().contains("there is no file"), errors.toString());
        assertFalse(errors.toString().contains("\tat "), errors.toString());
        assertEquals(Set.of("t.csv", "s.csv"), files());
    }
}
