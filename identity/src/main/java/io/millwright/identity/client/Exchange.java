package io.millwright.identity.client;

import io.millwright.identity.message.Message;

/// What came of sending one request.
public sealed interface Exchange {

    /// An answer that belongs to the request.
    ///
    /// @param message the answer
    /// @param from the door it came from
    /// @param sessionId in its envelope; 0 outside a session
    record Answered(Message message, Endpoint from, int sessionId) implements Exchange {}

    /// No answer, or no connection.
    record Failed(Endpoint endpoint, String reason) implements Exchange {}

    /// What came back is not an answer to the request.
    record Garbled(Endpoint endpoint, String reason) implements Exchange {}
}
