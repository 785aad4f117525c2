package io.millwright.plc.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a folder of recorded files holds: the runs of a PLC, each from where its recorder was started.
///
/// A file that is cut short or damaged is read up to there, and a note says so. It may still be written to;
/// then what was written when it was opened is there.
public final class Recording {
    private final List<RecordedRun> runs;
    private final List<String> notes;

    private Recording(List<RecordedRun> runs, List<String> notes) {
        this.runs = List.copyOf(runs);
        this.notes = List.copyOf(notes);
    }

    /// Reads a folder, or one file of it or of [SavedPart].
    ///
    /// @throws RecordingError if it holds nothing that can be replayed
    public static Recording open(Path path) throws RecordingError {
        if (!Files.exists(path)) {
            throw new RecordingError("there is no " + path);
        }
        return open(path, Files.isDirectory(path) ? path : path.toAbsolutePath().getParent());
    }

    /// Reads the recordings of PLCs that stand by for each other: runs of the same scans become one.
    ///
    /// @throws RecordingError if one of them holds nothing that can be replayed
    public static Recording open(List<Path> paths) throws RecordingError {
        List<RecordedRun> runs = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Path path : paths) {
            Recording one = open(path);
            runs.addAll(one.runs);
            notes.addAll(one.notes);
        }
        runs.sort(Comparator.comparingLong(r -> r.stretch().firstScan()));
        List<RecordedRun> joined = new ArrayList<>();
        for (RecordedRun run : runs) {
            if (!joins(joined, run)) {
                joined.add(run);
            }
        }
        joined.sort(Comparator.comparingLong(r -> r.stretch().epochNanos()));
        return new Recording(joined, notes);
    }

    private static boolean joins(List<RecordedRun> all, RecordedRun run) throws RecordingError {
        for (int i = 0; i < all.size(); i++) {
            RecordedRun before = all.get(i);
            if (before.seam(run).isPresent()) {
                all.set(i, before.goingOnIn(run).orElse(before));
                return true;
            }
        }
        return false;
    }

    private static Recording open(Path of, @Nullable Path folder) throws RecordingError {
        List<String> notes = new ArrayList<>();
        Map<String, RecordedProgram> programs = new HashMap<>();
        Map<Long, List<Segment>> byRun = new TreeMap<>();
        try {
            for (Path path : Files.isDirectory(of) ? segments(of) : List.of(of)) {
                try {
                    Segment segment = Segment.open(path, notes);
                    String hash = HexFormat.of().formatHex(segment.header().hash());
                    if (folder != null && !segment.hasProgram() && !programs.containsKey(hash)) {
                        programs.put(hash, program(folder.resolve(hash + SegmentWriter.PROGRAM), hash));
                    }
                    byRun.computeIfAbsent(segment.header().run(), _ -> new ArrayList<>())
                            .add(segment);
                } catch (RecordingError e) {
                    notes.add(path.getFileName() + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw new RecordingError(of + " cannot be read: " + e);
        }
        List<RecordedRun> runs = new ArrayList<>();
        for (List<Segment> segments : byRun.values()) {
            RecordedRun.of(segments, programs, notes).ifPresent(runs::add);
        }
        if (runs.isEmpty()) {
            throw new RecordingError(of + " holds nothing that can be replayed"
                    + (notes.isEmpty() ? "" : ": " + String.join("; ", notes)));
        }
        return new Recording(runs, notes);
    }

    /// In the order in which they were written.
    static List<Path> segments(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(f -> number(f) > 0).sorted().toList();
        }
    }

    /// The number of a segment, 0 for other files.
    static long number(Path path) {
        String name = path.getFileName().toString();
        String digits = name.endsWith(SegmentWriter.SEGMENT)
                ? name.substring(0, name.length() - SegmentWriter.SEGMENT.length())
                : "";
        return digits.matches("\\d{12}") ? Long.parseLong(digits) : 0;
    }

    private static RecordedProgram program(Path path, String hash) throws IOException, RecordingError {
        if (!Files.exists(path)) {
            throw new RecordingError("its program " + path.getFileName() + " is missing");
        }
        byte[] bytes = Files.readAllBytes(path);
        int length = Segment.rawLength(bytes, 0, bytes.length);
        if (length < 0 || !Blocks.isWhole(bytes)) {
            throw new RecordingError("its program " + path.getFileName() + " is damaged");
        }
        RecordedProgram program = RecordedProgram.read(Blocks.inflate(bytes, length));
        if (!program.hash().equals(hash)) {
            throw new RecordingError("its program " + path.getFileName() + " is another one than its name says");
        }
        return program;
    }

    /// The runs, the oldest first.
    public List<RecordedRun> runs() {
        return runs;
    }

    /// The newest run.
    public RecordedRun newest() {
        return runs.getLast();
    }

    /// What could not be read, and why.
    public List<String> notes() {
        return notes;
    }
}
