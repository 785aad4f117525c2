package io.millwright.process.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerIdentityTest {

    @TempDir
    private Path folder;

    /// Clients wait for the file and read it at once. A second name of the first file shows that it was not written
    /// over, which for a moment would leave nothing in it.
    @Test
    void theCertificateIsPutThereAsAWhole() throws Exception {
        var uri = URI.create("urn:millwright:test");
        Path exported = folder.resolve("own/server.der");
        byte[] first;
        try (var identity = ServerIdentity.in(folder, uri)) {
            first = identity.certificate().getEncoded();
            assertArrayEquals(first, Files.readAllBytes(exported));
        }
        Path read = Files.createLink(folder.resolve("read"), exported);
        try (var identity = ServerIdentity.in(folder, uri)) {
            assertArrayEquals(first, identity.certificate().getEncoded());
            assertArrayEquals(first, Files.readAllBytes(exported));
        }
        assertFalse(Files.isSameFile(read, exported));
        try (var own = Files.list(folder.resolve("own"))) {
            assertEquals(2, own.count());
        }
    }
}
