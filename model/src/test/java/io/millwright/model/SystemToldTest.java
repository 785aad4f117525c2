package io.millwright.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What the operating system says is told by a code, with what it is about.
class SystemToldTest {
    @TempDir
    private Path folder;

    private static void check(String code, String about, String text, IOException e) {
        Told told = SystemTold.of(e);
        assertEquals(code, told.code());
        assertEquals(about.isEmpty() ? Map.of() : Map.of("about", about), told.arguments());
        assertEquals(text, told.text());
    }

    @Test
    void reasonsHaveCodes() {
        check("system-no-space", "", "No space left on device", new IOException("No space left on device"));
        check(
                "system-no-space",
                "/a/b",
                "/a/b: No space left on device",
                new FileSystemException("/a/b", null, "No space left on device"));
        check("system-denied", "/a", "/a: Permission denied", new FileNotFoundException("/a (Permission denied)"));
        check("system-no-access", "/a", "/a may not be accessed", new AccessDeniedException("/a"));
        check("system-no-folder", "/a", "/a is no folder", new FileAlreadyExistsException("/a"));
    }

    @Test
    void whatIsNotKnownIsToldAsItCame() {
        Told told = SystemTold.of(new IOException("quite new"));
        assertEquals("problem", told.code());
        assertEquals("quite new", told.text());
        assertEquals("IOException", SystemTold.of(new IOException()).text());
    }

    /// Other programs put the address behind the reason, or write it in small letters.
    @Test
    void aReasonInWordsStaysAsItIsInEnglish() {
        Told route = SystemTold.said("No route to host: plc/10.0.0.9:502");
        assertEquals("system-no-route", route.code());
        assertEquals("plc/10.0.0.9:502", route.arguments().get("about"));
        assertEquals("No route to host: plc/10.0.0.9:502", route.text());
        assertEquals(
                "system-unreachable", SystemTold.said("network is unreachable").code());
        assertEquals(
                "network is unreachable",
                SystemTold.said("network is unreachable").text());
        assertEquals(Told.problem("quite {new}"), SystemTold.said("quite {new}"));
        assertEquals("quite {new}", SystemTold.said("quite {new}").text());
        assertEquals("null", SystemTold.said(null).text());
    }

    /// What the system of this machine says is what is looked for.
    @Test
    @EnabledOnOs(OS.LINUX)
    void theSystemSaysSo() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port;
        try (var door = new ServerSocket(0, 1, here)) {
            port = door.getLocalPort();
            var taken = assertThrows(IOException.class, () -> new ServerSocket(port, 1, here).close());
            assertEquals("system-in-use", SystemTold.of(taken).code());
        }
        var refused = assertThrows(IOException.class, () -> new Socket(here, port).close());
        assertEquals("system-refused", SystemTold.of(refused).code());
        Path missing = folder.resolve("none").resolve("file");
        var none = assertThrows(IOException.class, () -> Files.writeString(missing, "x"));
        assertEquals("there is no " + missing, SystemTold.of(none).text());
        // A device that is always full.
        var full = assertThrows(IOException.class, () -> Files.writeString(Path.of("/dev/full"), "x"));
        assertEquals("system-no-space", SystemTold.of(full).code());
    }
}
