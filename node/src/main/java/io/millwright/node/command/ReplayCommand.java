package io.millwright.node.command;

import io.millwright.model.Time;
import io.millwright.process.replay.PlantFragment;
import io.millwright.process.replay.RecordingError;
import io.millwright.process.replay.RecordingFolder;
import io.millwright.process.replay.Replay;
import io.millwright.process.replay.ReplaySettings;
import io.millwright.process.replay.ReplaySettings.Times;
import io.millwright.process.serve.PortTaken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw replay`: serves recorded data as if the machines were running.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Serve recorded data over OPC UA, as if the machines were running.",
            "Files are described by a recording.yaml beside them; Tennessee Eastman, UCI steel and SKAB are known."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw replay recordings --speed 100 --plant replay.yaml", "  mw up replay.yaml"})
public final class ReplayCommand implements Callable<Integer> {

    private static final long LOOK_NANOS = 50_000_000;

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", paramLabel = "DIR", description = "A folder of recordings, or one file.")
    private Path path = Path.of(".");

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "1",
            description = "How much faster than recorded (${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--time",
            paramLabel = "WHICH",
            defaultValue = "now",
            description = "Source times: ${COMPLETION-CANDIDATES}.")
    private Times times = Times.NOW;

    @Option(names = "--loop", description = "Begin again at the end.")
    private boolean loop;

    @Option(names = "--wait", description = "Begin when a client monitors the first node.")
    private boolean awaitClient;

    @Option(names = "--port", paramLabel = "N", defaultValue = "4840", description = "Of the OPC UA server; 0 for any.")
    private int port;

    @Option(names = "--any-port", description = "Listen on a free port.")
    private boolean anyPort;

    @Option(names = "--broker", paramLabel = "URL", description = "Also publish with Sparkplug B, group `replay`.")
    private @Nullable String broker;

    @Option(names = "--plant", paramLabel = "FILE", description = "Write a plant file for `mw up`.")
    private @Nullable Path plant;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            defaultValue = ".mw/replay",
            description = "For certificates (${DEFAULT-VALUE}).")
    private Path folder = Path.of(".");

    @Override
    public Integer call() {
        if (!(speed > 0) || Double.isInfinite(speed)) {
            throw new UsageError("--speed must be above 0, e.g. 100, not " + speed);
        }
        try {
            var recordings = RecordingFolder.read(path);
            var settings =
                    new ReplaySettings(anyPort ? 0 : port, Optional.ofNullable(broker), folder, times, speed, loop);
            try (var replay = Replay.serve(recordings, settings, Time.system())) {
                int signals =
                        recordings.stream().mapToInt(r -> r.columns().size()).sum();
                if (plant != null) {
                    Files.writeString(plant, PlantFragment.of("replay", "88.118.7", recordings, replay.endpoint()));
                }
                output.jsonLine(Map.of("opcUa", replay.endpoint(), "signals", signals));
                output.text(
                        "%d signals of %d recordings at %s".formatted(signals, recordings.size(), replay.endpoint()));
                while (awaitClient && replay.monitored() == 0) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                replay.play();
                output.jsonLine(Map.of("produced", replay.produced()));
                output.text("The end; clients were given %d changes.".formatted(replay.produced()));
            }
            return ExitStatus.OK;
        } catch (RecordingError | PortTaken e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UsageError(IoReason.of(e));
        }
    }
}
