package io.millwright.node.id;

import io.millwright.identity.store.IdentityStore;
import io.millwright.node.command.IoReason;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a running node is told, by `mw id backup` on the same machine, to copy its records: a socket in its folder,
/// which only the folder's owner can reach. One line asks, the path of the copy; one line answers, empty if the copy
/// is there, else what is wrong.
final class BackupDoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackupDoor.class);
    private static final int LINE_BYTES_MAX = 8192;
    private static final String RECORDS = "records";
    private static final String KEY = "node-key.der";

    private final Path data;
    private final IdentityStore store;
    private final ServerSocketChannel door;

    private BackupDoor(Path data, IdentityStore store, ServerSocketChannel door) {
        this.data = data;
        this.store = store;
        this.door = door;
    }

    /// Opens the door; nothing where the system cannot have one.
    ///
    /// @param data the node's folder, which no other node uses
    static Optional<BackupDoor> open(Path data, IdentityStore store) {
        try {
            var path = socket(data);
            var folder = path.resolveSibling(".");
            Files.createDirectories(folder);
            restrict(folder, "rwx------");
            Files.deleteIfExists(path); // Left by a node that was killed.
            var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                door.bind(UnixDomainSocketAddress.of(path));
            } catch (IOException e) {
                door.close();
                throw e;
            }
            var opened = new BackupDoor(data, store, door);
            Thread.ofVirtual().name("identity-backup").start(opened::serve);
            return Optional.of(opened);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.warn("mw id backup will not reach this node while it runs: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static Path socket(Path data) {
        return data.toAbsolutePath().resolve("control").resolve("backup");
    }

    private static void restrict(Path path, String permissions) throws IOException {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (UnsupportedOperationException e) {
            // Windows: it inherits what the folder above allows.
        }
    }

    private void serve() {
        while (door.isOpen()) {
            try (var asker = door.accept()) {
                answer(asker, copied(Path.of(line(asker))));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException e) {
                LOG.debug("backup: {}", e.getMessage()); // Whoever asked is gone, or wrote no path.
            }
        }
    }

    private String copied(Path target) {
        try {
            copy(data, store, target);
            return "";
        } catch (IOException e) {
            return IoReason.of(e);
        }
    }

    private static void answer(SocketChannel to, String line) throws IOException {
        var bytes = ByteBuffer.wrap((line.replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static String line(SocketChannel from) throws IOException {
        var in = Channels.newInputStream(from);
        var line = new byte[LINE_BYTES_MAX];
        int length = 0;
        for (int octet = in.read(); octet >= 0 && octet != '\n' && length < LINE_BYTES_MAX; octet = in.read()) {
            line[length++] = (byte) octet;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /// Asks the node that uses a folder.
    ///
    /// @return what is wrong; empty if the copy is there
    /// @throws IOException if no node answers there
    static String ask(Path data, Path target) throws IOException {
        try (var asking = SocketChannel.open(UnixDomainSocketAddress.of(socket(data)))) {
            answer(asking, target.toAbsolutePath().toString());
            return line(asking);
        }
    }

    /// Makes a folder from which a node can be started: the records, and the key it signs with.
    ///
    /// @param target does not exist
    static void copy(Path data, IdentityStore store, Path target) throws IOException {
        if (Files.exists(target)) {
            throw new IOException(target + " exists; a backup needs a new folder");
        }
        var part = target.resolveSibling(target.getFileName() + ".part");
        Files.createDirectory(part);
        try {
            restrict(part, "rwx------");
            if (Files.exists(data.resolve(KEY))) {
                Files.copy(data.resolve(KEY), part.resolve(KEY), StandardCopyOption.COPY_ATTRIBUTES);
            }
            store.snapshot(part.resolve(RECORDS));
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(part.resolve(KEY));
            Files.deleteIfExists(part);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        Files.deleteIfExists(socket(data));
    }
}
