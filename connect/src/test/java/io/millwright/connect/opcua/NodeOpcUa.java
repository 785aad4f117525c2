package io.millwright.connect.opcua;

import io.millwright.connect.DeviceProcess;
import io.millwright.connect.NpmPackage;
import java.nio.file.Path;
import java.util.stream.Stream;

/// A server by node-opcua, an implementation independent of ours, in a process of its own.
final class NodeOpcUa {

    private static final NpmPackage PACKAGE = new NpmPackage("node-opcua@2.182.2");

    private NodeOpcUa() {}

    /// Starts a server.
    ///
    /// @param folder for its certificates: clients that it trusts are in `pki/trusted/certs`
    static DeviceProcess start(Path folder, String... more) throws Exception {
        String[] arguments =
                Stream.concat(Stream.of(folder.toString()), Stream.of(more)).toArray(String[]::new);
        return PACKAGE.start("/node-opcua/server.cjs", arguments);
    }
}
