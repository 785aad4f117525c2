package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.Registry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A resolution: which values of which handle may be shown to a client that nobody has authenticated (RFC 3652,
/// section 3.2).
///
/// @param request what is asked for
/// @param publicOnly whether the client wants only what anyone may read
record Query(Body.ResolutionRequest request, boolean publicOnly) {

    /// HANDLE_NOT_FOUND goes without a text (RFC 3652, section 3.2.3).
    private static final Body NO_TEXT = new Body.ErrorResponse(Optional.empty(), List.of());

    Outcome run(Registry registry) {
        var handle = request.handle();
        if (!handle.isComplete()) {
            return Outcome.error(
                    ResponseCode.INVALID_HANDLE, "\"" + handle + "\" is not a handle; write prefix/suffix");
        }
        if (!registry.answersFor(handle)) {
            return Outcome.error(
                    ResponseCode.SERVER_NOT_RESPONSIBLE, "this node does not answer for prefix " + handle.prefix());
        }
        return registry.find(handle)
                .map(this::select)
                .orElseGet(() -> new Outcome(ResponseCode.HANDLE_NOT_FOUND, NO_TEXT));
    }

    private Outcome select(HandleRecord found) {
        var shown = new ArrayList<HandleValue>(found.values().size());
        Collection<Integer> indexes =
                request.indexes().size() > 8 ? new HashSet<>(request.indexes()) : request.indexes();
        for (var value : found.values()) {
            boolean named = indexes.contains(value.index());
            if (!named && !matches(value)) {
                continue;
            }
            if (value.permissions().publicRead()) {
                shown.add(value);
            } else if (named && !value.permissions().adminRead()) {
                return denied(ResponseCode.ACCESS_DENIED, "nobody may read the value", value);
            } else if (value.permissions().adminRead() && (named || !publicOnly)) {
                return denied(
                        ResponseCode.UNABLE_TO_AUTHENTICATE,
                        "only administrators may read the value, and this node authenticates nobody",
                        value);
            }
        }
        return new Outcome(ResponseCode.SUCCESS, new Body.ResolutionResponse(request.handle(), shown));
    }

    private boolean matches(HandleValue value) {
        if (request.types().isEmpty()) {
            return request.indexes().isEmpty();
        }
        for (var type : request.types()) {
            if (value.hasType(type)) {
                return true;
            }
        }
        return false;
    }

    private static Outcome denied(int code, String why, HandleValue value) {
        var text = Optional.of(why + " with index " + Integer.toUnsignedString(value.index()));
        return new Outcome(code, new Body.ErrorResponse(text, List.of(value.index())));
    }
}
