package io.millwright.node.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/// Reasons are words, also where the platform gives none.
class IoReasonTest {
    @Test
    void aReasonIsSaidInWords() {
        assertEquals("nobody can be reached there", IoReason.of(new ConnectException()));
        assertEquals("Connection refused", IoReason.of(new ConnectException("Connection refused")));
        assertEquals("there is no a/b", IoReason.of(new NoSuchFileException("a/b")));
        assertEquals(
                "a: No space left on device",
                IoReason.of(new FileSystemException("a", null, "No space left on device")));
        assertEquals("IOException", IoReason.of(new IOException()));
    }
}
