package io.millwright.node.command;

import io.millwright.connect.opcua.NodeCertificate;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.model.Plant;
import io.millwright.model.Time;
import io.millwright.process.serve.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw demo`: the demonstration plant, complete.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Run the demonstration plant: simulated machines in a process of their own, everything else in this one.",
            "With --for it ends with a summary and exit status 1 if a value was lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw demo", "  mw demo --for 60s --headless --json"})
public final class DemoCommand implements Callable<Integer> {

    private static final String NAME = "demo";
    private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long DRAIN_STEP_MILLIS = 100;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--for", paramLabel = "TIME", converter = TimeSpan.class, description = "End after this time.")
    private @org.jspecify.annotations.Nullable Duration time;

    @Option(names = "--headless", description = "Do not open the console in a browser.")
    private boolean headless;

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Override
    public Integer call() throws Exception {
        var plant = PlantFiles.read(Path.of(System.getProperty("mw.home", "."), "examples", "demo", "plant.yaml"));
        var folder = node.folder(NAME);
        try (var _ = DataFolder.claim(folder)) {
            return run(plant, folder);
        }
    }

    private int run(Plant plant, Path folder) throws IOException, InterruptedException {
        var machinesFolder = folder.resolve("machines");
        long since = Time.system().epochNanos();
        introduceNode(folder, machinesFolder);
        var ledger = Files.createTempFile(machinesFolder, "ledger-", "");
        ledger.toFile().deleteOnExit();
        output.progress("Starting the simulated machines …");
        try (var machines = DemoMachines.start(machinesFolder, ledger)) {
            introduceMachines(folder, machinesFolder, machines);
            var settings = node.settingsOnFreePorts(NAME, machines.endpoints());
            var running = RunningPlant.start(plant, settings);
            var ended = new CountDownLatch(1);
            var hook = new Thread(() -> end(running, machines, ended));
            Runtime.getRuntime().addShutdownHook(hook);
            greet(plant, running, machines);
            machines.whenEnded(() -> output.progress("The simulated machines have ended."));
            if (time == null) {
                ended.await();
                return ExitStatus.OK;
            }
            if (DemoMachines.areTraining()) {
                Browser.visit(running.url());
            }
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
            var summary = summary(plant, running, machines, ledger, since);
            Runtime.getRuntime().removeShutdownHook(hook);
            running.close();
            return report(summary);
        }
    }

    /// The machines trust this node's certificate from the start, as an engineer would set it up.
    private static void introduceNode(Path folder, Path machinesFolder) throws IOException {
        var certificate = NodeCertificate.in(folder.resolve("security"));
        var trusted = Files.createDirectories(machinesFolder.resolve("opc-ua/trusted/certs"));
        Files.copy(certificate, trusted.resolve("millwright.der"), StandardCopyOption.REPLACE_EXISTING);
    }

    /// This node trusts the machines' certificate from the start.
    private static void introduceMachines(Path folder, Path machinesFolder, DemoMachines machines)
            throws IOException, InterruptedException {
        var certificate = machinesFolder.resolve("opc-ua/own/server.der");
        machines.await(certificate);
        var trusted = Files.createDirectories(folder.resolve("security/trusted"));
        Files.copy(certificate, trusted.resolve("demo-machines.der"), StandardCopyOption.REPLACE_EXISTING);
    }

    private void greet(Plant plant, RunningPlant running, DemoMachines machines) {
        output.progress("""
                Plant %s is running: %d assets, %d signals.
                  console      %s
                  API          %sapi/
                  identifiers  mw id resolve %s/tank-1 --at %s
                  machines     %s
                %s""".formatted(
                        plant.name(),
                        plant.assets().size(),
                        plant.signals().count(),
                        running.url(),
                        running.url(),
                        plant.prefix(),
                        Address.text(running.runtime().identity().address()),
                        String.join("  ", machines.endpoints().values()),
                        time == null ? "Ctrl-C ends it." : "It ends after " + time.toSeconds() + " s."));
        if (!headless) {
            Browser.open(running.url());
        }
    }

    private static void end(RunningPlant running, DemoMachines machines, CountDownLatch ended) {
        running.close();
        machines.close();
        ended.countDown();
    }

    private DemoSummary summary(Plant plant, RunningPlant running, DemoMachines machines, Path ledger, long since)
            throws IOException, InterruptedException {
        var runtime = running.runtime();
        var latency = runtime.state().latencyMillis();
        machines.quiet();
        var produced = Ledger.read(ledger);
        var count = new DemoCount(plant, runtime.historian(), since);
        var tallies = count.of(produced);
        var samples = DemoSummary.Samples.sum(tallies);
        for (long began = System.nanoTime(); samples.lost() > 0 && System.nanoTime() - began < DRAIN_NANOS; ) {
            TimeUnit.MILLISECONDS.sleep(DRAIN_STEP_MILLIS); // what is on its way still arrives
            tallies = count.of(produced);
            samples = DemoSummary.Samples.sum(tallies);
        }
        tallies.stream()
                .filter(tally -> tally.lost() > 0)
                .forEach(tally -> output.progress("lost: %d of %d values of %s"
                        .formatted(
                                tally.lost(), tally.produced(), tally.signal().name())));
        long resolved = plant.assets().stream()
                .map(asset -> runtime.identity().resolve(Handle.of(asset.identifier())))
                .filter(Resolution.Found.class::isInstance)
                .count();
        return new DemoSummary(
                samples, latency, new DemoSummary.Identifiers(plant.assets().size(), resolved));
    }

    private int report(DemoSummary summary) {
        var samples = summary.samples();
        output.json(summary);
        output.text("""
                Samples      %d produced, %d stored, %d lost
                Latency      source to durable: p50 %s ms, p99 %s ms
                Identifiers  %d registered, %d resolved""".formatted(
                        samples.produced(),
                        samples.stored(),
                        samples.lost(),
                        summary.latencyMillis().p50(),
                        summary.latencyMillis().p99(),
                        summary.identifiers().registered(),
                        summary.identifiers().resolved()));
        boolean whole = samples.lost() == 0
                && summary.identifiers().resolved() == summary.identifiers().registered();
        return whole && samples.produced() > 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
