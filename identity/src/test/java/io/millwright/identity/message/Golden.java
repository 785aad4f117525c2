package io.millwright.identity.message;

import io.millwright.identity.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// Bytes made by another implementation, kept as hex text: lines that begin with `#` say what and by whom.
public final class Golden {

    /// Every message, without envelope.
    public static final List<String> MESSAGES = List.of(
            "resolution-request",
            "filtered-request",
            "resolution-response",
            "digest-response",
            "error-response",
            "service-referral",
            "prefix-referral",
            "site-request",
            "site-response",
            "mac-request",
            "create-request",
            "add-request",
            "modify-request",
            "remove-request",
            "delete-request",
            "list-handles-request",
            "list-handles-response",
            "home-request",
            "unhome-request",
            "list-prefixes-request",
            "list-prefixes-response",
            "delete-response",
            "create-response",
            "create-response-empty",
            "challenge",
            "challenge-answer",
            "verify-request",
            "verify-response",
            "session-request-dh",
            "session-request-server",
            "session-request-handle",
            "session-response",
            "key-exchange-request",
            "terminate-request",
            "next-transaction-request",
            "next-transaction-response",
            "transactions-request",
            "dump-request",
            "dump-request-from");

    private Golden() {}

    public static Octets read(String name) {
        try (var in = Golden.class.getResourceAsStream("/io/millwright/identity/golden/" + name + ".hex")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            String hex = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining());
            return Octets.hex(hex.replace(" ", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Message message(String name) throws Exception {
        byte[] bytes = read(name).toByteArray();
        return Message.decode(bytes, 0, bytes.length);
    }
}
