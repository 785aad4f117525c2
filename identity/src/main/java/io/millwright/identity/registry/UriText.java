package io.millwright.identity.registry;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// Text as part of a URI (RFC 3986): what is not plain is percent-encoded, slashes stay.
final class UriText {

    private UriText() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
