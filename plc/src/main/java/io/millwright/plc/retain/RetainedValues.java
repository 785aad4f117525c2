package io.millwright.plc.retain;

import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.type.Value;
import io.millwright.plc.Loaded;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What a [RetainFile] holds, read by who knows nothing of the program it is of.
///
/// @param values by paths, in their order
record RetainedValues(Map<String, Entry> values) {
    private static final int BANK_MIN = 2 * Long.BYTES;
    private static final long BYTES_MAX = Integer.MAX_VALUE;

    /// One value.
    ///
    /// @param type the name of its type
    /// @param bits the value, where it is no text
    /// @param text the text; null where it is none
    record Entry(String type, long bits, @Nullable String text) {}

    /// Reads the newest whole bank.
    ///
    /// @throws IOException if the file is none of ours, or damaged in all banks; the message says so
    static RetainedValues read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new IOException("the file is too large to be one of kept variables");
        }
        ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
        try {
            return read(all);
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IOException("the file is cut short");
        }
    }

    private static RetainedValues read(ByteBuffer all) throws IOException {
        if (all.getLong() != RetainFile.MAGIC) {
            throw new IOException("this is no file of kept variables");
        }
        int version = all.getInt();
        if (version != RetainFile.VERSION) {
            throw new IOException("the file is of version " + version + ", known is " + RetainFile.VERSION);
        }
        int layoutBytes = all.getInt();
        int bankBytes = all.getInt();
        int sum = all.getInt();
        if (layoutBytes < 0 || layoutBytes > all.remaining() || bankBytes < BANK_MIN) {
            throw new IOException("the file is cut short");
        }
        byte[] layout = new byte[layoutBytes];
        all.get(layout);
        var crc = new CRC32C();
        crc.update(layout);
        if ((int) crc.getValue() != sum) {
            throw new IOException("the names of the kept variables are damaged");
        }
        int first = (RetainFile.HEADER + layoutBytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        ByteBuffer newest = null;
        for (int bank = 0; bank < RetainFile.BANKS; bank++) {
            long start = first + (long) bank * bankBytes;
            if (start + bankBytes <= all.limit()) {
                ByteBuffer one = all.slice((int) start, bankBytes);
                if (isWhole(one) && (newest == null || one.getLong(0) > newest.getLong(0))) {
                    newest = one;
                }
            }
        }
        if (newest == null) {
            throw new IOException("the kept values are damaged in every copy");
        }
        return values(new String(layout, StandardCharsets.UTF_8), newest);
    }

    /// Whether a bank was written to its end and not changed since.
    static boolean isWhole(ByteBuffer bank) {
        int end = bank.limit() - Long.BYTES;
        var crc = new CRC32C();
        crc.update(bank.slice(0, end));
        return crc.getValue() == bank.getLong(end) && bank.getLong(0) > 0;
    }

    private static RetainedValues values(String layout, ByteBuffer bank) {
        Map<String, Entry> values = new HashMap<>();
        bank.position(Long.BYTES);
        for (String line : layout.split("\n", -1)) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                String type = line.substring(tab + 1);
                values.put(line.substring(0, tab), entry(type, bank));
            }
        }
        return new RetainedValues(values);
    }

    private static Entry entry(String type, ByteBuffer bank) {
        int capacity = Kept.capacity(type);
        if (capacity < 0) {
            return new Entry(type, bank.getLong(), null);
        }
        int start = bank.position();
        int length = Math.min(Math.max(0, bank.getInt()), capacity);
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(bank.getChar());
        }
        bank.position(start + Kept.textBytes(capacity));
        return new Entry(type, 0, text.toString());
    }

    /// Gives a program those of its variables that were kept.
    RetainMemory.Restored into(Loaded loaded, Kept kept) {
        int restored = 0;
        List<String> lost = new ArrayList<>();
        Map<String, Entry> left = new HashMap<>(values);
        for (Slot slot : loaded.state().slots()) {
            Entry entry = kept.keeps(slot) ? left.remove(slot.name()) : null;
            if (entry == null) {
                continue;
            }
            if (!entry.type().equals(Kept.type(slot))) {
                lost.add(slot.name() + " was of type " + entry.type() + " and is " + Kept.type(slot));
                continue;
            }
            if (entry.text() != null) {
                slot.set(new Value.Text(entry.text()));
            } else {
                slot.set(entry.bits());
            }
            restored++;
        }
        Set<String> gone = left.keySet();
        gone.stream().sorted().map(path -> path + " is no longer kept").forEach(lost::add);
        return new RetainMemory.Restored(restored, lost, "");
    }
}
