package io.millwright.node.api;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueText;
import io.millwright.model.Asset;
import io.millwright.model.Identifier;
import io.millwright.model.Signal;
import io.millwright.node.runtime.PlantRuntime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// What an identifier resolves to, asked of the plant's own node over its protocol.
final class IdentifierAnswer {

    private static final double NANOS_PER_MILLI = 1e6;

    private IdentifierAnswer() {}

    static Views.IdentifierView resolve(PlantRuntime runtime, Call call) {
        var identifier = identifier(call);
        long began = runtime.time().monotonicNanos();
        var resolution = runtime.identity().resolve(Handle.of(identifier));
        double millis = (runtime.time().monotonicNanos() - began) / NANOS_PER_MILLI;
        return switch (resolution) {
            case Resolution.Found(var found, var from) ->
                view(runtime, identifier, found, from.address().toString(), millis);
            case Resolution.NotFound(var handle) -> throw Problem.notFound(handle + " is not registered here");
            case Resolution.NotResponsible(var handle, var _) ->
                throw Problem.notFound(
                        "this node answers for " + runtime.plant().prefix() + ", not for " + handle.prefix());
            case Resolution.Referred(var to, var _) -> throw Problem.notFound("another node answers for it: " + to);
            case Resolution.Refused(var _, var reason) -> throw new Problem(502, "The identifier node refused", reason);
            case Resolution.Unreachable(var endpoint, var reason) ->
                throw new Problem(502, "The identifier node does not answer", endpoint.address() + ": " + reason);
            case Resolution.Garbled(var _, var reason) ->
                throw new Problem(502, "The identifier node's answer cannot be read", reason);
        };
    }

    private static Identifier identifier(Call call) {
        try {
            return new Identifier(call.path("prefix"), call.path("suffix"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static Views.IdentifierView view(
            PlantRuntime runtime, Identifier identifier, HandleRecord found, String from, double millis) {
        var asset = runtime.plant().assets().stream()
                .filter(a -> Handle.of(a.identifier()).equals(found.handle()))
                .findFirst()
                .map(IdentifierAnswer::assetView)
                .orElse(null);
        return new Views.IdentifierView(
                identifier.toString(),
                new Views.ResponsibleView(from.replaceFirst("^.*/", ""), "Handle"),
                found.values().stream().map(IdentifierAnswer::valueView).toList(),
                asset,
                millis);
    }

    private static Views.IdentifierValueView valueView(HandleValue value) {
        return new Views.IdentifierValueView(
                Integer.toUnsignedLong(value.index()),
                value.type(),
                ValueText.of(value),
                value.ttl().seconds(),
                Instant.ofEpochSecond(Integer.toUnsignedLong(value.timestampSeconds())));
    }

    private static Views.IdentifiedAssetView assetView(Asset asset) {
        return new Views.IdentifiedAssetView(
                asset.name(),
                asset.type().orElse(null),
                asset.place().orElse(null),
                asset.signals().stream().map(IdentifierAnswer::liveView).toList());
    }

    private static Views.LiveView liveView(Signal signal) {
        var name = signal.name().toString();
        return new Views.LiveView(
                name, signal.unit().code(), "/api/v1/values?signal=" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }
}
