package io.millwright.identity.client;

import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Carries one request to a server and its answer back.
interface Transport {

    /// Takes what comes back.
    interface Taker {
        /// @return whether another packet of the same answer follows
        /// @throws MalformedException if the packet is not what was expected
        boolean take(Packet packet) throws MalformedException;
    }

    /// Bits of [io.millwright.identity.message.OpFlag] that requests bear over it.
    default int flags() {
        return 0;
    }

    /// Sends the request and hands over what comes back, until the taker has all.
    ///
    /// @throws IOException if there is no connection or no answer; the message says which
    /// @throws MalformedException if what came back is no packet, or the taker says so
    void exchange(InetSocketAddress server, Packet request, Taker taker) throws IOException, MalformedException;
}
