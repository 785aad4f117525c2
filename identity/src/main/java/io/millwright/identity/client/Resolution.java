package io.millwright.identity.client;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import java.util.List;

/// What came of asking for a handle.
public sealed interface Resolution {

    /// The values asked for.
    ///
    /// @param found the handle and its values; none if nothing matched the query
    /// @param from the door that answered
    record Found(HandleRecord found, Endpoint from) implements Resolution {}

    /// The server answers for the prefix and knows no such handle.
    record NotFound(Handle handle) implements Resolution {}

    /// The server does not answer for the prefix.
    ///
    /// @param reason what the server says
    record NotResponsible(Handle handle, String reason) implements Resolution {}

    /// Somebody else answers.
    ///
    /// @param to the handle whose HS_SITE values tell who; an empty text if `sites` do
    /// @param sites HS_SITE values, possibly none
    record Referred(Handle to, List<HandleValue> sites) implements Resolution {
        public Referred {
            sites = List.copyOf(sites);
        }
    }

    /// The server refused or failed.
    ///
    /// @param code one of [io.millwright.identity.message.ResponseCode], or another number
    /// @param reason the code in words, and what the server says
    record Refused(int code, String reason) implements Resolution {}

    /// No answer, or no connection.
    ///
    /// @param endpoint the door that was tried last
    /// @param reason what happened there
    record Unreachable(Endpoint endpoint, String reason) implements Resolution {}

    /// What came back is not an answer to the request.
    ///
    /// @param endpoint the door it came from
    /// @param reason what is wrong with it
    record Garbled(Endpoint endpoint, String reason) implements Resolution {}
}
