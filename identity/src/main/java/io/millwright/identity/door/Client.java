package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.ValueReference;
import java.util.Optional;

/// Who makes a web request.
sealed interface Client {

    /// Somebody who shows nothing.
    record Stranger() implements Client {}

    /// Somebody who shows the key itself, which proves it each time.
    record Keyed(Identity identity) implements Client {}

    /// Somebody who proved it before and shows a token, or a session.
    record Known(ValueReference reference) implements Client {}

    /// Somebody who shows nothing.
    static Client stranger() {
        return new Stranger();
    }

    /// Has the node perform an operation of the Handle protocol for this client.
    default Node.Result ask(Node node, int opCode, int flags, Body body) {
        return switch (this) {
            case Stranger() -> node.perform(opCode, flags, body, Optional.empty());
            case Keyed(var identity) -> node.perform(opCode, flags, body, Optional.of(identity));
            case Known(var reference) -> node.performAs(opCode, flags, body, reference);
        };
    }
}
