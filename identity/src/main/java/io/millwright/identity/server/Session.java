package io.millwright.identity.server;

import io.millwright.identity.authentication.CounterWindow;
import io.millwright.identity.authentication.SessionKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// One session (RFC 3652, section 3.8).
final class Session {

    private final int id;
    private final long timeoutNanos;
    private final CounterWindow seen = new CounterWindow();
    private final AtomicInteger counter = new AtomicInteger();
    private volatile Optional<SessionKey> key;
    private volatile Requester requester = Requester.STRANGER;
    private volatile long lastUsedNanos;

    /// @param key empty until the client has sent it
    Session(int id, Optional<SessionKey> key, Duration timeout, long nowNanos) {
        this.id = id;
        this.key = key;
        timeoutNanos = timeout.toNanos();
        lastUsedNanos = nowNanos;
    }

    int id() {
        return id;
    }

    Optional<SessionKey> key() {
        return key;
    }

    void keyExchanged(SessionKey exchanged) {
        key = Optional.of(exchanged);
    }

    /// Who has proven to be at the other end.
    Requester requester() {
        return requester;
    }

    void provenBy(Requester proven) {
        requester = proven;
    }

    boolean isExpired(long nowNanos) {
        return idleNanos(nowNanos) > timeoutNanos;
    }

    long idleNanos(long nowNanos) {
        return nowNanos - lastUsedNanos;
    }

    void used(long nowNanos) {
        lastUsedNanos = nowNanos;
    }

    /// @return false if a message with this counter has come before
    boolean take(int messageCounter) {
        return seen.take(messageCounter);
    }

    int nextCounter() {
        return counter.incrementAndGet();
    }
}
