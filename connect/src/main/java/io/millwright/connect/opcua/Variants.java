package io.millwright.connect.opcua;

import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Value;
import java.lang.reflect.Array;
import java.util.Base64;
import java.util.StringJoiner;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.XmlElement;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.ULong;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/// The protocol's values as ours.
final class Variants {

    /// 1970-01-01 in units of 100 ns since 1601-01-01 (OPC 10000-6, 5.2.2.5).
    private static final long EPOCH_TICKS = 116_444_736_000_000_000L;
    private static final long NANOS_PER_TICK = 100;
    private static final long MOST_TICKS = Long.MAX_VALUE / NANOS_PER_TICK;
    private static final int MOST_ELEMENTS = 10_000;

    private Variants() {}

    /// A reading with its status unchanged, and the source's time, the server's where there is none, ours where there
    /// is neither.
    ///
    /// @param element whether one element of an array was asked for, which arrives as an array of one
    static Reading reading(DataValue from, boolean element, long now) {
        Object raw = from.value().value();
        Value value = value(element ? only(raw) : raw);
        int status = (int) from.statusCode().value();
        Quality quality = status == 0 ? Quality.GOOD : new Quality(status);
        if (value instanceof Value.Missing && raw != null && !quality.isBad()) {
            quality = Quality.BAD_NOT_SUPPORTED;
        }
        return new Reading(value, quality, nanos(from, now));
    }

    /// The time of a value, nanoseconds since the epoch, at the 100 ns of the protocol.
    static long nanos(DataValue from, long now) {
        DateTime source = from.sourceTime();
        return source == null || source.utcTime() == 0 ? serverNanos(from, now) : nanos(source);
    }

    /// When the server last knew a value to hold, or now if it does not say.
    static long serverNanos(DataValue from, long now) {
        DateTime server = from.serverTime();
        return server == null || server.utcTime() == 0 ? now : nanos(server);
    }

    private static long nanos(DateTime time) {
        long ticks = time.utcTime() - EPOCH_TICKS;
        return Math.clamp(ticks, -MOST_TICKS, MOST_TICKS) * NANOS_PER_TICK;
    }

    /// A value of any built-in type; [Value.Missing] for null and for what has no counterpart here.
    static Value value(@Nullable Object raw) {
        return switch (raw) {
            case null -> Value.missing();
            case Double d -> Value.of(d.doubleValue());
            case Float f -> Value.of(f.doubleValue());
            case Boolean b -> Value.of(b.booleanValue());
            case Byte i -> Value.of(i.longValue());
            case Short i -> Value.of(i.longValue());
            case Integer i -> Value.of(i.longValue());
            case Long i -> Value.of(i.longValue());
            case UByte i -> Value.of(i.longValue());
            case UShort i -> Value.of(i.longValue());
            case UInteger i -> Value.of(i.longValue());
            case ULong i ->
                i.longValue() >= 0
                        ? Value.of(i.longValue())
                        : Value.of(i.toBigInteger().doubleValue());
            case String s -> Value.of(s);
            default -> other(raw);
        };
    }

    private static Value other(Object raw) {
        String text = text(raw);
        if (text != null) {
            return Value.of(text);
        }
        return raw.getClass().isArray() && Array.getLength(raw) <= MOST_ELEMENTS ? array(raw) : Value.missing();
    }

    private static @Nullable String text(Object raw) {
        return switch (raw) {
            case DateTime t -> t.toIso8601String();
            case LocalizedText t -> t.text() == null ? "" : t.text();
            case QualifiedName q -> q.toParseableString();
            case ByteString b -> Base64.getEncoder().encodeToString(b.bytesOrEmpty());
            case UUID u -> u.toString();
            case NodeId n -> n.toParseableString();
            case ExpandedNodeId n -> n.toParseableString();
            case StatusCode s -> new Quality((int) s.value()).name();
            case XmlElement x -> x.fragment() == null ? "" : x.fragment();
            default -> null;
        };
    }

    private static @Nullable Object only(@Nullable Object raw) {
        return raw != null && raw.getClass().isArray() && Array.getLength(raw) == 1 ? Array.get(raw, 0) : raw;
    }

    private static Value array(Object raw) {
        var json = new StringJoiner(",", "[", "]");
        for (int i = 0; i < Array.getLength(raw); i++) {
            Object element = Array.get(raw, i);
            Value value = value(element);
            if (value instanceof Value.Missing && element != null) {
                return Value.missing();
            }
            json.add(json(value));
        }
        return Value.of(json.toString());
    }

    private static String json(Value value) {
        return switch (value) {
            case Value.Bool _, Value.Int _ -> value.toString();
            case Value.Real(double d) -> Double.isFinite(d) ? Double.toString(d) : "\"" + d + "\"";
            case Value.Text(String text) -> quoted(text);
            case Value.Missing _ -> "null";
        };
    }

    private static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
