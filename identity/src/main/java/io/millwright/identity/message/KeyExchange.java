package io.millwright.identity.message;

/// Ways to agree on a session key (RFC 3652, section 3.8.1).
public final class KeyExchange {

    /// The server chooses the key and encrypts it with a public key that the client sends.
    public static final int CLIENT_KEY = 1;

    /// The client chooses the key and encrypts it with the server's public key.
    public static final int SERVER_KEY = 2;

    /// The server chooses the key and encrypts it with a public key that a handle holds.
    public static final int HANDLE_KEY = 3;

    /// Both send a Diffie-Hellman key.
    public static final int DIFFIE_HELLMAN = 4;

    private KeyExchange() {}

    static boolean sendsKey(int mode) {
        return mode == CLIENT_KEY || mode == DIFFIE_HELLMAN;
    }
}
