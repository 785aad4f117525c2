package io.millwright.identity.server;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.wire.WireWriter;

/// An answer ready to be sent.
///
/// @param envelope of the whole message
/// @param message header, body and credential
/// @param keepConnection whether the client asked for the connection to stay open
/// @param continued whether another message of the same answer follows
@SuppressWarnings("ArrayRecordComponent") // never compared; passed on, not kept
record Reply(Envelope envelope, byte[] message, boolean keepConnection, boolean continued) {

    /// Envelope and message in one piece, as TCP and HTTP carry them.
    byte[] whole() {
        var out = new WireWriter(Envelope.BYTES + message.length);
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }
}
