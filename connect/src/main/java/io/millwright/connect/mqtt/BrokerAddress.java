package io.millwright.connect.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/// Where a broker listens.
///
/// @param host name or address
/// @param port 1 to 65535
/// @param tls whether the connection is encrypted
public record BrokerAddress(String host, int port, boolean tls) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    /// How the endpoint of a plain MQTT connection may begin, the one with TLS last.
    public static final List<String> SCHEMES = List.of("mqtt", "mqtts");

    /// Reads `mqtt://host:1883` or `mqtts://host:8883`; the port may be left out.
    ///
    /// @param schemes how it may begin, those with TLS ending in `s`
    /// @throws IllegalArgumentException if the text is not such an address; the message says what would be right
    public static BrokerAddress parse(String endpoint, List<String> schemes) {
        URI uri;
        try {
            uri = new URI(endpoint);
        } catch (URISyntaxException e) {
            throw wrong(endpoint);
        }
        boolean known = uri.getScheme() != null && schemes.contains(uri.getScheme());
        boolean tls = known && uri.getScheme().endsWith("s");
        boolean more = uri.getRawPath() != null && uri.getRawPath().length() > 1
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null;
        if (!known || uri.getHost() == null || more || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw wrong(endpoint);
        }
        String host = uri.getHost();
        if (host.startsWith("[")) {
            host = host.substring(1, host.length() - 1);
        }
        int usual = tls ? TLS_PORT : PORT;
        return new BrokerAddress(host, uri.getPort() < 0 ? usual : uri.getPort(), tls);
    }

    private static IllegalArgumentException wrong(String endpoint) {
        return new IllegalArgumentException("\"" + endpoint
                + "\" is not the address of a broker; write mqtt://host:1883, or mqtts://host:8883 for TLS");
    }

    @Override
    public String toString() {
        return (tls ? "mqtts://" : "mqtt://") + host + ":" + port;
    }
}
