package io.millwright.identity.client;

import io.millwright.identity.authentication.CounterWindow;
import io.millwright.identity.authentication.SessionKey;
import java.util.concurrent.atomic.AtomicInteger;

/// A session with one server (RFC 3652, section 3.8): every message is encrypted and bears a code by its key.
public final class ClientSession {

    private final int id;
    private final SessionKey key;
    private final AtomicInteger counter = new AtomicInteger();
    private final CounterWindow seen = new CounterWindow();

    ClientSession(int id, SessionKey key) {
        this.id = id;
        this.key = key;
    }

    int id() {
        return id;
    }

    SessionKey key() {
        return key;
    }

    int nextCounter() {
        return counter.incrementAndGet();
    }

    /// @return false if the server has sent a message with this counter before, or one far ahead of it
    boolean take(int messageCounter) {
        return seen.take(messageCounter);
    }
}
