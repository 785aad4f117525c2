package io.millwright.plc.record;

import io.millwright.plc.Project;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What was recorded from one start of a recorder to its end.
public final class RecordedRun {
    private final long startedNanos;
    private final List<Piece> pieces;
    private final List<Key> keys;
    private final Stretch stretch;

    /// A block and the program it is of.
    record Piece(Segment.Block block, RecordedProgram program) {}

    /// A key frame: where it lies, and what it is of.
    record Key(int piece, long scan, long epochNanos, long nanos, boolean complete, boolean exact) {}

    /// From where to where it goes.
    ///
    /// @param firstScan from whose end on it can be replayed
    /// @param firstNanos the time of the program there
    /// @param epochNanos the date there, by the clock of the machine, since 1970
    public record Stretch(long firstScan, long lastScan, long firstNanos, long lastNanos, long epochNanos) {}

    private RecordedRun(long startedNanos, List<Piece> pieces, List<Key> keys) throws RecordingError {
        this.startedNanos = startedNanos;
        this.pieces = pieces;
        this.keys = keys;
        this.stretch = measure();
    }

    /// @return empty where there is nothing to begin with
    static Optional<RecordedRun> of(List<Segment> segments, Map<String, RecordedProgram> programs, List<String> notes) {
        List<Piece> pieces = new ArrayList<>();
        List<Key> keys = new ArrayList<>();
        for (Segment segment : segments) {
            RecordedProgram program =
                    programs.get(HexFormat.of().formatHex(segment.header().hash()));
            for (Segment.Block block : segment.blocks()) {
                try {
                    if (block.kind() == Blocks.PROGRAM) {
                        program = RecordedProgram.read(block.raw());
                        continue;
                    }
                    if (program == null) {
                        break;
                    }
                    if (block.isKey()) {
                        KeyFrame frame = KeyFrame.read(new ByteSource(block.raw()));
                        long nanos = frame.state().nowNanos();
                        keys.add(new Key(
                                pieces.size(),
                                frame.scan(),
                                frame.epochNanos(),
                                nanos,
                                frame.complete(),
                                frame.exact()));
                    }
                } catch (RecordingError e) {
                    notes.add(segment.path().getFileName() + ": " + e.getMessage());
                    break;
                }
                pieces.add(new Piece(block, program));
            }
        }
        try {
            return keys.stream().anyMatch(Key::complete)
                    ? Optional.of(new RecordedRun(segments.getFirst().header().run(), pieces, keys))
                    : Optional.empty();
        } catch (RecordingError e) {
            notes.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Stretch measure() throws RecordingError {
        Key first = keys.stream().filter(Key::complete).findFirst().orElseThrow();
        Key last = keys.getLast();
        long scan = last.scan();
        long nanos = last.nanos();
        Events events = from(last);
        for (Event event = events.next(); event != null; event = events.next()) {
            switch (event) {
                case Event.Scan s -> {
                    scan = s.number();
                    nanos = s.nanos();
                }
                case Event.Faulted f -> {
                    scan = f.number();
                    nanos = f.nanos();
                }
                default -> {}
            }
        }
        return new Stretch(first.scan(), scan, first.nanos(), nanos, first.epochNanos());
    }

    /// When its recorder was started, nanoseconds since 1970-01-01T00:00:00Z.
    public long startedNanos() {
        return startedNanos;
    }

    public Stretch stretch() {
        return stretch;
    }

    /// The programs that ran, each once, the first one first.
    public List<Project> programs() {
        Map<String, Project> programs = new LinkedHashMap<>();
        pieces.forEach(p -> programs.putIfAbsent(p.program().hash(), p.program().project()));
        return List.copyOf(programs.values());
    }

    List<Piece> pieces() {
        return pieces;
    }

    /// When its end was, by the clock of the machine that recorded, nanoseconds since 1970-01-01T00:00:00Z.
    public long endNanos() {
        return epochNanos(stretch.lastScan(), stretch.lastNanos());
    }

    /// The last key frame, before or at the end of a scan, that the program can go on from; the first one where
    /// there is none.
    Optional<Key> before(long scan) {
        Key found = null;
        for (Key key : keys) {
            boolean early = key.scan() < scan || key.scan() == scan && (key.exact() || found == null);
            if (key.complete() && early) {
                found = key;
            }
        }
        return Optional.ofNullable(found);
    }

    /// The scan after which a date had come, by the nearest key frame before it.
    long scanAt(long epochNanos) {
        Key found = keys.getFirst();
        for (Key key : keys) {
            if (key.epochNanos() <= epochNanos) {
                found = key;
            }
        }
        return found.scan();
    }

    /// The date of a moment of the program's time.
    long epochNanos(long scan, long nanos) {
        Key found = keys.getFirst();
        for (Key key : keys) {
            if (key.scan() <= scan) {
                found = key;
            }
        }
        return found.epochNanos() + nanos - found.nanos();
    }

    Events from(Key key) {
        return new Events(key.piece());
    }

    /// What was told, from a key frame on.
    final class Events {
        private int piece;
        private @Nullable LogDecoder decoder;
        private ByteSource source = new ByteSource(new byte[0]);

        private Events(int piece) {
            this.piece = piece;
        }

        /// How many pieces were begun.
        int pieces() {
            return piece;
        }

        /// The next event, or null at the end.
        @Nullable
        Event next() throws RecordingError {
            while (source.isEmpty()) {
                if (piece == pieces.size()) {
                    return null;
                }
                Piece next = pieces.get(piece++);
                source = new ByteSource(next.block().raw());
                if (next.block().isKey()) {
                    KeyFrame frame = KeyFrame.read(source);
                    source = new ByteSource(new byte[0]);
                    decoder = new LogDecoder(frame);
                    return new Event.Key(frame, next.program());
                }
            }
            LogDecoder open = decoder;
            if (open == null) {
                throw new RecordingError("records come before the first key frame");
            }
            return open.next(source);
        }
    }
}
