package io.millwright.identity.server;

import io.millwright.identity.message.Body;

/// The result of a request.
///
/// @param code one of [io.millwright.identity.message.ResponseCode]
/// @param body what goes with it
record Outcome(int code, Body body) {

    static Outcome error(int code, String text) {
        return new Outcome(code, Body.ErrorResponse.of(text));
    }
}
