package io.millwright.process.fmi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/// Tells what is wrong with a shared library before the system's loader is asked, which ends the process by SIGBUS
/// where a library is cut short. Of the Executable and Linkable Format (System V ABI, "Object Files") the headers
/// are read: 64 bits, least significant octet first.
final class ElfLibrary {

    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;

    private static final int HEADER = 64;
    private static final int MAGIC = 0x464C_457F;
    private static final short CLASS_64_LITTLE = 0x0102;
    private static final int AT_MACHINE = 18;
    private static final int AT_SEGMENTS = 32;
    private static final int AT_SEGMENT_SIZE = 54;
    private static final int AT_SEGMENT_COUNT = 56;

    private static final int SEGMENT = 56;
    private static final int LOADED = 1;
    private static final int AT_OFFSET = 8;
    private static final int AT_FILE_SIZE = 32;

    private ElfLibrary() {}

    /// @param machine as [Platform] calls it
    /// @return what is wrong, to be read behind the name of the library
    static Optional<String> fault(Path library, String machine) throws IOException {
        try (var file = FileChannel.open(library)) {
            ByteBuffer header = read(file, 0, HEADER);
            if (header.limit() < HEADER || header.getInt(0) != MAGIC || header.getShort(4) != CLASS_64_LITTLE) {
                return Optional.of("is no 64-bit ELF library");
            }
            int built = header.getShort(AT_MACHINE);
            if (machine.startsWith("x86_64") && built != X86_64 || machine.startsWith("aarch64") && built != AARCH64) {
                return Optional.of("is built for another processor (ELF machine " + built + "), not for " + machine);
            }
            return cut(file, header);
        }
    }

    /// Whether each part that is to be loaded is in the file.
    private static Optional<String> cut(FileChannel file, ByteBuffer header) throws IOException {
        long first = header.getLong(AT_SEGMENTS);
        int size = Short.toUnsignedInt(header.getShort(AT_SEGMENT_SIZE));
        int count = Short.toUnsignedInt(header.getShort(AT_SEGMENT_COUNT));
        long has = file.size();
        if (size < SEGMENT) {
            return Optional.of("tells segments of " + size + " octets; they have " + SEGMENT);
        }
        for (int i = 0; i < count; i++) {
            long at = first + (long) i * size;
            ByteBuffer segment = at < 0 ? ByteBuffer.allocate(0) : read(file, at, SEGMENT);
            if (segment.limit() < SEGMENT) {
                return Optional.of(
                        "is cut short: it has %d octets and ends before what it consists of is told".formatted(has));
            }
            long offset = segment.getLong(AT_OFFSET);
            long length = segment.getLong(AT_FILE_SIZE);
            if (segment.getInt(0) == LOADED && (offset < 0 || length < 0 || length > has - offset)) {
                return Optional.of("is cut short: it has %d octets, and its segment %d is %d octets from octet %d on"
                        .formatted(has, i + 1, length, offset));
            }
        }
        return Optional.empty();
    }

    /// What there is, up to a length.
    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && file.read(buffer, at + buffer.position()) > 0) {
            // Until the end of the file.
        }
        return buffer.flip();
    }
}
