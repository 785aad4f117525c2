package io.millwright.node.plc;

import io.millwright.node.command.IoReason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What is forced, kept over a restart: a file that only its owner may read and that is replaced as a whole.
///
/// ```
/// millwright-forces 1 SHA-256 of all that follows, as hexadecimal digits
/// [{"path":"levels.Pump1", …}, …]
/// ```
final class ForceFile {
    private static final String HEAD = "millwright-forces 1 ";
    private static final long BYTES_MAX = 16L << 20;

    private final Path file;

    /// A force as it is kept.
    ///
    /// @param type the name of the variable's type
    /// @param elementary what that is at bottom: a type of the same name may be another one in the next program
    /// @param kind truth, real, whole, text, or name for a value of an enumeration
    /// @param bits of a number or truth value
    /// @param text of a text or name
    /// @param writtenEpochMillis when this was written, by the wall clock
    /// @param leftMillis how long it was to last then
    record Kept(
            String path,
            String type,
            String elementary,
            String kind,
            long bits,
            String text,
            String owner,
            String reason,
            long sinceEpochMillis,
            long writtenEpochMillis,
            long leftMillis) {}

    ForceFile(Path file) {
        this.file = file;
    }

    /// Replaces what is kept; durable when this returns.
    void write(List<Kept> forces) throws IOException {
        byte[] body = encoded(forces);
        byte[] head = (HEAD + digest(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(next);
        }
        Files.write(next, head, StandardOpenOption.WRITE);
        Files.write(next, body, StandardOpenOption.APPEND);
        try (var channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// What is kept; nothing where there is no file.
    ///
    /// @throws IOException if the file cannot be used as it is; the message says why
    List<Kept> read() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        byte[] all;
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new IOException("it is larger than such a file can be");
            }
            all = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + IoReason.of(e), e);
        }
        int end = 0;
        while (end < all.length && all[end] != '\n') {
            end++;
        }
        String head = new String(all, 0, end, StandardCharsets.ISO_8859_1);
        byte[] body = Arrays.copyOfRange(all, Math.min(end + 1, all.length), all.length);
        if (!head.equals(HEAD + digest(body))) {
            throw new IOException(file + (head.startsWith(HEAD) ? " is damaged" : " is no file of forces"));
        }
        try {
            return decoded(body);
        } catch (IOException e) {
            throw new IOException(file + " is of another version", e);
        }
    }

    /// Forces as others are told of them.
    static byte[] encoded(List<Kept> forces) {
        return JsonMapper.shared().writeValueAsBytes(forces);
    }

    /// The other way round; none in nothing.
    ///
    /// @throws IOException if they are of another version
    static List<Kept> decoded(byte[] forces) throws IOException {
        try {
            return forces.length == 0 ? List.of() : List.of(JsonMapper.shared().readValue(forces, Kept[].class));
        } catch (JacksonException e) {
            throw new IOException("forces of another version", e);
        }
    }

    private static String digest(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
