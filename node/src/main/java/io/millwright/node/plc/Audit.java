package io.millwright.node.plc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Who did what to the control logic: a file of JSON lines that only grows.
final class Audit {
    private static final Logger LOG = LoggerFactory.getLogger(Audit.class);

    private final Path file;

    /// @throws IOException if the folder cannot be made
    Audit(Path file) throws IOException {
        this.file = file;
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }

    /// Writes a record down. What cannot be written is logged: control goes on.
    synchronized void write(Object change) {
        String line = JsonMapper.shared().writeValueAsString(change) + "\n";
        try {
            Files.writeString(
                    file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.DSYNC);
        } catch (IOException e) {
            LOG.warn("{} cannot be written ({}); lost: {}", file, e.getMessage(), line.strip());
        }
    }
}
