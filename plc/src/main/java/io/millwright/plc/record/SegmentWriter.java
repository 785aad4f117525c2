package io.millwright.plc.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/// Writes segments into a folder, and deletes the oldest so that all together never take more room than they
/// may.
final class SegmentWriter implements AutoCloseable {
    static final String SEGMENT = ".plcrec";
    static final String PROGRAM = ".plcprog";
    /// What the smallest file is counted as, so that their number is bounded as well.
    private static final long FILE_LEAST = 4096;

    private final Path folder;
    private final long bytesMax;
    private final long ageMaxNanos;
    private final LongSupplier nanoClock;
    private final long run;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final Deque<Old> old = new ArrayDeque<>();
    private long oldBytes;
    private long number;
    private @Nullable FileChannel file;
    private Old current = new Old(Path.of(""), "", 0, 0);
    private long begunNanos;

    /// A segment that is complete.
    ///
    /// @param endNanos when it was, by the clock that is never set
    private record Old(Path path, String program, long bytes, long endNanos) {}

    /// @param run the date now, nanoseconds since 1970
    /// @param nanoClock a clock that is never set: by it segments grow old, so that one that is set deletes
    ///     nothing
    SegmentWriter(Recorder.Setting setting, long run, LongSupplier nanoClock) throws IOException {
        this.folder = setting.folder();
        this.bytesMax = setting.bytesMax();
        this.ageMaxNanos = setting.ageMax().toNanos();
        this.nanoClock = nanoClock;
        this.run = run;
        Files.createDirectories(folder);
        long now = nanoClock.getAsLong();
        for (Path path : Recording.segments(folder)) {
            long age = Math.max(0, run - Files.getLastModifiedTime(path).to(TimeUnit.NANOSECONDS));
            old.add(new Old(path, program(path), Math.max(FILE_LEAST, Files.size(path)), now - age));
            number = Math.max(number, Recording.number(path));
        }
        oldBytes = old.stream().mapToLong(Old::bytes).sum();
    }

    private static String program(Path path) throws IOException {
        try (var in = Files.newInputStream(path)) {
            return HexFormat.of()
                    .formatHex(Blocks.Header.read(in.readNBytes(Blocks.HEADER_BYTES))
                            .hash());
        } catch (RecordingError _) {
            return "";
        }
    }

    /// Begins another segment.
    void begin(RecordedProgram program) throws IOException {
        end();
        keep(program);
        number++;
        Path path = folder.resolve("%012d".formatted(number) + SEGMENT);
        file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        current = new Old(path, program.hash(), 0, 0);
        begunNanos = nanoClock.getAsLong();
        byte[] hash = HexFormat.of().parseHex(program.hash());
        write(ByteBuffer.wrap(new Blocks.Header(run, number, hash).bytes()));
    }

    /// Programs are kept once, under their hashes.
    private void keep(RecordedProgram program) throws IOException {
        Path path = folder.resolve(program.hash() + PROGRAM);
        if (Files.exists(path)) {
            return;
        }
        Path fresh = folder.resolve(program.hash() + ".new");
        try (var out = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = Blocks.block(Blocks.RECORDS, program.bytes(), program.bytes().length, deflater);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// How many bytes the present segment has.
    long segmentBytes() {
        return current.bytes();
    }

    /// For how long the present segment was written.
    long segmentNanos() {
        return nanoClock.getAsLong() - begunNanos;
    }

    boolean isOpen() {
        return file != null;
    }

    /// @return whether it was written; not where even the present segment alone would be too large
    boolean write(int kind, byte[] raw, int length) throws IOException {
        return write(Blocks.block(kind, raw, length, deflater));
    }

    private boolean write(ByteBuffer bytes) throws IOException {
        long more = bytes.remaining();
        long oldest = nanoClock.getAsLong() - ageMaxNanos;
        while (!old.isEmpty()
                && (oldBytes + current.bytes() + more > bytesMax
                        || old.getFirst().endNanos() - oldest < 0)) {
            delete(old.removeFirst());
        }
        if (current.bytes() + more > bytesMax) {
            return false;
        }
        FileChannel open = Objects.requireNonNull(file);
        while (bytes.hasRemaining()) {
            open.write(bytes);
        }
        current = new Old(current.path(), current.program(), current.bytes() + more, 0);
        return true;
    }

    private void delete(Old segment) throws IOException {
        Files.deleteIfExists(segment.path());
        oldBytes -= segment.bytes();
        Set<String> used = new HashSet<>();
        old.forEach(o -> used.add(o.program()));
        used.add(current.program());
        if (!used.contains(segment.program()) && !segment.program().isEmpty()) {
            Files.deleteIfExists(folder.resolve(segment.program() + PROGRAM));
        }
    }

    /// Lets what was written survive a loss of power.
    void force() throws IOException {
        FileChannel open = file;
        if (open != null) {
            open.force(false);
        }
    }

    /// Ends the present segment.
    void end() throws IOException {
        FileChannel open = file;
        if (open == null) {
            return;
        }
        file = null;
        try (FileChannel ending = open) {
            long bytes = Math.max(FILE_LEAST, current.bytes());
            Old whole = new Old(current.path(), current.program(), bytes, nanoClock.getAsLong());
            old.add(whole);
            oldBytes += whole.bytes();
            ending.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        try (deflater) {
            end();
        }
    }
}
