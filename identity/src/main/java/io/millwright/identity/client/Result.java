package io.millwright.identity.client;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.ResponseCode;

/// What came of asking for an operation other than a resolution.
public sealed interface Result {

    /// It was done, and will stay done.
    ///
    /// @param body what the server says of it, e.g. a [Body.CreateResponse]
    record Done(Body body) implements Result {}

    /// The server refused or failed.
    ///
    /// @param code one of [ResponseCode], or another number
    /// @param reason the code in words, and what the server says
    record Refused(int code, String reason) implements Result {}

    /// Somebody else is to be asked.
    ///
    /// @param referral who
    record Referred(Body.Referral referral) implements Result {}

    /// No answer, or no connection: whether the operation was done is not known.
    ///
    /// @param endpoint the door that was tried last
    /// @param reason what happened there
    record Unreachable(Endpoint endpoint, String reason) implements Result {}

    /// What came back is not an answer to the request.
    ///
    /// @param endpoint the door it came from
    /// @param reason what is wrong with it
    record Garbled(Endpoint endpoint, String reason) implements Result {}

    static Result of(Exchange exchange) {
        return switch (exchange) {
            case Exchange.Answered(var message, var _, int _) -> of(message);
            case Exchange.Failed(var at, var reason) -> new Unreachable(at, reason);
            case Exchange.Garbled(var at, var reason) -> new Garbled(at, reason);
        };
    }

    private static Result of(Message message) {
        int code = message.header().responseCode();
        return switch (message.body()) {
            case Body body when code == ResponseCode.SUCCESS -> new Done(body);
            case Body.Referral referral -> new Referred(referral);
            case Body.ErrorResponse error -> new Refused(code, reason(code, error));
            default -> new Refused(code, ResponseCode.meaningOf(code));
        };
    }

    /// The code in words, and what the server says.
    static String reason(int code, Body.ErrorResponse error) {
        String meaning = ResponseCode.meaningOf(code);
        return error.text()
                .filter(t -> !t.isEmpty())
                .map(t -> meaning + ": " + t)
                .orElse(meaning);
    }
}
