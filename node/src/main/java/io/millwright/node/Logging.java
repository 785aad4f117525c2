package io.millwright.node;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;

/// Logs go to standard error, one line each and without stack traces.
final class Logging {

    /// Held, because the logging framework keeps named loggers by weak references only.
    private static final Logger ROOT = Logger.getLogger("");

    /// Libraries that report a broken or hostile peer as their own failure; the links tell the user what happened. And
    /// one that regrets a machine without a network card.
    private static final List<Logger> QUIET = Stream.of(
                    "org.eclipse.milo", "com.digitalpetri", "io.netty.util.internal.MacAddressUtil")
            .map(Logger::getLogger)
            .toList();

    private Logging() {}

    static void configure() {
        var level = Level.parse(System.getProperty("mw.log", "WARNING"));
        for (var handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var console = new ConsoleHandler();
        console.setFormatter(new OneLine());
        console.setLevel(level);
        ROOT.addHandler(console);
        ROOT.setLevel(level);
        if (level.intValue() > Level.FINE.intValue()) {
            QUIET.forEach(logger -> logger.setLevel(Level.OFF));
        }
    }

    /// Keeps what an unexpected failure says in a file.
    ///
    /// @return the file, or where the details went instead
    static String keep(Throwable failure) {
        try {
            Path file = Files.createTempFile("mw-failure-", ".log");
            try (var out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                failure.printStackTrace(out);
            }
            return file.toString();
        } catch (IOException e) {
            return "no file (" + e.getMessage() + ")";
        }
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord log) {
            var text = new StringBuilder()
                    .append(Instant.ofEpochMilli(log.getMillis()).truncatedTo(ChronoUnit.MILLIS))
                    .append(' ')
                    .append(log.getLevel().getName().toLowerCase(java.util.Locale.ROOT))
                    .append(' ')
                    .append(formatMessage(log));
            if (log.getThrown() != null) {
                text.append(": ").append(log.getThrown());
            }
            return text.append(System.lineSeparator()).toString();
        }
    }
}
