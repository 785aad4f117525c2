package io.millwright.identity.door;

import io.millwright.identity.record.Handle;
import io.millwright.model.Time;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;

/// Random texts that wait to be signed: each for a minute, used once, and no more of them than allowed, the oldest
/// forgotten first.
final class Nonces {

    static final int MAX = 10_000;

    /// As many as may wait for one handle.
    static final int MAX_PER_HANDLE = 16;

    private static final int BYTES = 16;
    private static final long LIFE_NANOS = 60_000_000_000L;

    private record Waiting(Handle handle, String nonce, long untilNanos) {}

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Time time;
    private final SecureRandom random = new SecureRandom();

    Nonces(Time time) {
        this.time = time;
    }

    /// @param handle whose key is to sign it
    synchronized String pose(Handle handle) {
        long now = time.monotonicNanos();
        waiting.removeIf(w -> w.untilNanos() - now <= 0);
        var own = of(handle);
        if (own.size() >= MAX_PER_HANDLE) {
            waiting.remove(own.getFirst());
        } else if (waiting.size() >= MAX) {
            waiting.removeFirst();
        }
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        var nonce = HexFormat.of().formatHex(drawn);
        waiting.addLast(new Waiting(handle, nonce, now + LIFE_NANOS));
        return nonce;
    }

    private List<Waiting> of(Handle handle) {
        return new ArrayList<>(
                waiting.stream().filter(w -> w.handle().equals(handle)).toList());
    }

    /// Those that wait for a handle, the newest first.
    synchronized List<String> waitingFor(Handle handle) {
        long now = time.monotonicNanos();
        return of(handle).reversed().stream()
                .filter(w -> w.untilNanos() - now > 0)
                .map(Waiting::nonce)
                .toList();
    }

    /// Uses one up.
    ///
    /// @return whether it was there still
    synchronized boolean take(String nonce) {
        return waiting.removeIf(w -> w.nonce().equals(nonce));
    }
}
