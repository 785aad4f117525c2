package io.millwright.plc.retain;

import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Text;
import io.millwright.plc.Loaded;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/// The file in which the variables of one program are kept.
///
/// ```
/// header   magic 8 · version 4 · layout bytes 4 · bank bytes 4 · CRC-32C of the layout 4
/// layout   UTF-8: for each variable its path, a tab, its type, a line end
/// bank × 4 number 8 · values, each 8 bytes or a text: length 4, characters 2 each · CRC-32C 8
/// ```
///
/// All is big-endian and begins at a multiple of 8. Banks 0 and 1 take turns with the scans and lie in memory
/// that is mapped from the file: what a scan wrote there is in the hands of the operating system when the
/// process is killed. Banks 2 and 3 take turns with [#sync], which copies the newest values there and forces
/// them to the disk; nothing touches them in between, so that a power cut leaves one of them whole. The bank
/// that is whole and has the highest number counts.
final class RetainFile implements AutoCloseable {
    static final long MAGIC = 0x4D57_5245_5441_494EL; // MWRETAIN
    static final int VERSION = 1;
    static final int HEADER = 24;
    static final int BANKS = 4;
    static final int LAYOUT_MAX = 1 << 28;

    private final FileChannel channel;
    private final MappedByteBuffer mapped;
    private final Slot[] slots;
    private final Sampler sampler;
    private final long[] bits;
    private final int[] offsets;
    private final int firstBank;
    private final int bankBytes;
    private final ByteBuffer checked;
    private final CRC32C crc = new CRC32C();
    private volatile long number;
    private long syncs;

    private RetainFile(FileChannel channel, Loaded loaded, List<Slot> kept, int firstBank, int bankBytes)
            throws IOException {
        this.channel = channel;
        this.slots = kept.toArray(Slot[]::new);
        this.sampler = loaded.run().machine().sampler(kept);
        this.bits = new long[slots.length];
        this.firstBank = firstBank;
        this.bankBytes = bankBytes;
        this.offsets = new int[slots.length];
        int at = Long.BYTES;
        for (int i = 0; i < slots.length; i++) {
            offsets[i] = at;
            at += Kept.bytes(slots[i]);
        }
        this.mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, firstBank + (long) BANKS * bankBytes);
        this.checked = mapped.duplicate();
    }

    /// Makes the file of a program, with its values as they are now in every bank; the one that was there
    /// before is replaced when the new one is whole.
    static RetainFile create(Path file, Loaded loaded, Kept kept) throws IOException {
        List<Slot> slots = loaded.state().slots().stream().filter(kept::keeps).toList();
        byte[] layout = slots.stream()
                .map(s -> s.name() + "\t" + Kept.type(s) + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        int values = slots.stream().mapToInt(Kept::bytes).sum();
        int bank = Long.BYTES + values + Long.BYTES;
        int first = (HEADER + layout.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        if (layout.length > LAYOUT_MAX || first + (long) BANKS * bank > Integer.MAX_VALUE) {
            throw new IOException("the variables to be kept take more than 2 GiB");
        }
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        FileChannel channel = FileChannel.open(
                fresh,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            channel.write(header(layout, bank), 0);
            var made = new RetainFile(channel, loaded, slots, first, bank);
            made.write();
            made.write();
            made.sync();
            made.sync();
            channel.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return made;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static ByteBuffer header(byte[] layout, int bank) {
        var sum = new CRC32C();
        sum.update(layout);
        return ByteBuffer.allocate(HEADER + layout.length)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(layout.length)
                .putInt(bank)
                .putInt((int) sum.getValue())
                .put(layout)
                .flip();
    }

    /// Keeps the values as they are now. Between scans, by their thread. Allocates nothing.
    void write() {
        long next = number + 1;
        write((int) (next % 2), next, true);
        number = next;
    }

    private void write(int bank, long itsNumber, boolean sample) {
        int start = firstBank + bank * bankBytes;
        if (sample) {
            sampler.take(bits);
        }
        mapped.putLong(start, itsNumber);
        for (int i = 0; i < slots.length; i++) {
            int at = start + offsets[i];
            if (slots[i].isText()) {
                write(slots[i].text(), at);
            } else {
                mapped.putLong(at, bits[i]);
            }
        }
        int end = start + bankBytes - Long.BYTES;
        crc.reset();
        checked.limit(end).position(start);
        crc.update(checked);
        mapped.putLong(end, crc.getValue());
    }

    private void write(Text text, int at) {
        mapped.putInt(at, text.length());
        for (int i = 0; i < text.length(); i++) {
            mapped.putChar(at + Integer.BYTES + i * Character.BYTES, (char) text.at(i));
        }
    }

    /// Copies the newest whole bank to one that the scans leave alone, and forces it to the disk. By any one
    /// thread.
    void sync() throws IOException {
        long newest = number;
        int from = firstBank + (int) (newest % 2) * bankBytes;
        var copy = new byte[bankBytes];
        mapped.get(from, copy);
        if (RetainedValues.isWhole(ByteBuffer.wrap(copy))) {
            int to = firstBank + (2 + (int) (syncs % 2)) * bankBytes;
            channel.write(ByteBuffer.wrap(copy), to);
            channel.force(false);
            syncs++;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
