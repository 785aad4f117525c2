package io.millwright.node.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Network;
import io.millwright.model.plantfile.NetworkFile;
import io.millwright.node.command.PlantFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the console is told of a network, draws, and copies as a section of a plant file, is that network.
class NetworkViewTest {

    private static final Path ROOT =
            Path.of(System.getProperty("mw.root", "..")).toAbsolutePath();
    private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\\n(network:\\n.*?)```");
    private static final JsonMapper JSON = JsonMapper.shared();

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static Network plant(String section) {
        return PlantFiles.of("plant: drawn\nprefix: 88.118.7\n" + section, "drawn")
                .network();
    }

    /// All networks of the documentation and of the examples, and one with all that there is.
    private static List<Network> examples() throws IOException {
        var networks = new ArrayList<Network>();
        try (var files = Files.walk(ROOT.resolve("docs"))) {
            for (var file : files.filter(f -> f.toString().endsWith(".md")).toList()) {
                EXAMPLE.matcher(Files.readString(file)).results().forEach(m -> networks.add(plant(m.group(1))));
            }
        }
        assertTrue(networks.size() >= 2, networks::toString);
        networks.add(PlantFiles.of(text("examples/cell/plant.yaml"), "cell").network());
        networks.add(plant(text("console/test/network/kinds.yaml")));
        return networks;
    }

    @Test
    void whatIsToldOfANetworkIsReadAsThatNetwork() throws IOException {
        for (var network : examples()) {
            var told = JSON.writeValueAsString(NetworkView.of(network));
            var read = assertInstanceOf(NetworkFile.Right.class, NetworkFile.read(told, "told"), told);
            assertEquals(network, read.network());
        }
    }

    /// The console's tests make the one of the other.
    @Test
    void whatTheConsoleCopiesIsWhatItWasTold() throws IOException {
        var copied = plant(text("console/test/network/kinds.yaml"));
        assertEquals(
                JSON.readTree(text("console/test/network/kinds.json")),
                JSON.readTree(JSON.writeValueAsString(NetworkView.of(copied))));
    }
}
