package io.millwright.node.command;

import io.millwright.node.runtime.RuntimeSettings;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a running plant keeps its data and where it listens. A mixin of `up` and `demo`.
public final class NodeOptions {

    private static final int PORT_MAX = 65_535;

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

    @Option(
            names = "--id-http-port",
            paramLabel = "PORT",
            description = "The identifier node's port for HTTP, at the same address (default: 8000, or a free one).")
    private Optional<Integer> doorsHttp = Optional.empty();

    @Option(
            names = "--id-dns-port",
            paramLabel = "PORT",
            description = "The identifier node's port for DNS, at the same address (default: 5300, or a free one).")
    private Optional<Integer> doorsDns = Optional.empty();

    private RuntimeSettings.Doors doors(InetSocketAddress node) {
        return new RuntimeSettings.Doors(
                port("--id-http-port", doorsHttp, node, RuntimeSettings.DOORS_HTTP_PORT),
                port("--id-dns-port", doorsDns, node, RuntimeSettings.DOORS_DNS_PORT));
    }

    private static int port(String option, Optional<Integer> given, InetSocketAddress node, int usual) {
        // Who takes any port for the node does not mind which the others are.
        int wanted = node.getPort() == 0 ? 0 : usual;
        int port = given.orElseGet(() ->
                Address.orFree(new InetSocketAddress(node.getAddress(), wanted)).getPort());
        if (port < 0 || port > PORT_MAX) {
            throw new UsageError(option + ": a port is a number from 0 to " + PORT_MAX + ", not " + port);
        }
        return port;
    }

    /// The data folder, by default one of this name.
    public Path folder(String name) {
        return data == null ? DataFolder.usual(name) : data;
    }

    /// The settings of a node that takes its ports as they are given.
    public RuntimeSettings settings(String name) {
        return new RuntimeSettings(folder(name), http, handle, doors(handle), Map.of());
    }

    /// The settings of a node that takes other ports where these are taken.
    RuntimeSettings settingsOnFreePorts(String name, Map<String, String> endpoints) {
        var free = Address.orFree(handle);
        return new RuntimeSettings(folder(name), Address.orFree(http), free, doors(free), endpoints);
    }
}
