package io.millwright.bench.plc;

import io.millwright.bench.Millwright;
import io.millwright.bench.Peer;
import io.millwright.bench.Report.Figure;
import io.millwright.plc.standby.FileFence;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Two processes of `mw plc run` stand by for each other; the one that writes is killed (SIGKILL) again and
/// again. Their program adds one to a count in every scan: that is the reference trace. What a [WatchedDevice]
/// is written, and when, is what is measured. A part of `mw bench plc`.
final class TakeOverBench implements AutoCloseable {
    private static final long CYCLE_NANOS = 10_000_000;
    private static final String CYCLE = "10ms";
    private static final long READY_SECONDS = 60;
    private static final long TAKE_OVER_SECONDS = 5;
    /// No kill begins after so long.
    private static final long SECONDS_MAX = Long.getLong("mw.bench.seconds", 86_400);
    /// How long a standby has been ready before a kill, at least.
    private static final int SETTLE_MILLIS = Integer.getInteger("mw.bench.settle", 400);
    /// A kill falls at random into as many milliseconds after that.
    private static final int PAUSE_MILLIS = 300;
    /// Of both PLCs; empty for the usual one.
    private static final String LEASE = System.getProperty("mw.bench.lease", "");
    /// How often a PLC is asked whether it has written down that it took over.
    private static final int NOTED_TRIES = 10;
    /// How many values after a take-over are looked at.
    private static final int AFTERWARDS = 20;
    private static final double NANOS_PER_MILLI = 1e6;
    /// Of a take-over, as `GET /plc` names them.
    private static final List<String> STEPS =
            List.of("lost", "claimed", "told", "wentOn", "scanned", "asked", "written");

    private static final String PROGRAM = """
            PROGRAM Counting
            VAR Count : DINT; Level : INT; END_VAR
            Count := Count + 1;
            END_PROGRAM
            """;

    private final Path folder;
    private final Consumer<String> progress;
    private final WatchedDevice device = new WatchedDevice();
    private final int[] ports = Peer.ownPorts(2);
    private final @Nullable Millwright[] running = new Millwright[2];
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom();
    private final TakeOvers seen = new TakeOvers();
    private String realTime = "";
    /// The place of the first value that was not looked at yet, and the highest epoch until then.
    private int unseen;

    private long epoch;
    private long startedNanos;
    private long killedNanos;
    private long takenBefore;
    private long collectedBefore;

    TakeOverBench(Path folder, Consumer<String> progress) throws IOException {
        this.folder = folder;
        this.progress = progress;
        for (int i = 0; i < 2; i++) {
            Path project = Files.createDirectories(folder.resolve("plc" + i));
            Files.writeString(project.resolve("count.st"), PROGRAM);
            Files.writeString(project.resolve("plant.yaml"), """
                    plant: kills
                    prefix: 88.118.9
                    assets:
                      press:
                        type: Press
                        signals:
                          count: {unit: "1", range: [0, 1000000000], to: "device/holding/0:int32"}
                          level: {unit: "1", range: [0, 100], from: "device/input/0:int16", every: %s}
                    connections:
                      device: {protocol: modbus-tcp, endpoint: "127.0.0.1:%d", unit: 1}
                    control:
                      main:
                        program: "count.st#Counting"
                        every: %s
                        binds: {Count: press/count, Level: press/level}
                        on-bad: {Level: hold}
                    """.formatted(CYCLE, device.port(i), CYCLE));
        }
    }

    /// What was measured, and what has to be known of it.
    record Outcome(List<Figure> figures, String remark) {}

    /// Kills so often. What was seen until then is told where it is broken off.
    Outcome run(int kills) throws IOException, InterruptedException {
        var brokenOff = new Thread(
                () -> seen.figures().forEach(f -> progress.accept(f.what() + ": " + f.value() + " " + f.unit())));
        Runtime.getRuntime().addShutdownHook(brokenOff);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        startBoth();
        for (int number = 1; number <= kills && System.nanoTime() < end; number++) {
            long began = System.nanoTime();
            String what = kill();
            progress.accept(
                    "kill %d of %d: %s; %.1f s".formatted(number, kills, what, (System.nanoTime() - began) / 1e9));
        }
        Runtime.getRuntime().removeShutdownHook(brokenOff);
        return new Outcome(
                seen.figures(),
                "take-over: the PLCs have " + realTime + "; the device runs before them: " + device.isFifo());
    }

    private void startBoth() throws IOException, InterruptedException {
        int place = device.count();
        start(0);
        if (device.await(place, _ -> true, READY_SECONDS) < 0) {
            throw new IOException("the first PLC writes nothing");
        }
        start(1);
        unseen = place;
        epoch = highestEpoch();
    }

    private long highestEpoch() throws IOException {
        return new FileFence(folder.resolve("fence")).epoch();
    }

