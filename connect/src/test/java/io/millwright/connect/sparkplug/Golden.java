package io.millwright.connect.sparkplug;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Collectors;

/// Payloads recorded as text: hexadecimal digits, with lines that begin with `#` telling what they are and where they
/// come from.
final class Golden {

    private Golden() {}

    static byte[] bytes(String name) {
        try (var in = Golden.class.getResourceAsStream(name + ".hex")) {
            if (in == null) {
                throw new AssertionError("there is no " + name + ".hex");
            }
            String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.joining());
            return HexFormat.of().parseHex(hex);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
