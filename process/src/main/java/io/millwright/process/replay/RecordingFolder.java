package io.millwright.process.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A folder of recordings: with a `recording.yaml` that describes its files, or of known files.
public final class RecordingFolder {

    /// The description's name.
    public static final String DESCRIPTION = "recording.yaml";

    private RecordingFolder() {}

    /// Reads every recording of a folder, or a single file, in the order of their names. Files that the description
    /// does not mean, or that are not known, are left out.
    ///
    /// @throws RecordingError if there is none, or one is wrong
    public static List<Recording> read(Path path) throws RecordingError, IOException {
        boolean single = Files.isRegularFile(path);
        if (!single && !Files.isDirectory(path)) {
            throw new RecordingError(path + " is neither a file nor a folder");
        }
        Path absolute = path.toAbsolutePath();
        Path folder = single ? Optional.ofNullable(absolute.getParent()).orElse(absolute) : absolute;
        Path description = folder.resolve(DESCRIPTION);
        Optional<RecordingDescription> described =
                Files.exists(description) ? Optional.of(RecordingDescription.read(description)) : Optional.empty();
        var recordings = new ArrayList<Recording>();
        for (var file : single ? List.of(absolute) : files(folder)) {
            var format = described.isPresent() ? described.get().formatOf(file) : known(file);
            if (format.isPresent()) {
                recordings.add(RecordingReader.read(file, format.get()));
            }
        }
        if (recordings.isEmpty()) {
            throw new RecordingError(path + " holds no recording that is known; describe its files in " + description);
        }
        return recordings;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static Optional<RecordingFormat> known(Path file) throws IOException {
        try (var lines = Files.newBufferedReader(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            String first = lines.readLine();
            return KnownRecordings.of(String.valueOf(file.getFileName()), first == null ? "" : first);
        }
    }
}
