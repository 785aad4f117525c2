package io.millwright.connect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a device listens.
///
/// @param host a name or an address; an IPv6 address without brackets
/// @param port 1 to 65535
public record HostPort(String host, int port) {

    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?");

    public HostPort {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
    }

    /// Reads `host`, `host:port`, `[ipv6]` or `[ipv6]:port`.
    ///
    /// @param usualPort the port where the text gives none
    /// @throws IllegalArgumentException if the text is none of these; the message says what would be right
    public static HostPort parse(String text, int usualPort) {
        Matcher m = FORM.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not host:port, e.g. 192.168.0.10:" + usualPort);
        }
        String host = m.group(1) != null ? m.group(1) : m.group(2);
        return new HostPort(host, m.group(3) == null ? usualPort : Integer.parseInt(m.group(3)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
