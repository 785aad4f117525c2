package io.millwright.process.serve;

/// A port that a server needs is taken, or may not be listened on. The message says which, and what would help.
public final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PortTaken(String server, int port) {
        super(server + ": port " + port + " is already taken; stop whoever listens there, or use --any-port");
    }
}
