package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// One frame of 1000 ns over two links with 2000 ns of processing between them: 4000 ns.
class VerifyCommandTest {

    private static final Map<String, String> FILES = Map.of(
            "topology.csv",
            """
            link,q_num,rate,t_proc,t_prop
            "(10, 0)",8,1,2000,0
            "(0, 11)",8,1,2000,0
            """,
            "streams.csv",
            """
            stream,src,dst,size,period,deadline,jitter
            0,10,[11],125,100000,5000,0
            """,
            "GCL.csv",
            """
            link,queue,start,end,cycle
            "(10, 0)",7,0,1000,100000
            "(0, 11)",7,3000,4000,100000
            """,
            "OFFSET.csv",
            "stream,frame,offset\n0,0,0\n",
            "ROUTE.csv",
            "stream,link\n0,\"(10, 0)\"\n0,\"(0, 11)\"\n",
            "QUEUE.csv",
            "stream,frame,link,queue\n0,0,\"(10, 0)\",7\n0,0,\"(0, 11)\",7\n",
            "DELAY.csv",
            "stream,frame,delay\n0,0,4000\n");

    @TempDir
    Path folder;

    private final PrintStream before = System.out;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringWriter errors = new StringWriter();

    @BeforeEach
    void writeAndListen() throws IOException {
        for (var file : FILES.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(before);
    }

    private int verify(String... options) {
        var arguments = new ArrayList<>(List.of("net", "verify", folder.toString()));
        arguments.addAll(List.of(options));
        return Mw.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments.toArray(String[]::new));
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private void change(String file, String from, String to) throws IOException {
        Files.writeString(folder.resolve(file), FILES.get(file).replace(from, to));
    }

    @Test
    void aPlanThatHoldsIsVerifiedWithItsFigures() {
        assertEquals(0, verify("--json", "--gate-entries", "3", "--min-gate", "1us", "--tick", "8ns"), this::said);
        var json = JsonMapper.shared().readTree(said());
        assertEquals("verified", json.at("/verdict").asString());
        assertEquals(2, json.at("/hops").asInt());
        assertEquals(4000, json.at("/tightest/delay").asInt());
        assertEquals(
                "0.8",
                json.at("/tightest/part").decimalValue().stripTrailingZeros().toPlainString());
        assertEquals(3, json.at("/ports/1/gateEntries").asInt());
        assertEquals(125, json.at("/ports/1/buffer").asInt());
    }

    @Test
    void aPlanThatDoesNotHoldIsToldWithEveryViolation() throws IOException {
        change("streams.csv", ",5000,", ",3999,");
        assertEquals(1, verify());
        assertTrue(said().startsWith("not verified: 1 violation"), said());
        assertTrue(said().contains("deadline: stream 0, link (0, 11): even without waiting the last bit is through"));
        out.reset();
        Files.writeString(folder.resolve("streams.csv"), FILES.get("streams.csv"));
        change("GCL.csv", "3000,4000", "3001,4001");
        assertEquals(1, verify("--json"));
        var json = JsonMapper.shared().readTree(said());
        assertEquals("not verified", json.at("/verdict").asString());
        assertEquals(1, json.at("/violations").asInt());
        assertEquals("delay", json.at("/shown/0/rule").asString());
        assertEquals("(0, 11)", json.at("/shown/0/link").asString());
        assertEquals(
                "received after 4001, DELAY.csv has 4000",
                json.at("/shown/0/what").asString());
    }

    @Test
    void limitsOfSwitchesAreHeldAgainstThePlan() {
        assertEquals(1, verify("--gate-entries", "2"));
        assertEquals(1, verify("--min-gate", "1001ns"));
        assertEquals(1, verify("--tick", "3us"));
        assertEquals(1, verify("--sync-error", "1ns"));
        assertEquals(1, verify("--buffer", "124B"));
        assertEquals(0, verify("--buffer", "125B", "--no-isolation"));
    }

    @Test
    void whatCannotBeReadIsNamedWithItsLine() throws IOException {
        change("GCL.csv", "3000", "soon");
        assertEquals(2, verify());
        assertTrue(
                errors.toString().contains("GCL.csv:3: start is \"soon\", not a whole number from"), errors.toString());
        Files.delete(folder.resolve("GCL.csv"));
        assertEquals(2, verify());
        assertTrue(errors.toString().contains("there is no file " + folder.resolve("GCL.csv")), errors.toString());
        assertEquals(2, verify("--tick", "0s"));
        assertEquals(2, verify("--gate-entries", "0"));
    }
}
