package io.millwright.identity.client;

import io.millwright.identity.message.Envelope;
import io.millwright.identity.wire.WireWriter;

/// A message with its envelope: the request as it is sent, the answer as it came.
@SuppressWarnings("ArrayRecordComponent") // never compared; passed on, not kept
record Packet(Envelope envelope, byte[] message) {

    byte[] whole() {
        var out = new WireWriter(Envelope.BYTES + message.length);
        envelope.write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }
}
