package io.millwright.node.plc;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.model.RecordingLimits;
import io.millwright.model.Told;
import io.millwright.plc.Rehearsal;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.record.Recorder;
import io.millwright.plc.record.ScanLog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the PLC of a node does, recorded by a thread that lets all others go first. Whatever happens to it, the
/// scans go on.
public final class ControlRecording {
    private static final Logger LOG = LoggerFactory.getLogger(ControlRecording.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final ScanLog.Pace REHEARSED = new ScanLog.Pace(1000, 1_000_000_000, 1);
    private static final int REHEARSED_BYTES = 1 << 16;

    private final Path folder;
    private final @Nullable Recorder recorder;
    private final @Nullable Thread thread;
    private volatile @Nullable Told failure;

    /// How a recording goes.
    ///
    /// @param state `recording`, `failing` or `off`
    /// @param reason why it fails; empty while it does not
    /// @param code the reason, for other languages, with its arguments
    /// @param folder where it is
    /// @param scans that were written since the PLC was started
    /// @param bytes that they took
    /// @param lost scans that the recording does not hold
    public record RecorderView(
            String state,
            String reason,
            String code,
            Map<String, String> arguments,
            String folder,
            long scans,
            long bytes,
            long lost) {}

    private ControlRecording(Path folder, @Nullable Recorder recorder) {
        this.folder = folder;
        this.recorder = recorder;
        this.thread = recorder == null
                ? null
                : Thread.ofPlatform().name("plc recorder").daemon().start(() -> serve(recorder));
    }

    /// Begins to record, where that is wanted. Before the first scan.
    ///
    /// @param mirrors whether it begins with the scans of another PLC
    static ControlRecording start(VirtualPlc plc, RecordingLimits limits, Path folder, boolean mirrors) {
        Recorder recorder = limits.enabled()
                ? new Recorder(
                        Recorder.Setting.usual(folder, limits.bytesMax(), limits.ageMax()),
                        () -> plc.pace().epochNanos(),
                        System::nanoTime)
                : null;
        var recording = new ControlRecording(folder, recorder);
        if (recorder != null) {
            recorder.log().mirrors(mirrors);
            plc.observe(recorder.log()).join();
        }
        return recording;
    }

    /// Rehearses scans and their recording in a thread of its own, to be waited for before the first scan.
    static CompletableFuture<Void> rehearse() {
        var log = new ScanLog(() -> 0, REHEARSED, REHEARSED_BYTES);
        return CompletableFuture.runAsync(
                () -> Rehearsal.run(new JvmBackend(), List.of(log)),
                work -> Thread.ofPlatform().name("plc rehearsal").daemon().start(work));
    }

    private void serve(Recorder of) {
        try {
            RealTime.stepBack();
            of.serve();
        } catch (RuntimeException | Error e) {
            failure = Told.of("recorder-stopped", "the recorder stopped{: reason}")
                    .with("reason", e);
            LOG.warn("nothing is recorded any more; the scans go on", e);
        }
    }

    /// What the scans of another PLC are told to; empty where nothing is recorded.
    Optional<ScanLog> log() {
        return Optional.ofNullable(recorder).map(Recorder::log);
    }

    /// Where recordings are kept.
    Path folder() {
        return folder;
    }

    RecorderView view() {
        if (recorder == null) {
            return new RecorderView("off", "", "", Map.of(), folder.toString(), 0, 0, 0);
        }
        Recorder.Figures figures = recorder.figures();
        Optional<Told> why = Optional.ofNullable(failure).or(figures::why);
        return new RecorderView(
                why.isEmpty() ? "recording" : "failing",
                why.map(Told::text).orElse(""),
                why.map(Told::code).orElse(""),
                why.map(Told::arguments).orElse(Map.of()),
                folder.toString(),
                figures.writtenScans(),
                figures.writtenBytes(),
                figures.lostScans());
    }

    /// Writes what is left, after the last scan.
    void close() throws InterruptedException {
        if (recorder != null && thread != null) {
            recorder.close();
            thread.join(PATIENCE);
        }
    }
}
