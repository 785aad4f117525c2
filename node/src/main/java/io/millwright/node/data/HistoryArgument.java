package io.millwright.node.data;

import io.millwright.model.SignalName;
import io.millwright.node.command.DataFolder;
import io.millwright.node.command.NodeArgument;
import io.millwright.node.command.UsageError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which history, and which part of it: the options that the commands share.
final class HistoryArgument {

    private static final long SECOND = 1_000_000_000;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data folder of a node that is not running (default: that of the demonstration plant).")
    private @Nullable Path data;

    @Option(names = "--at", paramLabel = "URL", description = "Ask a running node, e.g. http://127.0.0.1:8420.")
    private @Nullable String at;

    @Option(
            names = "--token",
            paramLabel = "FILE",
            description = "With --at: the file of the node's token, security/token of its data folder.")
    private @Nullable Path token;

    @Option(names = "--from", paramLabel = "TIME", description = "Source time of the first sample, ISO 8601.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "End of the range, exclusive, ISO 8601.")
    private @Nullable String to;

    History open() {
        if (at != null && data != null) {
            throw new UsageError("give --data or --at, not both");
        }
        if (token != null && at == null) {
            throw new UsageError("--token goes with --at; a folder needs none");
        }
        return at != null ? new NodeHistory(at, NodeArgument.token(token)) : FolderHistory.open(folder(data), false);
    }

    static Path folder(@Nullable Path given) {
        return given == null ? DataFolder.usual("demo") : given;
    }

    long fromNanos() {
        return from == null ? Long.MIN_VALUE : nanos(from);
    }

    long toNanos() {
        return to == null ? Long.MAX_VALUE : nanos(to);
    }

    /// The signals named, or all.
    static List<SignalName> chosen(History history, List<String> named) {
        var there = history.signals();
        if (named.isEmpty()) {
            return there;
        }
        var chosen = named.stream().map(HistoryArgument::signal).toList();
        chosen.stream().filter(name -> !there.contains(name)).findFirst().ifPresent(name -> {
            throw new UsageError("there is no history of " + name + "; there is of "
                    + String.join(
                            ", ", there.stream().limit(10).map(Object::toString).toList())
                    + (there.size() > 10 ? " and " + (there.size() - 10) + " others" : ""));
        });
        return chosen;
    }

    static SignalName signal(String text) {
        try {
            return SignalName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageError(String.valueOf(e.getMessage()));
        }
    }

    /// Reads a time: ISO 8601 with `Z` or an offset, or milliseconds since 1970.
    ///
    /// @throws UsageError if it is none
    static long nanos(String text) {
        try {
            if (text.matches("-?[0-9]+(\\.[0-9]+)?")) {
                return new BigDecimal(text).movePointRight(6).longValueExact();
            }
            Instant instant = OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), SECOND), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageError(
                    "\"" + text + "\" is not a time: write 2026-11-21T06:00:00Z or milliseconds since 1970");
        }
    }

    static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
                .toString();
    }
}
