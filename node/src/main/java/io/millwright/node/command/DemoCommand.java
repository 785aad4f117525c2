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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            description = "End after this time, such as 10min.")
    private @Nullable Duration time;

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
        var machinesFolder = Files.createDirectories(folder.resolve("machines"));
        long since = Time.system().epochNanos();
        var ending = new Ending<Demo>(Demo::close, output);
        if (time == null) {
            ending.await(() -> start(plant, folder, machinesFolder), demo -> meet(plant, demo));
            return ExitStatus.OK;
        }
        long nanos = time.toNanos();
        return ending.during(() -> start(plant, folder, machinesFolder), demo -> {
                    meet(plant, demo);
                    if (DemoMachines.areTraining()) {
                        Browser.visit(demo.running().url());
                    }
                    TimeUnit.NANOSECONDS.sleep(nanos);
                    return summary(plant, demo.running(), demo.machines(), demo.ledger(), since);
                })
                .map(this::report)
                .orElse(ExitStatus.OK);
    }

    /// The plant and its machines, which know each other.
    private record Demo(DemoMachines machines, Path ledger, RunningPlant running, Future<?> introduction) {
        void close() {
            running.close();
            machines.close();
        }
    }

    private Demo start(Plant plant, Path folder, Path machinesFolder) {
        output.progress("Starting the simulated machines …");
        var ledger = ledger(machinesFolder);
        var machines = DemoMachines.start(machinesFolder, ledger);
        try {
            var introduction = introduction(folder, machinesFolder, machines);
            var running = RunningPlant.start(plant, node.settingsOnFreePorts(NAME, machines.endpoints()));
            return new Demo(machines, ledger, running, introduction);
        } catch (RuntimeException | Error e) {
            machines.close();
            throw e;
        }
    }

    private static Path ledger(Path machinesFolder) {
        try {
            var ledger = Files.createTempFile(machinesFolder, "ledger-", "");
            ledger.toFile().deleteOnExit();
            return ledger;
        } catch (IOException e) {
            throw new FailedError("the machines' ledger cannot be written: " + IoReason.of(e));
        }
    }

    private void meet(Plant plant, Demo demo) {
        greet(plant, demo);
        await(demo.introduction());
        demo.machines().whenEnded(() -> output.progress("The simulated machines have ended."));
    }

    /// Node and machines trust each other from the start, as an engineer would set it up. Their keys take seconds to
    /// make the first time, so all else starts meanwhile.
    private static Future<?> introduction(Path folder, Path machinesFolder, DemoMachines machines) {
        var introduction = new FutureTask<@Nullable Void>(() -> {
            introduceMachines(folder, machinesFolder, machines);
            introduceNode(folder, machinesFolder);
            return null;
        });
        Thread.ofVirtual().name("introduction").start(introduction);
        return introduction;
    }

    private static void await(Future<?> introduction) {
        try {
            introduction.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case FailedError known -> throw known;
                case IOException io -> throw new FailedError("node and machines cannot meet: " + IoReason.of(io));
                case null, default -> throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedError("interrupted while node and machines met");
        }
    }

    private static void introduceNode(Path folder, Path machinesFolder) throws IOException {
        var certificate = NodeCertificate.in(folder.resolve("security"));
        copy(certificate, machinesFolder.resolve("opc-ua/trusted/certs"), "millwright.der");
    }

    private static void introduceMachines(Path folder, Path machinesFolder, DemoMachines machines)
            throws IOException, InterruptedException {
        var certificate = DemoMachines.certificate(machinesFolder);
        machines.await(certificate);
        copy(certificate, folder.resolve("security/trusted"), "demo-machines.der");
    }

    private static void copy(Path certificate, Path trusted, String name) throws IOException {
        Files.createDirectories(trusted);
        Files.copy(certificate, trusted.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private void greet(Plant plant, Demo demo) {
        var running = demo.running();
        var machines = demo.machines();
        output.progress("""
                Plant %s is running: %d assets, %d signals.
                  console      %s
                  API          %sapi/
                  identifiers  mw id resolve %s/tank-1 --at %s
                               http://%s/api/handles/%s/tank-1
                  machines     %s
                %s""".formatted(
                        plant.name(),
                        plant.assets().size(),
                        plant.signals().count(),
                        running.url(),
                        running.url(),
                        plant.prefix(),
                        Address.text(running.runtime().identity().address()),
                        Address.text(running.runtime().identity().webAddress()),
                        plant.prefix(),
                        String.join("  ", machines.endpoints().values()),
                        time == null ? "Ctrl-C ends it." : "It ends after " + time.toSeconds() + " s."));
        if (!headless) {
            Browser.open(running.url());
        }
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
