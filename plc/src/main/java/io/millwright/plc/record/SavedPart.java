package io.millwright.plc.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.Deflater;

/// A part of a run in one file, with the programs that ran, to be taken away: a segment in which programs are
/// blocks as well. [Recording#open] reads it.
public final class SavedPart {
    private SavedPart() {}

    /// Writes a file: from the last key frame before a scan to the end of the block that holds another.
    ///
    /// @param from from whose end on it can be replayed
    /// @param to the last scan that must be there
    /// @throws RecordingError where one of them was not recorded
    /// @throws IOException if it cannot be written, or there is one already
    public static void write(RecordedRun run, long from, long to, Path file) throws RecordingError, IOException {
        RecordedRun.Key first = run.before(from)
                .orElseThrow(() -> new RecordingError("scan " + from + " was not recorded: the recording begins after"
                        + " scan " + run.stretch().firstScan()));
        if (to < from || to > run.stretch().lastScan()) {
            throw new RecordingError(
                    "a part ends with scan " + from + " to " + run.stretch().lastScan() + ", not " + to);
        }
        int end = end(run, first, to);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try (deflater;
                var out = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var piece = run.pieces().get(first.piece());
            byte[] hash = HexFormat.of().parseHex(piece.program().hash());
            write(out, ByteBuffer.wrap(new Blocks.Header(run.startedNanos(), 1, hash).bytes()));
            String known = "";
            for (RecordedRun.Piece next : run.pieces().subList(first.piece(), end)) {
                RecordedProgram program = next.program();
                if (!program.hash().equals(known)) {
                    known = program.hash();
                    write(out, Blocks.block(Blocks.PROGRAM, program.bytes(), program.bytes().length, deflater));
                }
                write(out, ByteBuffer.wrap(next.block().stored()));
            }
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static int end(RecordedRun run, RecordedRun.Key first, long to) throws RecordingError {
        RecordedRun.Events events = run.from(first);
        long scan = -1;
        while (scan < to) {
            switch (events.next()) {
                case null -> {
                    return run.pieces().size();
                }
                case Event.Key key -> scan = key.frame().scan();
                case Event.Scan next -> scan = next.number();
                case Event.Faulted fault -> scan = fault.number();
                default -> {}
            }
        }
        return events.pieces();
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
