package io.millwright.node.st;

import io.millwright.node.command.UsageError;
import io.millwright.node.st.debug.DebugServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `mw st debug`: serves the debugger of an editor.
@Command(
        name = "debug",
        mixinStandardHelpOptions = true,
        header = "Serve the debugger of an editor: a debug adapter (DAP) on standard input and output.",
        description = "Editors start it themselves; editors/vscode is an extension for Visual Studio Code that does. "
                + "The editor's launch configuration names the files and the program or the test.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw st debug", "  mw st debug --port 4711"})
final class DebugCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Wait for one editor on this port of the own computer instead.")
    private int port;

    @Override
    @SuppressWarnings("SystemOut") // the protocol speaks on standard output
    public Integer call() throws IOException {
        if (port == 0) {
            return DebugServer.serve(System.in, System.out);
        }
        if (port < 0 || port > 65_535) {
            throw new UsageError("--port " + port + ": a port is a number from 1 to 65535");
        }
        try (ServerSocket door = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Socket editor = door.accept()) {
            return DebugServer.serve(editor.getInputStream(), editor.getOutputStream());
        }
    }
}
