package io.millwright.node.whole;

import io.millwright.testkit.MisbehavingServer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user hears of endpoints that refuse, hang, close or talk nonsense: one line, exit status 1.
class BadDevicesTest {

    private static final Map<String, String> ENDPOINTS = Map.of(
            "modbus-tcp://127.0.0.1:%d", "input/0",
            "opc.tcp://127.0.0.1:%d?security=None", "ns=2;s=x",
            "mqtt://127.0.0.1:%d", "plant/x");

    @TempDir
    private Path folder;

    @Test
    void whereNobodyListens() throws Exception {
        eachSaysOneLine("read", MisbehavingServer.refusingPort());
    }

    @Test
    void whereNobodyAnswers() throws Exception {
        try (var server = new MisbehavingServer(MisbehavingServer.Habit.HANG, 1)) {
            eachSaysOneLine("read", server.port());
        }
    }

    @Test
    void whereTheAnswerIsGarbage() throws Exception {
        try (var server = new MisbehavingServer(MisbehavingServer.Habit.GARBAGE, 2)) {
            eachSaysOneLine("read", server.port());
        }
    }

    @Test
    void whereTheConnectionIsClosedAtOnce() throws Exception {
        try (var server = new MisbehavingServer(MisbehavingServer.Habit.CLOSE, 3)) {
            eachSaysOneLine("browse", server.port());
        }
    }

    private void eachSaysOneLine(String command, int port) throws InterruptedException {
        var running = new LinkedHashMap<String, MwProcess>();
        ENDPOINTS.forEach((endpoint, point) -> running.put(
                endpoint,
                command.equals("read")
                        ? MwProcess.start(folder, command, endpoint.formatted(port), point)
                        : MwProcess.start(folder, command, endpoint.formatted(port), "--patience", "5")));
        for (var process : running.values()) {
            process.ended().saysOneLine(1, Integer.toString(port));
        }
    }
}
