package io.millwright.node.runtime;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/// What a node is told beside the plant file.
///
/// @param folder where the node keeps what must survive: journal, segments, its certificate
/// @param http where the API and the console listen
/// @param handle where the identifier node listens
/// @param doors where else it answers for identifiers
/// @param endpoints endpoints to use instead of those in the plant file, by connection name
public record RuntimeSettings(
        Path folder, InetSocketAddress http, InetSocketAddress handle, Doors doors, Map<String, String> endpoints) {

    /// Ports at the identifier node's address; 0 for a free one.
    ///
    /// @param http the Handle REST API, GS1 Digital Link, DIDs and others
    /// @param dns object identifiers, UDP and TCP
    public record Doors(int http, int dns) {
        /// Free ports.
        public static final Doors FREE = new Doors(0, 0);
    }

    /// The usual port of the API and the console.
    public static final int HTTP_PORT = 8420;
    /// The port of the Handle protocol (RFC 3652).
    public static final int HANDLE_PORT = 2641;

    /// The port of the Handle System's HTTP interface.
    public static final int DOORS_HTTP_PORT = 8000;
    /// A port for DNS that takes no privileges.
    public static final int DOORS_DNS_PORT = 5300;

    public RuntimeSettings {
        endpoints = Map.copyOf(endpoints);
    }

    /// The folder of this node's certificate, its private key and the peers it trusts.
    public Path securityFolder() {
        return folder.resolve("security");
    }
}
