package io.millwright.identity.door;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.ReferenceList;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Handle values as JSON, in the form of the Handle REST API (Handle.Net Technical Manual, chapter 14): data as
/// `string`, `base64`, `hex`, `admin`, `vlist` or, written only, `site`.
final class ValueJson {

    private static final int ADMIN_BITS = 12;
    private static final int PERMISSION_BITS = 4;
    private static final int OCTETS_MAX = HandleRecord.MAX_BYTES;
    private static final int RELATIVE = 0;
    private static final int ABSOLUTE = 1;
    private static final int TYPE_LENGTH_MAX = HandleValue.MAX_TYPE_BYTES / 4;

    private ValueJson() {}

    static ObjectNode write(HandleValue value) {
        var json = Json.object();
        json.put("index", Integer.toUnsignedLong(value.index()));
        json.put("type", value.type());
        json.set("data", data(value));
        if (!value.permissions().equals(Permissions.PUBLISHED)) {
            json.put("permissions", bits(value.permissions().bits() & 0xf, PERMISSION_BITS));
        }
        long ttl = Integer.toUnsignedLong(value.ttl().seconds());
        if (value.ttl().type() == ABSOLUTE) {
            json.put("ttl", Instant.ofEpochSecond(ttl).toString());
        } else {
            json.put("ttl", ttl);
        }
        var timestamp = Instant.ofEpochSecond(Integer.toUnsignedLong(value.timestampSeconds()));
        json.put("timestamp", timestamp.toString());
        if (!value.references().isEmpty()) {
            json.set("references", references(value.references()));
        }
        return json;
    }

    private static ObjectNode data(HandleValue value) {
        try {
            return switch (value.type()) {
                case ValueTypes.HS_ADMIN -> format("admin", administrator(Administrator.decode(value.data())));
                case ValueTypes.HS_VLIST ->
                    format(
                            "vlist",
                            references(ReferenceList.decode(value.data()).references()));
                case ValueTypes.HS_SITE, ValueTypes.HS_SITE_PREFIX, ValueTypes.HS_NA_DELEGATE ->
                    format("site", SiteJson.write(Site.decode(value.data())));
                default -> plain(value.data());
            };
        } catch (MalformedException e) {
            return plain(value.data());
        }
    }

