package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A node that answers for identifiers and does nothing else.
class IdServeTest {

    @TempDir
    private Path folder;

    @Test
    void itAnswersForThePlantFilesIdentifiersAndRefusesATakenPort() throws Exception {
        var file = MwProcess.root().resolve("examples/demo/plant.yaml").toString();
        try (var node = MwProcess.start(folder, "id", "serve", "--plant", file, "--at", "127.0.0.1:0", "--json")) {
            var at = node.ready().get("identifiers").asString();
            try (var asset = MwProcess.start(folder, "id", "resolve", "88.118.7/pump-1", "--at", at, "--json");
                    var prefix = MwProcess.start(folder, "id", "resolve", "0.NA/88.118.7", "--at", at);
                    var second = MwProcess.start(folder, "id", "serve", "--plant", file, "--at", at);
                    var noPlant = MwProcess.start(folder, "id", "serve")) {
                var found = asset.ended().withoutStackTrace();
                assertEquals(0, found.status(), found.err());
                assertEquals(
                        "http://127.0.0.1:8420/#/identifiers/88.118.7/pump-1",
                        found.json().get("url").asString());
                var site = prefix.ended().withoutStackTrace();
                assertTrue(site.out().contains("UDP " + at), "HS_SITE is readable: " + site.out());
                second.ended().saysOneLine(2, at);
                var usage = noPlant.ended().withoutStackTrace();
                assertEquals(2, usage.status());
                assertTrue(usage.err().contains("--plant"), usage.err());
            }
        }
    }
}
