package io.millwright.node.plc.record;

import io.millwright.iec61131.jvm.JvmBackend;
import io.millwright.node.command.UsageError;
import io.millwright.plc.record.RecordedRun;
import io.millwright.plc.record.Recording;
import io.millwright.plc.record.RecordingError;
import io.millwright.plc.record.Replay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A recording that was opened by its path.
///
/// @param path the folder or file of the recording itself
public record Held(Path path, Recording recording) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// Opens a folder of recorded files, a saved part, or the recording in a data folder.
    ///
    /// @throws UsageError if it holds nothing that can be replayed; the message says why
    public static Held open(Path given) {
        return open(given, List.of());
    }

    /// As the other `open`, with the recordings of PLCs that stood by for that one, or for which it did.
    public static Held open(Path given, List<Path> others) {
        Path path = inside(given);
        try {
            return new Held(
                    path,
                    others.isEmpty()
                            ? Recording.open(path)
                            : Recording.open(Stream.concat(
                                            Stream.of(path), others.stream().map(Held::inside))
                                    .toList()));
        } catch (RecordingError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    private static Path inside(Path given) {
        return Stream.of("plc/recording", "recording")
                .map(given::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(given);
    }

    /// A run by its number.
    ///
    /// @param number from 1, the oldest; empty for the one in which a moment lies, or else the newest
    /// @param moment as [Moment] has it, or the empty text
    public RecordedRun run(Optional<Integer> number, String moment) {
        List<RecordedRun> runs = recording.runs();
        if (number.isEmpty()) {
            return Moment.date(moment, recording.newest())
                    .flatMap(date -> runs.reversed().stream()
                            .filter(r -> r.stretch().epochNanos() <= date)
                            .findFirst())
                    .orElse(Moment.isDate(moment) ? runs.getFirst() : recording.newest());
        }
        int index = number.get();
        if (index < 1 || index > runs.size()) {
            throw new UsageError("the recording holds runs 1 to " + runs.size() + ", not " + index);
        }
        return runs.get(index - 1);
    }

    /// The number of a run, from 1.
    int number(RecordedRun run) {
        return recording.runs().indexOf(run) + 1;
    }

    /// Begins a replay.
    static Replay replay(RecordedRun run) {
        try {
            return Replay.of(run, new JvmBackend());
        } catch (RecordingError e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /// @param epochNanos since 1970-01-01T00:00:00Z
    static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(
                Math.floorDiv(epochNanos, NANOS_PER_SECOND), Math.floorMod(epochNanos, NANOS_PER_SECOND));
    }
}
