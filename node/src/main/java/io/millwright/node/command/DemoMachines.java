package io.millwright.node.command;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The simulated machines as a child process, so that they can die without us and end when we do.
final class DemoMachines implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 5;
    /// The `host-id` of the plant file: the meters publish while this host is there, so that none of their values
    /// is for nobody.
    private static final String PRIMARY_HOST = "millwright";

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final Map<String, String> endpoints;

    private DemoMachines(Process process) throws IOException {
        this.process = process;
        out = process.inputReader();
        in = process.outputWriter();
        var ready = line();
        endpoints = Map.of(
                "plc-io", ready.get("modbus").asString(),
                "line-opc", ready.get("opcUa").asString(),
                "meters", ready.get("mqtt").asString());
    }

    /// Starts them with the Java and the class path of this process, and waits until all of them listen.
    ///
    /// @param folder for their certificates and their broker's files
    /// @param ledger the file that is to list what they produce
    /// @throws FailedError if they do not start; what they said is on standard error
    static DemoMachines start(Path folder, Path ledger, boolean anyPort) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xss512k",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millwright.node.Mw",
                "machines",
                "--json",
                "--data",
                folder.toString(),
                "--ledger",
                ledger.toString(),
                "--primary-host",
                PRIMARY_HOST));
        if (anyPort) {
            command.add("--any-port");
        }
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new DemoMachines(process);
        } catch (IOException e) {
            throw new FailedError("the simulated machines did not start: " + e.getMessage());
        }
    }

    /// Where they listen, by the names of the plant file's connections.
    Map<String, String> endpoints() {
        return endpoints;
    }

    /// Stops them producing; their servers stay. The ledger is complete afterwards.
    ///
    /// @return how many values they produced, by protocol
    Map<String, Long> quiet() throws IOException {
        in.write("quiet\n");
        in.flush();
        var produced = line().get("produced");
        return Map.of(
                "opc-ua", produced.get("opc-ua").asLong(),
                "modbus-tcp", produced.get("modbus-tcp").asLong(),
                "sparkplug", produced.get("sparkplug").asLong());
    }

    private JsonNode line() throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IOException("they ended");
        }
        return JsonMapper.shared().readTree(line);
    }

    /// Ends the process.
    @Override
    public void close() {
        try {
            in.close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
