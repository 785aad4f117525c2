package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import java.nio.charset.StandardCharsets;

/// What stands in [Rocks.Family#STATE].
final class StateKeys {

    /// A [StoreState].
    static final byte[] STATE = utf8("state");

    /// While a file of sorted records is taken in: the [StoreState] after it, and the first key in it.
    static final byte[] LOADING = utf8("loading");

    /// The prefixes, each in the case in which it was homed.
    static final byte[] HOMES = utf8("home ");

    /// Numbers of transactions, by the source that is followed.
    static final byte[] MIRRORED = utf8("mirrored ");

    /// The number before a leap of transactions' numbers, by the number behind it.
    static final byte[] LEAPS = utf8("leap ");

    /// What was given back to a restored store: three numbers, by the first of them.
    static final byte[] REJOINED = utf8("rejoined ");

    private StateKeys() {}

    static byte[] leap(long behind) {
        return utf8("leap " + behind);
    }

    static byte[] rejoined(long followed) {
        return utf8("rejoined " + followed);
    }

    static byte[] home(String prefix) {
        return utf8("home " + Handle.prefixKey(prefix));
    }

    static byte[] mirrored(String source) {
        return utf8("mirrored " + source);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] key, int from) {
        return new String(key, from, key.length - from, StandardCharsets.UTF_8);
    }
}
