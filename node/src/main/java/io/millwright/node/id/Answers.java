package io.millwright.node.id;

import io.millwright.identity.client.Result;
import io.millwright.identity.message.Body;
import io.millwright.node.command.FailedError;
import io.millwright.node.tree.ProtocolWords;

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
        return ProtocolWords.of(result);
    }
}
