package io.millwright.process;

import io.millwright.model.Time;
import io.millwright.process.serve.PortTaken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// The devices as a process of its own, held by the process that started it.
///
/// It prints one line of JSON when every server listens, then obeys the lines it reads:
/// - `quiet`: stop producing; answered by a line with what was produced, when the ledger is complete;
/// - `produced`: answered by a line with what was produced so far.
///
/// It ends when its input ends, which it does when the parent dies, however it dies; or on SIGTERM.
public final class MachinesMain {

    /// Could not start: a port taken, a folder not writable; the message is on the error stream.
    public static final int FAILED = 1;

    private MachinesMain() {}

    /// Runs until the input ends.
    ///
    /// @return the exit status, 0 or [#FAILED]
    public static int run(MachinesSettings settings, InputStream in, PrintStream out, PrintStream err) {
        try (var machines = Machines.start(settings, Time.system())) {
            var hook = new Thread(machines::close, "machines-close");
            Runtime.getRuntime().addShutdownHook(hook);
            var at = machines.endpoints();
            out.printf(
                    "{\"modbus\":\"%s\",\"opcUa\":\"%s\",\"mqtt\":\"%s\",\"pid\":%d}%n",
                    at.modbus(), at.opcUa(), at.mqtt(), ProcessHandle.current().pid());
            out.flush();
            obey(machines, new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)), out);
            Runtime.getRuntime().removeShutdownHook(hook);
            return 0;
        } catch (PortTaken | IOException e) {
            err.println("mw: " + e.getMessage());
            return FAILED;
        } catch (IllegalStateException e) {
            // The process is already going down, so the hook closes.
            return 0;
        }
    }

    private static void obey(Machines machines, BufferedReader in, PrintStream out) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            switch (line.strip()) {
                case "quiet" -> {
                    machines.quiet();
                    report(machines, true, out);
                }
                case "produced" -> report(machines, false, out);
                default -> {
                    // Nothing else is understood; a parent of another version must not end the devices.
                }
            }
        }
    }

    private static void report(Machines machines, boolean quiet, PrintStream out) {
        var produced = machines.produced();
        out.printf(
                "{\"quiet\":%b,\"produced\":{\"opc-ua\":%d,\"modbus-tcp\":%d,\"sparkplug\":%d}}%n",
                quiet, produced.get("opc-ua"), produced.get("modbus-tcp"), produced.get("sparkplug"));
        out.flush();
    }
}
