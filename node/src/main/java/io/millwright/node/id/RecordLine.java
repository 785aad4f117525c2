package io.millwright.node.id;

import com.fasterxml.jackson.annotation.Nulls;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// A record as one line of JSON, as `mw id dump` writes and `mw id load` reads it.
///
/// @param handle the identifier
/// @param values its values
record RecordLine(String handle, List<Item> values) {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /// @param index unsigned
    /// @param data octets in Base64 (RFC 4648, section 4)
    /// @param permissions bits of RFC 3651, section 3.1
    /// @param ttlType 0 seconds, 1 a moment
    /// @param ttl unsigned
    /// @param references each as `index:handle`
    record Item(
            long index, String type, String data, int permissions, int ttlType, long ttl, List<String> references) {}

    static String write(HandleRecord written) {
        var items = written.values().stream().map(RecordLine::item).toList();
        return MAPPER.writeValueAsString(new RecordLine(written.handle().toString(), items));
    }

    private static Item item(HandleValue value) {
        return new Item(
                Integer.toUnsignedLong(value.index()),
                value.type(),
                Base64.getEncoder().encodeToString(value.data().toByteArray()),
                value.permissions().bits(),
                value.ttl().type(),
                Integer.toUnsignedLong(value.ttl().seconds()),
                value.references().stream().map(ValueReference::toString).toList());
    }

    /// @throws IllegalArgumentException if the line is none; the message says what is wrong
    static HandleRecord read(String line) {
        RecordLine read;
        try {
            read = Optional.ofNullable(MAPPER.readValue(line, RecordLine.class))
                    .orElseThrow(() -> new IllegalArgumentException("a record is a JSON object, not null"));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        var handle = Handle.of(read.handle());
        if (!handle.isComplete()) {
            throw new IllegalArgumentException("\"" + handle + "\" is not an identifier");
        }
        return new HandleRecord(
                handle, read.values().stream().map(RecordLine::value).toList());
    }

    private static HandleValue value(Item item) {
        return new HandleValue(
                unsigned(item.index()),
                item.type(),
                Octets.of(Base64.getDecoder().decode(item.data())),
                new Permissions(item.permissions()),
                new TimeToLive(item.ttlType(), unsigned(item.ttl())),
                0,
                item.references().stream().map(RecordLine::reference).toList());
    }

    private static int unsigned(long number) {
        return Integer.parseUnsignedInt(Long.toString(number));
    }

    /// @throws IllegalArgumentException if it is not `index:handle`
    static ValueReference reference(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("\"" + text + "\" is not INDEX:HANDLE");
        }
        var handle = Handle.of(text.substring(colon + 1));
        return new ValueReference(handle, Integer.parseUnsignedInt(text.substring(0, colon)));
    }
}
