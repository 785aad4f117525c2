package io.millwright.historian.journal;

import io.millwright.historian.series.SampleCoding;
import io.millwright.historian.series.Unpacker;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a journal file whatever its state: every sample whose block is intact, and an exact account of what is not.
///
/// A block that cannot be read is *damage* if it had been acknowledged: if a block of a later group follows it, or the
/// next file begins beyond it. Otherwise it is the *torn tail* of a crash, which nobody was promised, and reading ends
/// there.
public final class JournalReader {

    /// What reading found.
    ///
    /// @param firstSequence sequence number of the first sample
    /// @param endSequence sequence number after the last sample
    /// @param endByte position after the last byte that counts; what follows is a torn tail or was never used
    /// @param samples how many were read
    /// @param damage what was acknowledged and cannot be read, one sentence each
    public record Result(long firstSequence, long endSequence, long endByte, long samples, List<String> damage) {}

    /// Hears of samples.
    @FunctionalInterface
    public interface Each {
        /// @param id the number of the sample's signal in this process
        /// @param stepBack whether it takes the place of the latest one although its source time is earlier
        void accept(int id, Sample sample, boolean stepBack);
    }

    private record Hole(long offset, long length) {}

    /// A signal, and its number in this process; the file has numbers of its own.
    private record Named(int id, SignalName signal) {}

    /// More than any historian is meant for; keeps a damaged file from asking for much memory.
    private static final int SIGNALS_MOST = 1 << 24;

    private final String name;
    private final long number;
    private final JournalBytes bytes;
    private final long limit;
    private final boolean verifies;
    private final SignalIds ids;
    private final Each each;
    private @Nullable Named[] names = new Named[64];
    private final List<String> damage = new ArrayList<>();
    private @Nullable Hole hole;
    private boolean allNamesSought;
    private long expected;
    private long samples;

    private JournalReader(
            JournalFiles.Found found, DiskFile file, long limit, boolean verifies, SignalIds ids, Each each)
            throws IOException {
        name = found.name();
        number = found.number();
        bytes = new JournalBytes(file);
        this.limit = limit;
        this.verifies = verifies;
        this.ids = ids;
        this.each = each;
    }

    /// Reads a file.
    ///
    /// @param limit sequence number at which the next file begins: nothing from there on counts;
    ///     [Long#MAX_VALUE] if there is none
    /// @param verifies whether checksums of payloads are looked at; false only to prove that tests notice
    /// @param ids gives the signals their numbers
    /// @param each hears of every sample, in order
    public static Result read(
            Disk disk, JournalFiles.Found found, long limit, boolean verifies, SignalIds ids, Each each)
            throws IOException {
        try (DiskFile file = disk.open(found.name())) {
            return new JournalReader(found, file, limit, verifies, ids, each).read();
        }
    }

    /// Where a file begins, empty if its header is damaged.
    public static Optional<Long> firstSequence(Disk disk, JournalFiles.Found found) throws IOException {
        try (DiskFile file = disk.open(found.name())) {
            return new JournalBytes(file).fileHeader(found.number());
        }
    }

    private Result read() throws IOException {
        Optional<Long> begin = bytes.fileHeader(number);
        long first = begin.isPresent() ? begin.get() : firstOfFirstBlock();
        if (begin.isEmpty() && bytes.size() > 0) {
            damage.add(name + ": the file header, bytes 0–31, is unreadable; what follows is read all the same");
        }
        expected = first;
        long at = BlockFormat.FILE_HEADER_BYTES;
        while (at < bytes.size()) {
            Optional<BlockFormat.Header> header = bytes.header(at, number);
            if (header.isPresent() && header.get().first() >= limit) {
                break;
            }
            byte @Nullable [] payload = header.isPresent() ? bytes.payload(at, header.get(), verifies) : null;
            long next = header.isPresent()
                    ? at + BlockFormat.HEADER_BYTES + header.get().length()
                    : bytes.findBlock(at, number);
            if (header.isPresent() && payload != null) {
                readBlock(at, header.get(), payload);
            } else if (!wasAcknowledged(next)) {
                break;
            } else if (next < bytes.size() || !bytes.isZero(at)) {
                hole = hole == null ? new Hole(at, next - at) : new Hole(hole.offset(), next - hole.offset());
            }
            at = next;
        }
        if (limit != Long.MAX_VALUE && expected < limit) {
            report(hole == null ? new Hole(at, bytes.size() - at) : hole, limit - expected);
            expected = limit;
        }
        return new Result(first, expected, at, samples, damage);
    }

