package io.millwright.node.tree;

import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Printable;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Values of records as the API tells them and takes them.
final class Values {

    private static final int REVISION_BYTES = 16;
    private static final long UNSIGNED_MAX = 0xffff_ffffL;
    private static final int ALL_PERMISSIONS = 15;

    private Values() {}

    static List<TreeViews.ValueView> views(HandleRecord told) {
        return told.values().stream().map(Values::view).toList();
    }

    static TreeViews.ValueView view(HandleValue value) {
        var text = text(value.data());
        return new TreeViews.ValueView(
                Integer.toUnsignedLong(value.index()),
                Printable.of(value.type()),
                ValueText.of(value),
                text.orElse(null),
                text.isPresent()
                        ? null
                        : Base64.getEncoder().encodeToString(value.data().toByteArray()),
                value.permissions().bits(),
                value.ttl().type(),
                Integer.toUnsignedLong(value.ttl().seconds()),
                Integer.toUnsignedLong(value.timestampSeconds()));
    }

    /// Nothing if the octets are not the text that its octets are.
    private static Optional<String> text(Octets data) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data.toByteArray()))
                    .toString();
            boolean readable = text.codePoints().allMatch(c -> c == '\n' || c == '\t' || !Character.isISOControl(c));
            return readable ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /// The value that is described, with the references and the timestamp of the one before it.
    ///
    /// @throws RefusedException if it describes none
    static HandleValue value(TreeViews.GivenView given, Optional<HandleValue> before) {
        if (given.index() < 1 || given.index() > Integer.MAX_VALUE) {
            throw RefusedException.wrong("index " + given.index() + ": a value's index is from 1 to 2147483647");
        }
        var type = Objects.requireNonNullElse(given.type(), "");
        if (type.isBlank() || type.endsWith(".") || type.length() > HandleValue.MAX_TYPE_BYTES / 3) {
            throw RefusedException.wrong(
                    "value " + given.index() + ": its type is a word such as URL; it does not end with a dot");
        }
        long ttl = Objects.requireNonNullElse(given.ttl(), (long) TimeToLive.DAY.seconds());
        int ttlType = Objects.requireNonNullElse(given.ttlType(), 0);
        if (ttl < 0 || ttl > UNSIGNED_MAX || ttlType < 0 || ttlType > 1) {
            throw RefusedException.wrong("value " + given.index() + ": `ttl` is from 0 to 4294967295 seconds");
        }
        int permissions = Objects.requireNonNullElse(given.permissions(), Permissions.PUBLISHED.bits());
        if (permissions < 0 || permissions > ALL_PERMISSIONS) {
            throw RefusedException.wrong("value " + given.index() + ": `permissions` is from 0 to 15");
        }
        return new HandleValue(
                (int) given.index(),
                type,
                data(given),
                new Permissions(permissions),
                new TimeToLive(ttlType, (int) ttl),
                before.map(HandleValue::timestampSeconds).orElse(0),
                before.map(HandleValue::references).orElse(List.of()));
    }

    private static Octets data(TreeViews.GivenView given) {
        var data = octets(given);
        if (data.length() > HandleValue.MAX_DATA_BYTES) {
            throw RefusedException.wrong(
                    "value " + given.index() + ": its data has at most " + HandleValue.MAX_DATA_BYTES + " octets");
        }
        return data;
    }

    private static Octets octets(TreeViews.GivenView given) {
        var base64 = given.base64();
        if (base64 == null) {
            return Octets.utf8(Objects.requireNonNullElse(given.text(), ""));
        }
        try {
            return Octets.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrong("value " + given.index() + ": its data is not Base64 (RFC 4648, section 4)");
        }
    }

    /// Whether nobody could tell one from the other, but by when they were written.
    static boolean isSame(HandleValue a, HandleValue b) {
        return a.type().equals(b.type())
                && a.data().equals(b.data())
                && a.permissions().equals(b.permissions())
                && a.ttl().equals(b.ttl())
                && a.references().equals(b.references());
    }

    /// Names what a record is at a moment: other values have another revision.
    static String revision(HandleRecord told) {
        var out = new WireWriter(1024);
        told.values().stream()
                .sorted(Comparator.comparingInt(HandleValue::index))
                .forEach(value -> value.write(out));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(out.toOctets().toByteArray());
            return HexFormat.of().formatHex(digest, 0, REVISION_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("SHA-256 is part of the platform", e);
        }
    }
}
