package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// Asks other nodes for handles that this one does not answer for, if the client wants that (RFC 3652, section
/// 2.2.2.3, REC). Calls come from many threads at once and may block.
public interface Recursion {

    /// A request as it came.
    ///
    /// @param client who sent it
    /// @param envelope before the message
    /// @param header of the message
    /// @param bytes hold the message
    /// @param from where its header begins
    /// @param to its end
    @SuppressWarnings("ArrayRecordComponent") // never compared; read, not kept
    record Asked(InetAddress client, Envelope envelope, Header header, byte[] bytes, int from, int to) {

        /// Header, body and credential.
        public byte[] message() {
            return Arrays.copyOfRange(bytes, from, to);
        }
    }

    /// What is answered.
    sealed interface Said {

        /// @param code one of [io.millwright.identity.message.ResponseCode]
        /// @param body what goes with it
        record Told(int code, Body body) implements Said {}

        /// Another node's answer, octet for octet.
        ///
        /// @param envelope as it came
        /// @param message header, body and credential as they came
        @SuppressWarnings("ArrayRecordComponent") // never compared; passed on, not kept
        record PassedOn(Envelope envelope, byte[] message) implements Said {}
    }

    /// Whether a client may ask now; who asks too often is told SERVER_BUSY.
    boolean admits(InetAddress client);

    /// Whether the answer is at hand, so that [#resolve] does not block.
    boolean isQuick(Body.ResolutionRequest query, Header header);

    /// What is answered to a query.
    Said resolve(Body.ResolutionRequest query, Asked asked);

    /// What is answered to an answer to a challenge that was passed on; nothing if the challenge was no other node's.
    Optional<Said> continued(Asked asked);
}
