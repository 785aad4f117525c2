package io.millwright.identity.client;

import io.millwright.identity.wire.MalformedException;
import java.io.IOException;
import java.net.InetSocketAddress;

/// Carries one request to a server and its answer back.
interface Transport {

    /// @return the packet that came back and bears the request's id
    /// @throws IOException if there is no connection or no answer; the message says which
    /// @throws MalformedException if what came back is no packet
    Packet exchange(InetSocketAddress server, Packet request) throws IOException, MalformedException;
}
