package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user hears of plant files that cannot be used.
class BadFilesTest {

    @TempDir
    private Path folder;

    private Path wrong;

    @BeforeEach
    void write() throws Exception {
        wrong = Files.writeString(folder.resolve("wrong.yaml"), """
                plant: workshop
                prefix: 88.118.7
                assets:
                  tank-1:
                    signals:
                      level: {unti: cm, from: "plc/input/0:float32"}
                      outflow: {unit: furlong, from: "plx/input/2:float32"}
                connections:
                  plc: {protocol: modbus-tpc, endpoint: "127.0.0.1:1502"}
                """);
    }

    @Test
    void everyMistakeIsToldWithItsLineAndWhatWouldBeRight() throws Exception {
        try (var people = MwProcess.start(folder, "check", wrong.toString());
                var scripts = MwProcess.start(folder, "check", "--json", wrong.toString());
                var up = MwProcess.start(folder, "up", wrong.toString())) {
            var text = people.ended().withoutStackTrace();
            assertEquals(1, text.status(), text.err());
            assertTrue(text.out().contains("wrong.yaml:6:"), text.out());
            assertTrue(text.out().contains("unti") && text.out().contains("unit"), text.out());
            assertTrue(text.out().contains("modbus-tcp"), text.out());
            assertTrue(text.out().contains("furlong"), text.out());
            assertTrue(text.out().strip().endsWith("mistakes."), text.out());

            var json = scripts.ended().withoutStackTrace();
            assertEquals(1, json.status(), json.err());
            var report = json.json();
            assertFalse(report.get("valid").asBoolean());
            assertTrue(report.get("problems").size() >= 4, json.out());
            for (var problem : report.get("problems")) {
                assertEquals(wrong.toString(), problem.get("file").asString());
                assertTrue(
                        problem.get("line").asInt() >= 1 && problem.get("line").asInt() <= 9, json.out());
                assertTrue(problem.get("column").asInt() >= 1, json.out());
                assertFalse(problem.get("message").asString().isBlank());
            }

            var refused = up.ended().withoutStackTrace();
            assertEquals(2, refused.status(), refused.err());
            assertTrue(refused.err().contains("mistakes:"), refused.err());
        }
    }

    @Test
    void whatIsNoPlantFileAtAllIsToldInOneLine() throws Exception {
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2});
        try (var missing = MwProcess.start(folder, "check", "nowhere.yaml");
                var directory = MwProcess.start(folder, "check", folder.toString());
                var garbage = MwProcess.start(folder, "check", binary.toString());
                var up = MwProcess.start(folder, "up", "nowhere.yaml")) {
            missing.ended().saysOneLine(2, "nowhere.yaml");
            directory.ended().saysOneLine(2, folder.toString(), "irectory");
            garbage.ended().saysOneLine(2, "binary.yaml", "UTF-8");
            up.ended().saysOneLine(2, "nowhere.yaml");
        }
    }
}
