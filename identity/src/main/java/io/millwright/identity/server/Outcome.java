package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The result of a request.
///
/// @param code one of [io.millwright.identity.message.ResponseCode]
/// @param body what goes with it
/// @param more the next message of a result that takes several
/// @param authoritative whether the node says it of itself; it may also have been told by another
record Outcome(int code, Body body, Optional<Supplier<Outcome>> more, boolean authoritative) {

    /// The request needs to be proven by somebody: what becomes a challenge.
    static final Outcome WHO_ARE_YOU = new Outcome(ResponseCode.AUTHENTICATION_NEEDED, new Body.Empty());

    static final Outcome DONE = new Outcome(ResponseCode.SUCCESS, new Body.Empty());

    /// HANDLE_NOT_FOUND goes without a text (RFC 3652, section 3.2.3).
    static final Outcome NOT_FOUND =
            new Outcome(ResponseCode.HANDLE_NOT_FOUND, new Body.ErrorResponse(Optional.empty(), List.of()));

    Outcome(int code, Body body) {
        this(code, body, Optional.empty());
    }

    Outcome(int code, Body body, Optional<Supplier<Outcome>> more) {
        this(code, body, more, true);
    }

    /// What another node has said.
    static Outcome told(int code, Body body) {
        return new Outcome(code, body, Optional.empty(), false);
    }

    static Outcome error(int code, String text) {
        return new Outcome(code, Body.ErrorResponse.of(text));
    }

    /// @param index of the value that is to blame
    static Outcome error(int code, String text, int index) {
        return new Outcome(code, new Body.ErrorResponse(Optional.of(text), List.of(index)));
    }

    boolean isChallenge() {
        return code == ResponseCode.AUTHENTICATION_NEEDED;
    }
}
