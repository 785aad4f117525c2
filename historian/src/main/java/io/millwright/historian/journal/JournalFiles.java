package io.millwright.historian.journal;

import io.millwright.model.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// How journal files are named: `journal-0000000001.mwj`, with `.damaged` behind once damage was found in one, and
/// `.new` while it is being created.
public final class JournalFiles {

    /// Behind the name of a file that is not finished; what has it after a crash is deleted.
    public static final String TEMPORARY = ".new";
    /// Behind the name of a file that is set aside.
    public static final String DAMAGED = ".damaged";

    private static final String BEFORE = "journal-";
    private static final String BEHIND = ".mwj";

    private JournalFiles() {}

    /// The name of the file of this number.
    public static String name(long number) {
        return "%s%010d%s".formatted(BEFORE, number, BEHIND);
    }

    /// One file found.
    ///
    /// @param number its number
    /// @param name its name
    public record Found(long number, String name) {
        /// Whether it was set aside as damaged.
        public boolean isDamaged() {
            return name.endsWith(DAMAGED);
        }
    }

    /// Deletes what a failed creation left; it would take space on a disk that may be full.
    static void removeLeftover(Disk disk, String temporary) throws IOException {
        try {
            disk.delete(temporary);
        } catch (NoSuchFileException e) {
            return; // The usual case.
        }
    }

    /// The journal files of a disk in order of number, damaged ones included.
    public static List<Found> list(Disk disk) throws IOException {
        var found = new ArrayList<Found>();
        for (String name : disk.list()) {
            String plain = name.endsWith(DAMAGED) ? name.substring(0, name.length() - DAMAGED.length()) : name;
            if (plain.startsWith(BEFORE) && plain.endsWith(BEHIND)) {
                String digits = plain.substring(BEFORE.length(), plain.length() - BEHIND.length());
                if (digits.matches("[0-9]{10,18}")) {
                    found.add(new Found(Long.parseLong(digits), name));
                }
            }
        }
        found.sort((a, b) -> Long.compare(a.number(), b.number()));
        return found;
    }
}
