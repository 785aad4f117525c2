package io.millwright.connect.opcua;

import java.io.IOException;
import java.nio.file.Path;

/// The certificate by which this node shows itself to OPC UA servers, for whoever makes them trust it.
public final class NodeCertificate {

    private NodeCertificate() {}

    /// The certificate's file (DER) in a security folder; made with its key if there is none yet.
    ///
    /// @throws IOException if the folder cannot be used, or holds something else; the message says which file
    public static Path in(Path securityFolder) throws IOException {
        return OwnCertificate.in(securityFolder).file();
    }
}