    private static ObjectNode plain(Octets data) {
        var json = Json.object();
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(data.toByteArray()))
                    .toString();
            boolean readable = text.chars().allMatch(c -> !Character.isISOControl(c) || "\t\n\r".indexOf(c) >= 0);
            if (readable) {
                return json.put("format", "string").put("value", text);
            }
        } catch (CharacterCodingException e) {
            // Not a text.
        }
        return json.put("format", "base64").put("value", Base64.getEncoder().encodeToString(data.toByteArray()));
    }

    private static ObjectNode format(String name, JsonNode value) {
        var json = Json.object().put("format", name);
        json.set("value", value);
        return json;
    }

    private static ObjectNode administrator(Administrator administrator) {
        return reference(administrator.reference())
                .put("permissions", bits(administrator.permissions() & Administrator.ALL, ADMIN_BITS));
    }

    private static ArrayNode references(List<ValueReference> references) {
        var json = Json.array();
        references.forEach(r -> json.add(reference(r)));
        return json;
    }

    private static ObjectNode reference(ValueReference reference) {
        return Json.object()
                .put("handle", reference.handle().toString())
                .put("index", Integer.toUnsignedLong(reference.index()));
    }

    private static String bits(int value, int count) {
        var text = Integer.toBinaryString(value);
        return "0".repeat(Math.max(0, count - text.length())) + text;
    }

    /// Reads values: a list of them, or an object with a list `values`.
    static List<HandleValue> readAll(JsonNode json) throws RefusedException {
        var list = json.isObject() ? json.path("values") : json;
        if (!list.isArray()) {
            throw new RefusedException("the content is a list of values, or an object with a list \"values\"");
        }
        var values = new ArrayList<HandleValue>();
        for (var one : list) {
            values.add(read(one, "values[" + values.size() + "]"));
        }
        if (!fit(values)) {
            throw new RefusedException("a handle has at most " + HandleRecord.MAX_VALUES + " values with together "
                    + OCTETS_MAX + " octets: they have to fit into a message");
        }
        return values;
    }

    /// Whether these values fit into a message together.
    static boolean fit(Collection<HandleValue> values) {
        var out = new WireWriter();
        values.forEach(value -> value.write(out));
        return values.size() <= HandleRecord.MAX_VALUES && out.toOctets().length() <= OCTETS_MAX;
    }

    static HandleValue read(JsonNode json, String at) throws RefusedException {
        if (!json.isObject()) {
            throw new RefusedException(at + " is an object");
        }
        int index = index(json.path("index"), at + ".index");
        var type = string(json.path("type"), at + ".type");
        if (type.length() > TYPE_LENGTH_MAX) {
            throw new RefusedException(at + ".type has at most " + TYPE_LENGTH_MAX + " characters");
        }
        var permissions = json.has("permissions")
                ? new Permissions(readBits(json.path("permissions"), PERMISSION_BITS, at + ".permissions"))
                : Permissions.PUBLISHED;
        var references = readReferences(json.path("references"), at + ".references");
        return new HandleValue(
                index, type, readData(json.path("data"), at + ".data"), permissions, ttl(json, at), 0, references);
    }

    private static TimeToLive ttl(JsonNode json, String at) throws RefusedException {
        var ttl = json.path("ttl");
        if (ttl.isMissingNode()) {
            return TimeToLive.DAY;
        }
        if (ttl.isString()) {
            try {
                long moment = Instant.parse(ttl.stringValue()).getEpochSecond();
                if (moment >= 0 && moment <= Integer.toUnsignedLong(-1)) {
                    return new TimeToLive(ABSOLUTE, (int) moment);
                }
            } catch (DateTimeException e) {
                // Said below.
            }
        } else if (ttl.isIntegralNumber()
                && ttl.canConvertToLong()
                && ttl.longValue() >= 0
                && ttl.longValue() <= Integer.toUnsignedLong(-1)) {
            return new TimeToLive(RELATIVE, (int) ttl.longValue());
        }
        throw new RefusedException(at + ".ttl is a number of seconds, or a moment such as 2030-01-01T00:00:00Z");
    }

    private static Octets readData(JsonNode data, String at) throws RefusedException {
        if (data.isString()) {
            return Octets.utf8(string(data, at));
        }
        var format = string(data.path("format"), at + ".format");
        var value = data.path("value");
        try {
            return switch (format) {
                case "string" -> Octets.utf8(string(value, at + ".value"));
                case "base64" -> Octets.of(Base64.getDecoder().decode(string(value, at + ".value")));
                case "hex" -> Octets.of(HexFormat.of().parseHex(string(value, at + ".value")));
                case "vlist" -> new ReferenceList(readReferences(value, at + ".value")).encode();
                case "admin" ->
                    new Administrator(
                                    readBits(value.path("permissions"), ADMIN_BITS, at + ".value.permissions"),
                                    readReference(value, at + ".value"))
                            .encode();
                default ->
                    throw new RefusedException(
                            at + ".format is one of string, base64, hex, admin, vlist, not \"" + format + "\"");
            };
        } catch (IllegalArgumentException e) {
            throw new RefusedException(at + ".value is not " + format);
        }
    }

    private static List<ValueReference> readReferences(JsonNode list, String at) throws RefusedException {
        if (list.isMissingNode()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new RefusedException(at + " is a list of references");
        }
        var references = new ArrayList<ValueReference>();
        for (var one : list) {
            references.add(readReference(one, at + "[" + references.size() + "]"));
        }
        return references;
    }

    private static ValueReference readReference(JsonNode json, String at) throws RefusedException {
        var handle = handle(string(json.path("handle"), at + ".handle"));
        return new ValueReference(handle, index(json.path("index"), at + ".index"));
    }

    static Handle handle(String text) throws RefusedException {
        try {
            return Handle.of(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private static int index(JsonNode json, String at) throws RefusedException {
        if (json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 0) {
            return json.intValue();
        }
        throw new RefusedException(at + " is a number from 0 to 2147483647");
    }

    private static String string(JsonNode json, String at) throws RefusedException {
        if (json.isString() && StandardCharsets.UTF_8.newEncoder().canEncode(json.stringValue())) {
            return json.stringValue();
        }
        throw new RefusedException(at + " is a text" + (json.isString() ? " and has no half surrogate pairs" : ""));
    }

    private static int readBits(JsonNode json, int count, String at) throws RefusedException {
        var text = string(json, at);
        if (text.length() == count && text.chars().allMatch(c -> c == '0' || c == '1')) {
            return Integer.parseInt(text, 2);
        }
        throw new RefusedException(at + " is " + count + " digits 0 and 1");
    }
}
