package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.util.stream.Collectors;

/// A handle value's data as people read it: of `HS_ADMIN` who it names, of `HS_SITE` the doors of its servers, of
/// anything else the text if it is printable, otherwise the octets in hexadecimal.
public final class ValueText {

    private ValueText() {}

    /// The data of the value; never empty of meaning, never a control character.
    public static String of(HandleValue value) {
        try {
            return switch (value.type()) {
                case ValueTypes.HS_ADMIN ->
                    Printable.of(Administrator.decode(value.data()).reference().toString());
                case ValueTypes.HS_SITE -> doors(Site.decode(value.data()));
                default -> text(value.data());
            };
        } catch (MalformedException e) {
            return text(value.data());
        }
    }

    private static String doors(Site site) {
        return site.servers().stream()
                .flatMap(server -> server.doors().stream()
                        .map(door -> protocol(door.protocol()) + " "
                                + server.inetAddress().getHostAddress() + ":" + door.port()))
                .collect(Collectors.joining(", "));
    }

    private static String protocol(int number) {
        return switch (number) {
            case 0 -> "UDP";
            case 1 -> "TCP";
            case 2 -> "HTTP";
            case 3 -> "HTTPS";
            default -> "protocol " + number;
        };
    }

    private static String text(Octets data) {
        String text = data.text();
        return text.equals(Printable.of(text)) ? text : "hex " + data;
    }
}
