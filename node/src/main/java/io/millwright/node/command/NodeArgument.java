package io.millwright.node.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which running node a command talks to. A mixin.
public final class NodeArgument {
    @Option(
            names = "--at",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8420",
            description = "The running node (default: ${DEFAULT-VALUE}).")
    private String at = "";

    @Option(
            names = "--token",
            paramLabel = "FILE",
            description = "The file of the node's token, security/token of its data folder; not needed on loopback.")
    private @Nullable Path token;

    /// A client of that node.
    public NodeClient open() {
        return new NodeClient(at, token(token));
    }

    /// The token in a file.
    ///
    /// @throws UsageError if the file cannot be read
    public static Optional<String> token(@Nullable Path file) {
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UsageError("--token: " + file + " cannot be read: " + IoReason.of(e));
        }
    }
}
