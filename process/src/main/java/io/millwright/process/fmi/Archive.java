package io.millwright.process.fmi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The zip archive that an FMU is. What is unpacked is counted as it comes, whatever the archive says of its
/// size.
final class Archive {

    static final int ENTRIES_MAX = 10_000;
    static final int NAME_LENGTH_MAX = 500;
    static final long DESCRIPTION_BYTES_MAX = 32L << 20;
    static final long UNPACKED_BYTES_MAX = 1L << 30;

    private final Path file;
    private final List<String> names;

    private Archive(Path file, List<String> names) {
        this.file = file;
        this.names = names;
    }

    /// @throws FmuError if the file is no archive, or one that is refused
    static Archive open(Path file) {
        try (var zip = zip(file)) {
            if (zip.size() > ENTRIES_MAX) {
                throw new FmuError(file + ": has " + zip.size() + " entries; at most " + ENTRIES_MAX + " are read");
            }
            var names = new TreeSet<String>();
            var entries = zip.entries();
            while (entries.hasMoreElements()) {
                String name = entries.nextElement().getName();
                check(file, name);
                if (!names.add(name)) {
                    throw new FmuError(file + ": has two entries " + Shown.quoted(name) + "; which is meant?");
                }
            }
            return new Archive(file, List.copyOf(names));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /// Only names that stay beneath the folder they are unpacked into, on every system.
    private static void check(Path file, String name) {
        boolean escapes = name.isEmpty()
                || name.startsWith("/")
                || name.indexOf('\\') >= 0
                || name.indexOf(':') >= 0
                || name.chars().anyMatch(Character::isISOControl)
                || List.of(name.split("/")).contains("..")
                || List.of(name.split("/")).contains(".");
        if (escapes || name.length() > NAME_LENGTH_MAX) {
            throw new FmuError(file + ": the entry " + Shown.quoted(name)
                    + " is refused: names are relative, with / between"
                    + " folders, without .. and drive letters, and of at most " + NAME_LENGTH_MAX + " characters");
        }
    }

    /// The names of all entries, in their order.
    List<String> names() {
        return names;
    }

    /// The content of modelDescription.xml.
    byte[] description() {
        try (var zip = zip(file)) {
            var entry = zip.getEntry("modelDescription.xml");
            if (entry == null || entry.isDirectory()) {
                throw new FmuError(file + ": has no modelDescription.xml at its top, so it is no FMU");
            }
            try (var in = zip.getInputStream(entry)) {
                byte[] content = in.readNBytes((int) DESCRIPTION_BYTES_MAX + 1);
                if (content.length > DESCRIPTION_BYTES_MAX) {
                    throw new FmuError(
                            file + ": modelDescription.xml is longer than " + (DESCRIPTION_BYTES_MAX >> 20) + " MB");
                }
                return content;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    /// Unpacks what a running FMU needs: its resources and the binaries of one platform.
    void unpack(String binaries, Path folder) {
        try (var zip = zip(file)) {
            long left = UNPACKED_BYTES_MAX;
            for (var name : names) {
                var entry = zip.getEntry(name);
                if (entry != null && (name.startsWith("resources/") || name.startsWith(binaries + "/"))) {
                    left -= unpack(zip, entry, folder.resolve(name), left);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e);
        }
    }

    private long unpack(ZipFile zip, ZipEntry entry, Path target, long left) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return 0;
        }
        Files.createDirectories(target.getParent());
        try (var in = zip.getInputStream(entry);
                var out = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
            return copy(in, out, left);
        }
    }

    private long copy(InputStream in, OutputStream out, long left) throws IOException {
        var buffer = new byte[1 << 16];
        long copied = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            copied += n;
            if (copied > left) {
                throw new FmuError(file + ": unpacks to more than " + (UNPACKED_BYTES_MAX >> 20) + " MB");
            }
            out.write(buffer, 0, n);
        }
        return copied;
    }

    private static ZipFile zip(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FmuError(file + ": is a folder; an FMU is a file");
        }
        return new ZipFile(file.toFile());
    }

    /// Deletes a folder that was unpacked into, as far as that goes.
    static void delete(Path folder) {
        var paths = new ArrayList<Path>();
        try (var walk = Files.walk(folder)) {
            walk.forEach(paths::add);
            for (var path : paths.reversed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException _) {
            // What is left lies in the system's temporary folder, which the system clears.
        }
    }

    private static FmuError unreadable(Path file, Exception e) {
        return new FmuError(
                e instanceof NoSuchFileException
                        ? file + ": there is no such file"
                        : file + ": is no zip archive that can be read: " + e.getMessage());
    }
}
