package io.millwright.identity.record;

import io.millwright.identity.wire.Octets;
import io.millwright.model.Identifier;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A name of the Handle System as it travels: any text of at most [#MAX_BYTES] bytes of UTF-8 (RFC 3651, section 2).
///
/// Two handles are the same when they differ only in the case of ASCII letters; the case in which one was registered
/// is kept and given back (RFC 3652, section 2.1.3, leaves the choice to the service; registries of prefixes and the
/// public servers choose as we do). Letters outside ASCII are told apart by case.
public final class Handle implements Comparable<Handle> {

    /// The longest handle, in bytes of UTF-8.
    public static final int MAX_BYTES = 2048;

    /// What stands in a request that is about no handle: the empty prefix and suffix.
    public static final Handle BLANK = new Handle("/");

    /// The prefix of the handles that describe prefixes.
    public static final String PREFIX_AUTHORITY = "0.NA";

    /// What describes the root of all prefixes.
    public static final Handle ROOT = new Handle("0.NA/0.NA");

    private final String text;
    private final String key;

    private Handle(String text) {
        this.text = text;
        key = foldAscii(text);
    }

    /// @throws IllegalArgumentException if the text is longer than [#MAX_BYTES] in UTF-8, or no Unicode text: what has
    /// half a surrogate pair would be written as another name
    public static Handle of(String text) {
        int bytes = bytesOf(text);
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("handle has " + bytes + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        if (!isUnicode(text)) {
            throw new IllegalArgumentException("handle has half a surrogate pair and is no Unicode text");
        }
        return new Handle(text);
    }

    /// The handle that octets spell; nothing if they are too many or no UTF-8.
    public static Optional<Handle> spelled(Octets octets) {
        if (octets.length() > MAX_BYTES) {
            return Optional.empty();
        }
        String text = octets.text();
        return Octets.utf8(text).equals(octets) ? Optional.of(new Handle(text)) : Optional.empty();
    }

    /// 0 for texts that are short in any case.
    private static int bytesOf(String text) {
        return text.length() * 3 <= MAX_BYTES ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return StandardCharsets.UTF_8.newEncoder().canEncode(text);
            }
        }
        return true;
    }

    public static Handle of(Identifier identifier) {
        return new Handle(identifier.toString());
    }

    /// The handle that describes a prefix: `0.NA/88.118.7`.
    public static Handle ofPrefix(String prefix) {
        return of(PREFIX_AUTHORITY + "/" + prefix);
    }

    /// What stands before the first slash; empty if there is no slash.
    public String prefix() {
        return text.substring(0, Math.max(0, text.indexOf('/')));
    }

    /// What stands after the first slash; empty if there is no slash.
    public String suffix() {
        int slash = text.indexOf('/');
        return slash < 0 ? "" : text.substring(slash + 1);
    }

    /// Whether it has a prefix and a suffix, as every name that can be resolved does; the prefix has a name as well
    /// ([#ofPrefix]).
    public boolean isComplete() {
        int slash = text.indexOf('/');
        return slash > 0
                && slash < text.length() - 1
                && bytesOf(text.substring(0, slash)) < MAX_BYTES - PREFIX_AUTHORITY.length();
    }

    /// Whether it is a handle `0.NA/…`, which describes a prefix.
    public boolean describesPrefix() {
        return key.startsWith(PREFIX_AUTHORITY + "/");
    }

    /// Of a handle `0.NA/a.b`, the handle that describes the prefix above, `0.NA/a`; above `0.NA/a` stands the root,
    /// `0.NA/0.NA`.
    public Handle parentPrefix() {
        int dot = text.lastIndexOf('.');
        int slash = text.indexOf('/');
        return dot > slash ? new Handle(text.substring(0, dot)) : ROOT;
    }

    /// The text with ASCII letters in upper case: equal for equal handles.
    public String key() {
        return key;
    }

    /// ASCII letters to upper case, everything else as it is.
    static String foldAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 'a' && text.charAt(i) <= 'z') {
                return foldFrom(text, i);
            }
        }
        return text;
    }

    private static String foldFrom(String text, int start) {
        char[] folded = text.toCharArray();
        for (int i = start; i < folded.length; i++) {
            if (folded[i] >= 'a' && folded[i] <= 'z') {
                folded[i] = (char) (folded[i] - ('a' - 'A'));
            }
        }
        return new String(folded);
    }

    /// The form of a prefix under which it is looked up, ASCII letters in upper case.
    public static String prefixKey(String prefix) {
        return foldAscii(prefix);
    }

    @Override
    public int compareTo(Handle other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Handle handle && key.equals(handle.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /// The text in the case it was written in.
    @Override
    public String toString() {
        return text;
    }
}
