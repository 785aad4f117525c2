package io.millwright.node.api;

import io.helidon.webserver.http.ServerRequest;
import io.millwright.model.SignalName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One call of a [Route]: its parameters, read with messages for the caller.
final class Call {

    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long MAX_MILLIS = Long.MAX_VALUE / NANOS_PER_MILLI;

    private final ServerRequest request;
    private final JsonMapper json;

    Call(ServerRequest request, JsonMapper json) {
        this.request = request;
        this.json = json;
    }

    /// A path parameter, decoded.
    String path(String name) {
        return request.path().pathParameters().get(name);
    }

    /// A query parameter.
    Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    /// Every value of a query parameter.
    List<String> all(String name) {
        return request.query().all(name, List::of);
    }

    /// Every signal the query names.
    List<SignalName> signals() {
        return all("signal").stream().map(Call::signal).toList();
    }

    static SignalName signal(String text) {
        try {
            return SignalName.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /// A time, ISO 8601 or milliseconds since the epoch, as nanoseconds since the epoch.
    long nanos(String name, long otherwise) {
        return query(name).map(text -> parseNanos(name, text)).orElse(otherwise);
    }

    private static long parseNanos(String name, String text) {
        try {
            if (text.matches("-?\\d{1,19}(\\.\\d+)?")) {
                double millis = Double.parseDouble(text);
                if (Math.abs(millis) >= MAX_MILLIS) {
                    throw Problem.badRequest("`" + name + "` " + text + " lies outside the years 1677 to 2262");
                }
                return Math.round(millis * NANOS_PER_MILLI);
            }
            var instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw Problem.badRequest("`" + name + "` is \"" + text
                    + "\"; write a time as 2026-11-21T06:30:00Z or as milliseconds since 1970");
        }
    }

    /// A whole number between two bounds.
    int number(String name, int otherwise, int least, int most) {
        var text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.orElseThrow());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, together with numbers out of bounds.
        }
        throw Problem.badRequest(
                "`%s` is \"%s\"; give a whole number from %d to %d".formatted(name, text.orElseThrow(), least, most));
    }

    /// The body, as JSON. A request with another content type is refused: a page of another origin could send
    /// it.
    <T> T body(Class<T> type) {
        return body(type, MAX_BODY_BYTES);
    }

    /// As [#body(Class)], of at most so many bytes.
    <T> T body(Class<T> type, int bytesMax) {
        try {
            return json.readValue(bytes(bytesMax), type);
        } catch (JacksonException e) {
            throw Problem.badRequest("the body is not what is expected: " + e.getOriginalMessage());
        }
    }

    /// The body, as the text of a JSON document.
    String text() {
        return new String(bytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int bytesMax) {
        var contentType = request.headers().contentType();
        if (contentType.isEmpty()
                || !"application/json"
                        .equals(contentType.orElseThrow().mediaType().text())) {
            throw new Problem(415, "The body is of another kind", "send the body as Content-Type: application/json");
        }
        try (var in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new Problem(413, "The body is too large", "at most " + bytesMax + " bytes are taken");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.badRequest("the body did not arrive whole");
        }
    }
}
