package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/// A resolution: which values of a handle may be shown to whom (RFC 3652, section 3.2).
///
/// @param request what is asked for
/// @param publicOnly whether the client wants only what anyone may read
/// @param requester who asks
/// @param authority who says what the requester may read; empty on a node that authenticates nobody
record Query(Body.ResolutionRequest request, boolean publicOnly, Requester requester, Optional<Authority> authority) {

    Outcome select(HandleRecord found) {
        var shown = new ArrayList<HandleValue>(found.values().size());
        Collection<Integer> indexes =
                request.indexes().size() > 8 ? new HashSet<>(request.indexes()) : request.indexes();
        boolean reads = false;
        for (var value : found.values()) {
            boolean named = indexes.contains(value.index());
            if (!named && !matches(value)) {
                continue;
            }
            var permissions = value.permissions();
            if (permissions.publicRead() || reads && permissions.adminRead()) {
                shown.add(value);
            } else if (named && !permissions.adminRead()) {
                return denied(ResponseCode.ACCESS_DENIED, "nobody may read the value", value);
            } else if (permissions.adminRead() && (named || !publicOnly)) {
                var refusal = restricted(found, value);
                if (refusal.isPresent()) {
                    return refusal.get();
                }
                reads = true;
                shown.add(value);
            }
        }
        return new Outcome(ResponseCode.SUCCESS, new Body.ResolutionResponse(request.handle(), shown));
    }

    private Optional<Outcome> restricted(HandleRecord found, HandleValue value) {
        if (authority.isEmpty()) {
            return Optional.of(denied(
                    ResponseCode.UNABLE_TO_AUTHENTICATE,
                    "only administrators may read the value, and this node authenticates nobody",
                    value));
        }
        if (requester.identity().isEmpty()) {
            return Optional.of(Outcome.WHO_ARE_YOU);
        }
        int has = authority.get().permissions(found, requester.identity().get());
        return (has & Administrator.READ_VALUE) != 0
                ? Optional.empty()
                : Optional.of(denied(ResponseCode.NOT_AUTHORIZED, "only administrators may read the value", value));
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
        String text = why + " with index " + Integer.toUnsignedString(value.index());
        return Outcome.error(code, text, value.index());
    }
}