    private void start(int which) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "plc",
                "run",
                folder.resolve("plc" + which).toString(),
                "--json",
                "--data",
                folder.resolve("data" + which).toString(),
                "--http",
                "127.0.0.1:0",
                "--handle",
                "127.0.0.1:0",
                "--fence",
                folder.resolve("fence").toString(),
                "--standby-port",
                Integer.toString(ports[which]),
                "--standby-of",
                "127.0.0.1:" + ports[1 - which]));
        if (!LEASE.isEmpty()) {
            command.addAll(List.of("--lease", LEASE));
        }
        startedNanos = System.nanoTime();
        running[which] = Millwright.launch(command);
    }

    private void end(int which) {
        Millwright process = running[which];
        running[which] = null;
        if (process != null) {
            process.process().destroyForcibly();
            process.close();
        }
    }

    private JsonNode status(int which) throws IOException, InterruptedException {
        Millwright process = running[which];
        if (process == null) {
            throw new IOException("it does not run");
        }
        var request = HttpRequest.newBuilder(
                        URI.create(process.ready("console")).resolve("/api/v1/plc"))
                .timeout(Duration.ofSeconds(READY_SECONDS))
                .build();
        return JsonMapper.shared()
                .readTree(http.send(request, HttpResponse.BodyHandlers.ofByteArray())
                        .body());
    }

    /// Waits until one of the two stands by and is ready.
    ///
    /// @return which
    private int awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        int which = 0;
        while (!isReady(which)) {
            if (System.nanoTime() > end) {
                throw new IOException("no standby is ready within a minute: "
                        + status(0).path("standby") + ", " + status(1).path("standby"));
            }
            Thread.sleep(20);
            which = 1 - which;
        }
        return which;
    }

    private boolean isReady(int which) throws IOException, InterruptedException {
        JsonNode now = status(which).path("standby");
        return now.path("role").asString().equals("standby")
                && now.path("ready").asBoolean();
    }

    /// Kills who writes when the other one is ready, and starts it again.
    ///
    /// @return what was seen
    private String kill() throws IOException, InterruptedException {
        var _ = awaitReady();
        seen.readyAgain(System.nanoTime() - startedNanos);
        // The device is in this process: what it collects now does not hold it up later.
        System.gc();
        Thread.sleep(SETTLE_MILLIS + random.nextInt(PAUSE_MILLIS));
        // They may have changed places by themselves, as one of them was late.
        int standby = awaitReady();
        int master = 1 - standby;
        Millwright process = running[master];
        if (process == null) {
            throw new IOException("the master does not run");
        }
        takenBefore = HostTime.takenMillis();
        collectedBefore = collectedMillis();
        killedNanos = System.nanoTime();
        process.process().destroyForcibly();
        int killed = device.count();
        int first = device.await(killed, w -> w.door() == standby, TAKE_OVER_SECONDS);
        end(master);
        if (first < 0) {
            seen.nobody();
            String why = "nobody took over: " + status(standby).path("standby");
            end(standby);
            startBoth();
            return why;
        }
        long taken = HostTime.takenMillis() - takenBefore;
        long collected = collectedMillis() - collectedBefore;
        int last = device.await(first, new Afterwards(standby)::test, TAKE_OVER_SECONDS);
        int to = last < 0 ? device.count() - 1 : last;
        String what = judge(standby, device.from(unseen), to - unseen, taken, collected);
        unseen = to + 1;
        start(master);
        return what;
    }

    private static long collectedMillis() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
    }

    /// The last of some values of one PLC.
    private static final class Afterwards {
        private final int door;
        private int left = AFTERWARDS;

        Afterwards(int door) {
            this.door = door;
        }

        boolean test(WatchedDevice.Written written) {
            return written.door() == door && --left == 0;
        }
    }

    /// Looks at what was written around the last change of who writes.
    ///
    /// @param to the last one that is looked at
    /// @param taken milliseconds that the host took between the kill and the first value
    /// @param collected milliseconds that this process, and the device in it, stood still meanwhile
    private String judge(int standby, List<WatchedDevice.Written> all, int to, long taken, long collected)
            throws IOException, InterruptedException {
        int first = to;
        while (first > 0 && all.get(first - 1).door() == standby) {
            first--;
        }
        long given = highestEpoch() - epoch;
        epoch += given;
        var writers = Writers.of(all.subList(0, to + 1), given);
        WatchedDevice.Written before = all.get(first - 1);
        int next = first;
        while (next < to && all.get(next).value() <= before.value()) {
            next++;
        }
        double took = (double) (all.get(next).nanos() - before.nanos()) / CYCLE_NANOS;
        JsonNode status = afterwards(standby);
        realTime = status.path("realTime").toString();
        long scan = status.path("standby").path("takeOver").path("scan").asLong();
        long again = Math.max(0, before.value() - scan);
        // The program counts its scans from the first one on: the scan that it went on from is the count that it had.
        long behind = Math.max(0, scan - all.get(first).value());
        seen.add(new TakeOvers.Seen(took, again, behind, writers, taken));
        String what = "%.1f cycles%s".formatted(took, writers.text());
        return took <= TakeOvers.CYCLES_MAX && again == 0 && writers.strays() == 0
                ? what
                : "%s; taken by the host %d ms; the device stood still for %d ms; %s; before %s; after %s; scan %d; %s"
                        .formatted(
                                what,
                                taken,
                                collected,
                                steps(status.path("standby").path("takeOver").path("steps"), before),
                                before,
                                all.subList(first, next + 1),
                                scan,
                                status.path("standby"));
    }

    /// What a PLC tells once it has written down that it took over, which it does when all else is done.
    private JsonNode afterwards(int standby) throws IOException, InterruptedException {
        for (int i = 0; i < NOTED_TRIES; i++) {
            JsonNode status = status(standby);
            if (status.path("standby").path("takeOver").has("scan")) {
                return status;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("a PLC wrote after the other one, and tells of no take-over");
    }

    /// Why it was late: what was done when, in milliseconds since the master wrote for the last time. The clock is one
    /// for all processes of the machine.
    private String steps(JsonNode steps, WatchedDevice.Written before) {
        double heard = (steps.path("heardNanos").asLong() - before.nanos()) / NANOS_PER_MILLI;
        var text = new StringBuilder("killed at %.1f ms, last scan heard %.1f"
                .formatted((killedNanos - before.nanos()) / NANOS_PER_MILLI, heard));
        for (String step : STEPS) {
            text.append(", %s %.1f"
                    .formatted(step, heard + steps.path(step + "Millis").asDouble()));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        end(0);
        end(1);
        device.close();
        http.close();
    }
}
