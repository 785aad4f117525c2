package io.millwright.node.command;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The simulated machines as a child process, so that they can die without us and end when we do.
final class DemoMachines implements AutoCloseable {

    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx512m",
            "-Xss512k",
            "-Xlog:disable",
            "-Xlog:all=error,aot*=off,cds*=off:stderr",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final @Nullable String TRAINING = System.getProperty("mw.machines.training");
    /// A process in training writes its cache when it ends.
    private static final long PATIENCE_SECONDS = TRAINING == null ? 5 : 120;
    private static final long WAIT_MILLIS = 20;
    /// The `host-id` of the plant file: the meters publish while this host is there, so that none of their values
    /// is for nobody.
    private static final String PRIMARY_HOST = "millwright";

    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;
    private final Ports ports;
    private boolean ready;

    /// Where the machines are to listen, on loopback.
    private record Ports(int modbus, int opcUa, int broker) {

        static final Ports USUAL = new Ports(1502, 4840, 1883);

        /// The usual ports if all of them are free, else others.
        static Ports free() {
            boolean usual = Address.isFree(USUAL.modbus) && Address.isFree(USUAL.opcUa) && Address.isFree(USUAL.broker);
            return usual ? USUAL : new Ports(Address.freePort(), Address.freePort(), Address.freePort());
        }
    }

    private DemoMachines(Process process, Ports ports) {
        this.process = process;
        this.ports = ports;
        out = process.inputReader();
        in = process.outputWriter();
    }

    /// Starts them with the Java and the class path of this process. Returns at once; they listen a little later,
    /// the broker last.
    ///
    /// @param folder for their certificates and their broker's files
    /// @param ledger the file that is to list what they produce
    /// @throws FailedError if they cannot be started
    static DemoMachines start(Path folder, Path ledger) {
        var ports = Ports.free();
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(aot());
        // Without the second compiler all starts sooner, but a key takes ten times as long to make.
        if (Files.exists(certificate(folder))) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "io.millwright.node.Mw",
                "machines",
                "--json",
                "--data=" + folder,
                "--ledger=" + ledger,
                "--primary-host=" + PRIMARY_HOST,
                "--modbus-port=" + ports.modbus(),
                "--opc-ua-port=" + ports.opcUa(),
                "--broker-port=" + ports.broker()));
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new DemoMachines(process, ports);
        } catch (IOException e) {
            throw new FailedError("the simulated machines did not start: " + e.getMessage());
        }
    }

    /// Whether this run is for making AOT caches.
    static boolean areTraining() {
        return TRAINING != null;
    }

    /// The launcher names the AOT cache of this process (JEP 514), or the file to write one to.
    private static List<String> aot() {
        if (TRAINING != null) {
            return List.of("-XX:AOTCacheOutput=" + TRAINING);
        }
        var cache = System.getProperty("mw.machines.aot", "");
        return !cache.isEmpty() && Files.exists(Path.of(cache)) ? List.of("-XX:AOTCache=" + cache) : List.of();
    }

    /// The certificate that their OPC UA server makes when it is first started.
    static Path certificate(Path folder) {
        return folder.resolve("opc-ua/own/server.der");
    }

    /// Where they listen, by the names of the plant file's connections.
    Map<String, String> endpoints() {
        return Map.of(
                "plc-io", "127.0.0.1:" + ports.modbus(),
                "line-opc", "opc.tcp://127.0.0.1:" + ports.opcUa(),
                "meters", "mqtt://127.0.0.1:" + ports.broker());
    }

    /// Waits for a file that they make, and for no longer than they live.
    ///
    /// @throws FailedError if they end without making it; what they said is on standard error
    void await(Path file) throws InterruptedException {
        while (!Files.exists(file)) {
            if (process.waitFor(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new FailedError("the simulated machines did not start");
            }
        }
    }

    /// Calls back when they end, by themselves or because somebody killed them.
    void whenEnded(Runnable told) {
        var _ = process.onExit().thenRun(told);
    }

    /// Stops them producing; their servers stay. The ledger is complete afterwards.
    ///
    /// @throws IOException if they have ended
    void quiet() throws IOException {
        if (!ready) {
            line();
            ready = true;
        }
        in.write("quiet\n");
        in.flush();
        line();
    }

    /// Reads their answer: a line that says they listen, or that they are quiet.
    private void line() throws IOException {
        if (out.readLine() == null) {
            throw new IOException("the simulated machines have ended, so what they produced is not known");
        }
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
