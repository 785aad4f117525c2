package io.millwright.node.id;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Printable;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What an identifier stands for, in the words of `mw id resolve`; its components are the members of the JSON report.
///
/// @param identifier the identifier
/// @param type what it is
/// @param place where it stands
/// @param plant the plant it belongs to
/// @param description in words
/// @param url more about it
/// @param signals its signals
/// @param others every other value
/// @param staleSeconds how old the answer is, where a recursive node had only an old one; seconds
/// @param answeredBy the door of the node that answered
record Report(
        String identifier,
        Optional<String> type,
        Optional<String> place,
        Optional<String> plant,
        Optional<String> description,
        Optional<String> url,
        List<Signal> signals,
        List<Other> others,
        Optional<String> staleSeconds,
        String answeredBy) {

    private static final Set<String> SINGLE = Set.of(
            ValueTypes.ASSET_TYPE,
            ValueTypes.PLACE,
            ValueTypes.PLANT,
            ValueTypes.DESC,
            ValueTypes.URL,
            ValueTypes.STALE);

    /// One signal.
    ///
    /// @param live where its current value is
    record Signal(
            String name, String unit, Optional<Double> min, Optional<Double> max, boolean writable, String live) {}

    /// A value of which `mw` knows nothing more than this.
    record Other(long index, String type, String value) {}

    static Report of(HandleRecord found, Endpoint from) {
        var signals = new ArrayList<Signal>();
        var others = new ArrayList<Other>();
        for (var value : found.values()) {
            var signal = value.hasType(ValueTypes.SIGNAL) ? signal(value.text()) : Optional.<Signal>empty();
            if (signal.isPresent()) {
                signals.add(signal.get());
            } else if (!SINGLE.contains(value.type())) {
                others.add(other(value));
            }
        }
        return new Report(
                Printable.of(found.handle().toString()),
                text(found, ValueTypes.ASSET_TYPE),
                text(found, ValueTypes.PLACE),
                text(found, ValueTypes.PLANT),
                text(found, ValueTypes.DESC),
                text(found, ValueTypes.URL),
                signals,
                others,
                text(found, ValueTypes.STALE),
                from.toString());
    }

    private static Optional<String> text(HandleRecord found, String type) {
        return found.textOf(type).map(Printable::of);
    }

    /// Nothing if the text is not what `docs/reference/identifiers.md` says; then it is shown as it came.
    private static Optional<Signal> signal(String json) {
        try {
            var node = JsonMapper.shared().readTree(json);
            if (!node.path("name").isString() || !node.path("live").isString()) {
                return Optional.empty();
            }
            return Optional.of(new Signal(
                    Printable.of(node.path("name").asString()),
                    Printable.of(node.path("unit").asString("")),
                    number(node.path("min")),
                    number(node.path("max")),
                    node.path("writable").asBoolean(false),
                    Printable.of(node.path("live").asString())));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Double> number(JsonNode node) {
        return node.isNumber() ? Optional.of(node.asDouble()) : Optional.empty();
    }

    private static Other other(HandleValue value) {
        return new Other(Integer.toUnsignedLong(value.index()), Printable.of(value.type()), ValueText.of(value));
    }
}
