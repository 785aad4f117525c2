package io.millwright.identity.store;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// RocksDB's native library: from `java.library.path` where a distribution has put it, else out of the jar. RocksDB's
/// own way leaves a copy of 17 MB behind for each process that is killed.
final class NativeRocks {

    private static boolean loaded;

    private NativeRocks() {}

    /// @throws IOException if there is no library for this machine, or no place to put it
    static synchronized void load() throws IOException {
        if (!loaded) {
            load(Environment.getJniLibraryFileName("rocksdb"));
            loaded = true;
        }
    }

    private static void load(String name) throws IOException {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.exists(Path.of(folder, name))) {
                RocksDB.loadLibrary();
                return;
            }
        }
        var folder = Files.createTempDirectory("mw-rocksdb-");
        var copy = folder.resolve(Environment.getJniLibraryFileName("rocksdbjni")); // The name that it looks for.
        try (var in = RocksDB.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("RocksDB has no library for this machine, " + name);
            }
            Files.copy(in, copy);
            RocksDB.loadLibrary(List.of(folder.toString()));
        } finally {
            copy.toFile().delete(); // Where a loaded file cannot be deleted it stays until the folder is cleaned.
            folder.toFile().delete();
        }
    }
}
