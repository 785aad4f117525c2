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
    /// At so many key frames it is looked whether two recordings are of the same scans.
    private static final int SEAMS_TRIED = 5;

    private final long startedNanos;
    private final List<Piece> pieces;
    private final List<Key> keys;
    private final Stretch stretch;

    /// A block and the program it is of.
    record Piece(Segment.Block block, RecordedProgram program) {}

    /// A key frame: where it lies, and what it is of.
    record Key(int piece, long scan, long epochNanos, long nanos, boolean complete, boolean exact) {
        /// The same behind so many pieces more.
        private Key moved(int by) {
            return new Key(piece + by, scan, epochNanos, nanos, complete, exact);
        }
    }

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
        Events events = from(keys.getLast());
        while (events.next() != null) {
            // To the end.
        }
        return new Stretch(first.scan(), events.scan, first.nanos(), events.nanos, first.epochNanos());
    }

    /// This run, where another recording of the same scans goes on after its end: the other one of two PLCs
    /// that stand by for each other. As long as there is something of this one it is this one, up to a key
    /// frame of the other.
    ///
    /// @return empty where the other one is of other scans, or holds nothing that this one does not
    Optional<RecordedRun> goingOnIn(RecordedRun other) throws RecordingError {
        Optional<Key> seam = seam(other);
        if (seam.isEmpty() || other.stretch.lastScan() <= stretch.lastScan()) {
            return Optional.empty();
        }
        Events events = at(seam.get().scan());
        int piece = events.pieces() - 1;
        List<Piece> all = new ArrayList<>(pieces.subList(0, piece));
        Piece last = pieces.get(piece);
        if (!last.block().isKey()) {
            byte[] raw = last.block().raw();
            all.add(new Piece(last.block().cut(raw, raw.length - events.left()), last.program()));
        }
        List<Key> every = new ArrayList<>(
                keys.stream().filter(k -> k.piece() < all.size()).toList());
        int from = seam.get().piece();
        int moved = all.size() - from;
        other.keys.stream()
                .filter(k -> k.piece() >= from)
                .map(k -> k.moved(moved))
                .forEach(every::add);
        all.addAll(other.pieces.subList(from, other.pieces.size()));
        return Optional.of(new RecordedRun(startedNanos, all, every));
    }

    /// The last key frame of another run that is of a scan of this one: of the same number, at the same
    /// nanosecond of the time of the same program.
    Optional<Key> seam(RecordedRun other) throws RecordingError {
        List<Key> likely = other.keys.reversed().stream()
                .filter(k -> k.complete() && k.exact())
                .filter(k -> k.scan() >= stretch.firstScan() && k.scan() <= stretch.lastScan())
                .limit(SEAMS_TRIED)
                .toList();
        for (Key key : likely) {
            Events there = at(key.scan());
            String program = other.pieces.get(key.piece()).program().hash();
            boolean same = pieces.get(there.pieces() - 1).program().hash().equals(program);
            if (same && there.scan == key.scan() && there.nanos == key.nanos()) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /// What was told after a scan.
    private Events at(long scan) throws RecordingError {
        Events events = from(before(scan).orElseThrow());
        while (events.scan < scan && events.next() != null) {
            // Up to there.
        }
        return events;
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
        private long scan = -1;
        private long nanos = -1;

        private Events(int piece) {
            this.piece = piece;
        }

        /// How many pieces were begun.
        int pieces() {
            return piece;
        }

        /// How many bytes of the present piece were not read yet.
        int left() {
            return source.left();
        }

        /// The next event, or null at the end.
        @Nullable
        Event next() throws RecordingError {
            Event event = read();
            switch (event) {
                case Event.Key key ->
                    seen(key.frame().scan(), key.frame().state().nowNanos());
                case Event.Scan done -> seen(done.number(), done.nanos());
                case Event.Faulted fault -> seen(fault.number(), fault.nanos());
                case null, default -> {}
            }
            return event;
        }

        private void seen(long number, long time) {
            scan = number;
            nanos = time;
        }

        private @Nullable Event read() throws RecordingError {
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
