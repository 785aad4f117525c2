package io.millwright.historian.journal;

import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Makes what was read from a journal file durable, whatever became of the forces of the process that wrote it.
///
/// What a process wrote and never forced can be read after its end, and is gone after the next power cut. Forcing the
/// file again proves nothing: after a force that failed, the system may hold for clean what never came to the disk. So
/// the bytes are written once more, into a file of their own, which then takes the name.
public final class JournalCopy {

    private static final int PIECE_BYTES = 256 << 10;

    private JournalCopy() {}

    /// Replaces a file by a copy of its first bytes. The name is durable after [Disk#forceNames] only.
    ///
    /// @throws java.nio.file.NoSuchFileException if the file is gone
    public static void replace(Disk disk, JournalFiles.Found found, long bytes) throws IOException {
        String temporary = found.name() + JournalFiles.TEMPORARY;
        JournalFiles.removeLeftover(disk, temporary);
        try (DiskFile from = disk.open(found.name())) {
            try (DiskFile to = disk.create(temporary)) {
                copy(from, to, bytes);
                to.force();
            }
            disk.rename(temporary, found.name());
        } catch (IOException | RuntimeException e) {
            JournalFiles.removeLeftover(disk, temporary);
            throw e;
        }
    }

    private static void copy(DiskFile from, DiskFile to, long bytes) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, bytes));
        for (long at = 0; at < bytes; at += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), bytes - at));
            if (from.read(piece, at) < piece.limit()) {
                throw new IOException("the file became shorter while it was copied");
            }
            to.write(piece.flip(), at);
        }
    }
}
