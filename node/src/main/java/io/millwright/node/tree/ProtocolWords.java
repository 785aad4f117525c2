package io.millwright.node.tree;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Result;
import io.millwright.identity.record.Printable;

/// What other nodes say, in words: the same on the command line and in the API.
public final class ProtocolWords {

    private ProtocolWords() {}

    /// What came of a question.
    public static String of(Resolution answer) {
        return switch (answer) {
            case Resolution.Found(var found, var _) -> found.values().size() + " values";
            case Resolution.NotFound _ -> "not registered";
            case Resolution.NotResponsible(var _, var why) -> Printable.of(why);
            case Resolution.Referred(var to, var sites) ->
                "refers to " + Printable.of(to.toString()) + ", " + sites.size() + " values";
            case Resolution.Refused(int code, var why) -> "refused (" + code + "): " + Printable.of(why);
            case Resolution.Unreachable(var _, var why) -> "no answer: " + why;
            case Resolution.Garbled(var _, var why) -> "not understood: " + Printable.of(why);
        };
    }

    /// What came of a request.
    public static String of(Result result) {
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
