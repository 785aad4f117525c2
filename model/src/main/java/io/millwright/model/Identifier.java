package io.millwright.model;

import java.nio.charset.StandardCharsets;

/// The globally unique name of an asset, e.g. `88.118.7/pump-1`.
///
/// The form is a handle (RFC 3651, section 2): a prefix of segments separated by dots, a slash, and a suffix of any
/// printable Unicode characters. The whole is at most [#MAX_BYTES] bytes of UTF-8.
///
/// @param prefix names the registrant, e.g. `88.118.7`; not empty, no slash, no empty segment
/// @param suffix names the thing within the prefix, e.g. `pump-1`; not empty
public record Identifier(String prefix, String suffix) {

    /// The longest identifier, in bytes of UTF-8.
    public static final int MAX_BYTES = 2048;

    public Identifier {
        requirePrefix(prefix);
        if (suffix.isEmpty()) {
            throw new IllegalArgumentException("identifier has no suffix; write it as " + prefix + "/name");
        }
        requirePrintable(suffix);
        int bytes = (prefix + "/" + suffix).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "identifier has " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
        }
    }

    /// Reads `prefix/suffix`. The first slash separates the two.
    ///
    /// @throws IllegalArgumentException if the text is not an identifier; the message says why
    public static Identifier parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" has no slash; an identifier is prefix/suffix, e.g. 88.118.7/pump-1");
        }
        return new Identifier(text.substring(0, slash), text.substring(slash + 1));
    }

    /// Checks that the text can stand before the slash.
    ///
    /// @throws IllegalArgumentException if it cannot; the message says why
    public static void requirePrefix(String prefix) {
        if (prefix.isEmpty() || prefix.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "\"" + prefix + "\" is not a prefix; write segments separated by dots, e.g. 88.118.7");
        }
        if (prefix.startsWith(".") || prefix.endsWith(".") || prefix.contains("..")) {
            throw new IllegalArgumentException("prefix \"" + prefix + "\" has an empty segment");
        }
        requirePrintable(prefix);
    }

    private static void requirePrintable(String text) {
        text.codePoints().filter(Character::isISOControl).findAny().ifPresent(c -> {
            throw new IllegalArgumentException("identifier contains the control character U+%04X".formatted(c));
        });
    }

    @Override
    public String toString() {
        return prefix + "/" + suffix;
    }
}
