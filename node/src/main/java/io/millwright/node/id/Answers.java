package io.millwright.node.id;

import io.millwright.identity.client.Result;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Printable;
import io.millwright.node.command.FailedError;

/// What other nodes say of requests, in words.
final class Answers {

    private Answers() {}

    /// What was answered.
    ///
    /// @throws FailedError if it was not done; the message says why
    static Body done(Result result) {
        if (result instanceof Result.Done(var body)) {
            return body;
        }
        throw new FailedError(words(result));
    }

    static String words(Result result) {
        return switch (result) {
            case Result.Done _ -> "done";
            case Result.Refused(int code, var reason) -> "refused (" + code + "): " + Printable.of(reason);
            case Result.Referred(var referral) ->
                "another node answers for it: see "
                        + Printable.of(referral.handle().toString());
            case Result.Unreachable(var at, var reason) -> "no answer from " + at + ": " + reason;
            case Result.Garbled(var at, var reason) ->
                at + " does not speak the Handle protocol: " + Printable.of(reason);
        };
    }
}
