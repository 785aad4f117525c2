package io.millwright.identity.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// What files RocksDB has left behind when it was closed, or copied: names, lengths, and checksums of those that have
/// none of their own. A list of files that is cut short would otherwise be taken for what a crash has left.
///
/// ```text
/// name length checksum (CRC-32C of a file that is no table, else 0), a line each
/// ```
final class Inventory {

    private Inventory() {}

    /// @param records the folder of RocksDB, which is closed
    static String of(Path records) throws IOException {
        var lines = new TreeMap<String, String>();
        try (var files = Files.newDirectoryStream(records, "{*.sst,*.log,MANIFEST-*,CURRENT}")) {
            for (var file : files) {
                String name = String.valueOf(file.getFileName());
                long checksum = name.endsWith(".sst") ? 0 : checksum(file);
                lines.put(name, "%s %d %08x".formatted(name, Files.size(file), checksum));
            }
        }
        return String.join("\n", lines.values()) + "\n";
    }

    private static long checksum(Path file) throws IOException {
        var crc = new CRC32C();
        crc.update(Files.readAllBytes(file));
        return crc.getValue();
    }

    /// Compares what is there with what was left.
    ///
    /// @throws StoreDamaged if they differ; the message names the first file that does
    static void check(Path records, String left) throws IOException {
        var found = of(records).lines().toList();
        for (String line : left.lines().toList()) {
            if (!found.contains(line)) {
                throw new StoreDamaged(
                        records.toString(), "\"" + line + "\" was left (file, length, checksum), and is so no more");
            }
        }
        int files = left.lines().toList().size();
        if (found.size() != files) {
            throw new StoreDamaged(records.toString(), found.size() + " files are there where " + files + " were left");
        }
    }
}
