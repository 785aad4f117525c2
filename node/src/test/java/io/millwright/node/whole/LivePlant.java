package io.millwright.node.whole;

import io.millwright.connect.opcua.NodeCertificate;
import io.millwright.testkit.Await;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The demonstration plant as its parts: the machines in one process, `mw up` in another, each to be killed and
/// started again on the same ports and folders.
final class LivePlant implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final Path folder;
    final Path plantFile;
    final Path data;
    final String modbus;
    final String opcUa;
    final String mqtt;
    private MwProcess machines;
    private MwProcess up;
    private String console = "";
    private String identifiers = "";

    LivePlant(Path folder) throws Exception {
        this.folder = folder;
        data = folder.resolve("data");
        plantFile = folder.resolve("plant.yaml");
        var own = NodeCertificate.in(data.resolve("security"));
        var clients = Files.createDirectories(folder.resolve("machines/opc-ua/trusted/certs"));
        Files.copy(own, clients.resolve("millwright.der"), StandardCopyOption.REPLACE_EXISTING);
        machines = startMachines("--any-port");
        var ready = machines.ready();
        modbus = ready.get("modbus").asString();
        opcUa = ready.get("opcUa").asString();
        mqtt = ready.get("mqtt").asString();
        var servers = Files.createDirectories(data.resolve("security/trusted"));
        Files.copy(folder.resolve("machines/opc-ua/own/server.der"), servers.resolve("machines.der"));
        Files.writeString(
                plantFile,
                Files.readString(MwProcess.root().resolve("examples/demo/plant.yaml"))
                        .replace("\"127.0.0.1:1502\"", "\"" + modbus + "\"")
                        .replace("opc.tcp://127.0.0.1:4840", opcUa)
                        .replace("mqtt://127.0.0.1:1883", mqtt));
        up = startUp("127.0.0.1:0", "127.0.0.1:0");
        awaitUp();
    }

    private MwProcess startMachines(String... ports) {
        var arguments = new ArrayList<>(List.of(
                "machines", "--json", "--data", folder.resolve("machines").toString()));
        arguments.addAll(List.of(ports));
        return MwProcess.start(folder, arguments.toArray(String[]::new));
    }

    private MwProcess startUp(String http, String handle) {
        return MwProcess.start(
                folder,
                "up",
                plantFile.toString(),
                "--json",
                "--data",
                data.toString(),
                "--http",
                http,
                "--handle",
                handle);
    }

    private void awaitUp() {
        var ready = up.ready();
        console = ready.get("console").asString();
        identifiers = ready.get("identifiers").asString();
    }

    void killMachines() {
        machines.kill();
    }

    void startMachinesAgain() {
        machines =
                startMachines("--modbus-port", port(modbus), "--opc-ua-port", port(opcUa), "--broker-port", port(mqtt));
    }

    void killAndStartUpAgain() {
        up.kill();
        up = startUp(http(), identifiers);
        awaitUp();
    }

    /// Where the API listens, `HOST:PORT`.
    String http() {
        return URI.create(console).getAuthority();
    }

    /// Where the identifier node listens, `HOST:PORT`.
    String identifiers() {
        return identifiers;
    }

    static String port(String address) {
        return address.substring(address.lastIndexOf(':') + 1).replaceFirst("\\D.*", "");
    }

    /// Runs a command to its end.
    MwProcess.Ended mw(String... arguments) throws InterruptedException {
        try (var command = MwProcess.start(folder, arguments)) {
            return command.ended().withoutStackTrace();
        }
    }

    JsonNode get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(console + "api/v1" + path)).build();
        var answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    JsonNode history(String signal) throws Exception {
        return get("/history?buckets=10000&signal=" + URLEncoder.encode(signal, StandardCharsets.UTF_8));
    }

    double value(String signal) throws Exception {
        return get("/values?signal=" + signal).get(0).get("value").asDouble();
    }

    void awaitAllGood() {
        Await.until(() -> "every signal is good: " + brief(), () -> {
            var signals = get("/state").get("signals");
            return signals.get("good").asInt() == signals.get("total").asInt();
        });
    }

    private String brief() {
        try {
            return get("/state").get("connections").toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        up.close();
        machines.close();
    }
}
