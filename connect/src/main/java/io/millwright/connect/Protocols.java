package io.millwright.connect;

import io.millwright.connect.Protocol.Problem;
import io.millwright.model.Connection;
import io.millwright.model.Told;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The protocols that a node speaks.
///
/// @param all each of them, in the order to be shown
public record Protocols(List<Protocol> all) {

    public Protocols {
        all = List.copyOf(all);
    }

    public static Protocols of(Protocol... all) {
        return new Protocols(List.of(all));
    }

    /// The protocol of this name, as plant files write it.
    public Optional<Protocol> named(String name) {
        return all.stream().filter(p -> p.name().equals(name)).findFirst();
    }

    /// The names of all, in order.
    public List<String> names() {
        return all.stream().map(Protocol::name).toList();
    }

    /// Everything wrong with a connection, its protocol's name included.
    public List<Problem> check(Connection connection) {
        return named(connection.protocol())
                .map(p -> p.check(connection))
                .orElseGet(() -> List.of(new Problem("protocol", unknown(connection.protocol()))));
    }

    /// A link to the connection's device.
    ///
    /// @throws LinkException if the connection is wrong; the message names every mistake
    public Link open(Connection connection, LinkContext context) throws LinkException {
        List<Problem> problems = check(connection);
        if (!problems.isEmpty()) {
            throw new LinkException(Told.of("connection-wrong", "{connection}: {problems}")
                    .with("connection", connection.name())
                    .with("problems", inOneLine(problems)));
        }
        return named(connection.protocol()).orElseThrow().open(connection, context);
    }

    /// Whether the text is a bare endpoint rather than the name of a connection.
    public static boolean isBareEndpoint(String text) {
        return text.contains("://");
    }

    /// Reads a bare endpoint: a URI whose scheme names the protocol and whose query holds settings, e.g.
    /// `modbus-tcp://host:1502?unit=1` or `opc.tcp://host:4840/path?security=None`.
    ///
    /// @throws IllegalArgumentException if it is none, or anything in it is wrong; the message says what
    public Connection parse(String text) {
        int colon = text.indexOf("://");
        if (colon < 0) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not an endpoint; write e.g. opc.tcp://host:4840 or modbus-tcp://host:502?unit=1");
        }
        String scheme = text.substring(0, colon);
        Protocol protocol = all.stream()
                .filter(p -> p.schemes().contains(scheme))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no protocol is known by " + scheme + "://; there are " + String.join(", ", schemes())));
        int query = text.indexOf('?');
        String endpoint = query < 0 ? text : text.substring(0, query);
        Map<String, String> settings = query < 0 ? Map.of() : settings(text.substring(query + 1));
        var connection = new Connection(endpoint, protocol.name(), endpoint, settings);
        List<Problem> problems = protocol.check(connection);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(inOneLine(problems));
        }
        return connection;
    }

    private TreeSet<String> schemes() {
        var schemes = new TreeSet<String>();
        all.forEach(p -> p.schemes().forEach(s -> schemes.add(s + "://")));
        return schemes;
    }

    private String unknown(String name) {
        return "there is no protocol \"" + name + "\"; there are " + String.join(", ", names());
    }

    private static Map<String, String> settings(String query) {
        var settings = new LinkedHashMap<String, String>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("\"" + part + "\" is not a setting; write ?name=value&name=value");
            }
            settings.put(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
        }
        return settings;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String inOneLine(List<Problem> problems) {
        return String.join(
                "; ",
                problems.stream().map(p -> p.setting() + ": " + p.message()).toList());
    }
}
