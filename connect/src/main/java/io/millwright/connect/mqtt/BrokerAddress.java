package io.millwright.connect.mqtt;

import java.net.URI;
import java.net.URISyntaxException;

/// Where a broker listens.
///
/// @param host name or address
/// @param port 1 to 65535
/// @param tls whether the connection is encrypted
public record BrokerAddress(String host, int port, boolean tls) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    /// Reads `mqtt://host:1883` or `mqtts://host:8883`; the port may be left out.
    ///
    /// @throws IllegalArgumentException if the text is not such an address; the message says what would be right
    public static BrokerAddress parse(String endpoint) {
        URI uri;
        try {
            uri = new URI(endpoint);
        } catch (URISyntaxException e) {
            throw wrong(endpoint);
        }
        boolean tls = "mqtts".equals(uri.getScheme());
        boolean plain = "mqtt".equals(uri.getScheme());
        boolean more = uri.getRawPath() != null && uri.getRawPath().length() > 1
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getRawUserInfo() != null;
        if (!tls && !plain || uri.getHost() == null || more || uri.getPort() == 0 || uri.getPort() > 65535) {
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
