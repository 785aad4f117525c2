package io.millwright.node.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/// The secret that a caller from another machine must show. Kept in a file that its owner alone can read; never
/// logged.
public final class AccessToken {

    private static final int BYTES = 32;

    private final byte[] token;

    private AccessToken(byte[] token) {
        this.token = token;
    }

    /// Reads the token of the file, or makes one and writes it there.
    public static AccessToken of(Path file) throws IOException {
        if (!Files.exists(file)) {
            var secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
            Files.createDirectories(file.toAbsolutePath().getParent());
            try {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } catch (UnsupportedOperationException e) {
                Files.createFile(file); // Windows: the folder's access list is inherited
            }
            Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
        }
        var text = Files.readString(file).strip();
        if (text.length() < BYTES) {
            throw new IOException("the token in " + file + " is shorter than " + BYTES + " characters");
        }
        return new AccessToken(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether the value of an `Authorization` header shows the token (RFC 6750, section 2.1). Takes the same time
    /// whatever is wrong.
    boolean isShownBy(String authorization) {
        return authorization.startsWith("Bearer ")
                && MessageDigest.isEqual(token, authorization.substring(7).getBytes(StandardCharsets.UTF_8));
    }
}
