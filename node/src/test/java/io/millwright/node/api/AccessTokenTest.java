package io.millwright.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTokenTest {

    @TempDir
    private Path folder = Path.of(".");

    @Test
    void aTokenIsMadeOnceAndOnlyItsOwnerCanReadIt() throws IOException {
        var file = folder.resolve("security/token");
        AccessToken.of(file);
        var secret = Files.readString(file).strip();

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertTrue(AccessToken.of(file).isShownBy("Bearer " + secret), "the second start reads the same token");
    }

    @Test
    void anythingElseIsNotTheToken() throws IOException {
        var file = folder.resolve("token");
        var token = AccessToken.of(file);
        var secret = Files.readString(file).strip();

        assertFalse(token.isShownBy(""));
        assertFalse(token.isShownBy(secret));
        assertFalse(token.isShownBy("Bearer "));
        assertFalse(token.isShownBy("Bearer " + secret.substring(1)));
        assertFalse(token.isShownBy("Basic " + secret));
    }

    @Test
    void aTokenThatCouldBeGuessedIsRefused() throws IOException {
        var file = folder.resolve("token");
        Files.writeString(file, "secret\n");
        assertThrows(IOException.class, () -> AccessToken.of(file));
    }
}
