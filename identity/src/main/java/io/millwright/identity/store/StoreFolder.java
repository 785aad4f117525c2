package io.millwright.identity.store;

import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.TreeSet;

/// The folder of a store.
///
/// ```text
/// lock         held by the process that uses the folder
/// format       one line: what this is, and the version of everything here
/// records/     RocksDB
/// records.new  a RocksDB that is being made
/// closed       the [Inventory] of records/, there from its end to its next start
/// loading/     files of sorted records on their way into it
/// ```
record StoreFolder(Path path, Disk.Lock lock) implements AutoCloseable {

    private static final String FORMAT = "millwright identity store, version ";
    private static final int VERSION = 1;

    /// Makes an empty RocksDB in a folder.
    interface Maker {
        void make(Path folder) throws IOException;
    }

    /// Takes the folder, and makes a store in it if there is nothing.
    ///
    /// @throws io.millwright.model.disk.FolderInUse if another process has it
    /// @throws StoreDamaged if something is there that is no whole store
    static StoreFolder take(Path path, Maker maker) throws IOException {
        var lock = Disk.of(path).lock("lock");
        try {
            var folder = new StoreFolder(path.toAbsolutePath(), lock);
            folder.prepare(maker);
            return folder;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Path records() {
        return path.resolve("records");
    }

    Path loading() {
        return path.resolve("loading");
    }

    private void prepare(Maker maker) throws IOException {
        if (!Files.exists(records())) {
            make(maker);
        }
        if (!Files.exists(path.resolve("format"))) {
            throw new StoreDamaged(path.toString(), "the file format is missing");
        }
        String format = Files.readString(path.resolve("format"), java.nio.charset.StandardCharsets.ISO_8859_1)
                .strip();
        if (!format.equals(FORMAT + VERSION)) {
            throw new IOException(
                    "%s/format says \"%s\"; this program reads \"%s\"".formatted(path, format, FORMAT + VERSION));
        }
        var closed = path.resolve("closed");
        if (Files.exists(closed)) {
            Inventory.check(records(), Files.readString(closed));
            Files.delete(closed);
            Disk.of(path).forceNames();
        }
        delete(loading());
        Files.createDirectory(loading());
    }

    private void make(Maker maker) throws IOException {
        var names = new TreeSet<String>();
        try (var entries = Files.list(path)) {
            entries.forEach(e -> names.add(String.valueOf(e.getFileName())));
        }
        boolean unfinished = names.remove("records.new");
        names.remove("lock");
        if (unfinished) {
            names.remove("format");
        }
        if (!names.isEmpty()) {
            throw new StoreDamaged(path.toString(), "the folder records is missing beside " + names);
        }
        var made = path.resolve("records.new");
        delete(made);
        maker.make(made);
        writeFormat(path);
        Files.move(made, records(), StandardCopyOption.ATOMIC_MOVE);
        Disk.of(path).forceNames();
    }

    private static void writeFormat(Path folder) throws IOException {
        write(folder.resolve("format"), FORMAT + VERSION + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(StateKeys.utf8(text)));
            channel.force(true);
        }
    }

    /// RocksDB is at its end, and everything in its files.
    void recordsClosed() throws IOException {
        var closed = path.resolve("closed.new");
        write(closed, Inventory.of(records()));
        Files.move(closed, path.resolve("closed"), StandardCopyOption.ATOMIC_MOVE);
        Disk.of(path).forceNames();
    }

    /// Makes a copy that can be opened as a store, whole or not at all.
    ///
    /// @param maker copies the RocksDB
    static void snapshot(Path target, Maker maker) throws IOException {
        var absolute = target.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw new IOException(target + " exists; a snapshot needs a new folder");
        }
        var part = absolute.resolveSibling(absolute.getFileName() + ".part");
        delete(part);
        Files.createDirectories(part);
        maker.make(part.resolve("records"));
        writeFormat(part);
        write(part.resolve("closed"), Inventory.of(part.resolve("records")));
        Disk.of(part).forceNames();
        Files.move(part, absolute, StandardCopyOption.ATOMIC_MOVE);
        Disk.of(absolute.resolveSibling(".")).forceNames();
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