    /// Whether samples from the expected one on had been acknowledged: a later group or a later file tells.
    private boolean wasAcknowledged(long from) throws IOException {
        if (limit != Long.MAX_VALUE) {
            return limit > expected;
        }
        long at = bytes.findBlock(Math.min(from, bytes.size()), number);
        while (at < bytes.size()) {
            Optional<BlockFormat.Header> header = bytes.header(at, number);
            if (header.isPresent() && header.get().group() > expected) {
                return true;
            }
            long next = header.isPresent()
                    ? at + BlockFormat.HEADER_BYTES + header.get().length()
                    : at + 1;
            at = bytes.findBlock(next, number);
        }
        return false;
    }

    private long firstOfFirstBlock() throws IOException {
        long at = bytes.findBlock(BlockFormat.FILE_HEADER_BYTES, number);
        return bytes.header(at, number).map(BlockFormat.Header::first).orElse(limit == Long.MAX_VALUE ? 0 : limit);
    }

    private void readBlock(long at, BlockFormat.Header header, byte[] payload) throws IOException {
        if (hole != null) {
            report(hole, Math.max(0, header.first() - expected));
            hole = null;
        }
        var in = new Unpacker(payload, 0, payload.length);
        try {
            if (header.kind() == BlockFormat.NAMES) {
                readNames(in, header.count());
            } else if (header.kind() == BlockFormat.SAMPLES) {
                expected = header.first() + header.count();
                readSamples(in, header.count(), at);
            }
        } catch (Unpacker.Malformed | IllegalArgumentException e) {
            damage.add("%s: the block at byte %d cannot be decoded: %s".formatted(name, at, e.getMessage()));
        }
    }

    private void report(Hole hole, long lost) {
        damage.add("%s: %d bytes from byte %d are unreadable; %s"
                .formatted(
                        name,
                        hole.length(),
                        hole.offset(),
                        lost == 0 ? "no samples were in them" : lost + " samples are lost"));
    }

    private void readNames(Unpacker in, int count) {
        long first = in.getVarint();
        if (first < 0 || count < 0 || first + count > SIGNALS_MOST) {
            throw new Unpacker.Malformed("more than " + SIGNALS_MOST + " signals");
        }
        int end = (int) first + count;
        if (end > names.length) {
            names = Arrays.copyOf(names, Math.max(end, names.length * 2));
        }
        for (int i = (int) first; i < end; i++) {
            SignalName signal = SignalName.parse(in.getText());
            names[i] = new Named(ids.of(signal), signal);
        }
    }

    private void readSamples(Unpacker in, int count, long at) throws IOException {
        var coding = SampleCoding.ofManySignals();
        int id = 0;
        int unnamed = 0;
        for (int i = 0; i < count; i++) {
            id += (int) in.getSigned();
            coding.unpack(in);
            Named named = nameOf(id);
            if (named == null) {
                unnamed++;
                continue;
            }
            samples++;
            each.accept(
                    named.id(),
                    new Sample(
                            named.signal(),
                            coding.value(),
                            coding.quality(),
                            coding.sourceNanos(),
                            coding.receivedNanos()),
                    coding.isStepBack());
        }
        if (unnamed > 0) {
            damage.add("%s: %d samples in the block at byte %d are lost: the names of their signals are unreadable"
                    .formatted(name, unnamed, at));
        }
    }

    private @Nullable Named nameOf(int id) throws IOException {
        if (known(id) == null && !allNamesSought) {
            allNamesSought = true;
            seekAllNames();
        }
        return known(id);
    }

    private @Nullable Named known(int id) {
        return id >= 0 && id < names.length ? names[id] : null;
    }

    /// Reads every block of names in the file: those behind repeat what a damaged one before held.
    private void seekAllNames() throws IOException {
        long at = bytes.findBlock(BlockFormat.FILE_HEADER_BYTES, number);
        while (at < bytes.size()) {
            Optional<BlockFormat.Header> header = bytes.header(at, number);
            if (header.isPresent() && header.get().kind() == BlockFormat.NAMES) {
                byte @Nullable [] payload = bytes.payload(at, header.get(), true);
                if (payload != null) {
                    readNames(
                            new Unpacker(payload, 0, header.get().length()),
                            header.get().count());
                }
            }
            long next = header.isPresent()
                    ? at + BlockFormat.HEADER_BYTES + header.get().length()
                    : at + 1;
            at = bytes.findBlock(next, number);
        }
    }
}
