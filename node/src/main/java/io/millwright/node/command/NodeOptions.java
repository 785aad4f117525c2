package io.millwright.node.command;

import io.millwright.node.runtime.RuntimeSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a running plant keeps its data and where it listens. A mixin of `up` and `demo`.
final class NodeOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Where the data is kept (default: a folder of the plant's name in ~/.local/state/millwright).")
    private @Nullable Path data;

    @Option(
            names = "--http",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:8420",
            description = "Where API and console listen (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress http = new InetSocketAddress(RuntimeSettings.HTTP_PORT);

    @Option(
            names = "--handle",
            paramLabel = "HOST:PORT",
            converter = Address.class,
            defaultValue = "127.0.0.1:2641",
            description = "Where the identifier node listens (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress handle = new InetSocketAddress(RuntimeSettings.HANDLE_PORT);

    /// The data folder, by default one of this name.
    Path folder(String name) {
        return data == null ? DataFolder.usual(name) : data;
    }

    /// The settings of a node that takes its ports as they are given.
    RuntimeSettings settings(String name) {
        return new RuntimeSettings(folder(name), http, handle, Map.of());
    }

    /// The settings of a node that takes other ports where these are taken.
    RuntimeSettings settingsOnFreePorts(String name, Map<String, String> endpoints) {
        return new RuntimeSettings(folder(name), Address.orFree(http), Address.orFree(handle), endpoints);
    }
}
