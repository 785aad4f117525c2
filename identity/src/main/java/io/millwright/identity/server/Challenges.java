package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Requests that wait for their challenge to be answered: each once, in time, and no more of them than allowed,
/// nor with more octets than [#BYTES_MAX], the oldest forgotten first (RFC 3652, section 3.5).
final class Challenges {

    /// What all waiting requests together may take.
    static final long BYTES_MAX = 32 << 20;

    private static final int NONCE_BYTES = 16;

    /// A request that waits.
    ///
    /// @param header of the request
    /// @param body of the request
    /// @param nonce what the client is to sign
    /// @param digest of the request, to be signed with it
    /// @param bytes octets of the request
    /// @param bornNanos when it was challenged
    record Pending(Header header, Body body, Octets nonce, RequestDigest digest, int bytes, long bornNanos) {}

    private final Map<Integer, Pending> waiting = new LinkedHashMap<>();
    private final Administration administration;
    private final Time time;
    private final RandomGenerator random;
    private long bytesWaiting;

    Challenges(Administration administration, Time time, RandomGenerator random) {
        this.administration = administration;
        this.time = time;
        this.random = random;
    }

    /// @param number the answer will bear it as its session id
    /// @param nonce what the client is to sign
    record Challenge(int number, Octets nonce) {}

    /// @param sessionId of the request; 0 outside a session
    /// @param bytes octets of the request
    synchronized Challenge pose(int sessionId, Header header, Body body, RequestDigest digest, int bytes) {
        int number = sessionId != 0 ? sessionId : random.nextInt(1, Integer.MAX_VALUE);
        byte[] drawn = new byte[NONCE_BYTES];
        random.nextBytes(drawn);
        var nonce = Octets.of(drawn);
        forget(number);
        while (waiting.size() >= administration.challengesMax() || bytesWaiting > BYTES_MAX) {
            forget(waiting.keySet().iterator().next());
        }
        waiting.put(number, new Pending(header, body, nonce, digest, bytes, time.monotonicNanos()));
        bytesWaiting += bytes;
        return new Challenge(number, nonce);
    }

    private Optional<Pending> forget(int number) {
        var pending = Optional.ofNullable(waiting.remove(number));
        pending.ifPresent(p -> bytesWaiting -= p.bytes());
        return pending;
    }

    /// The request that waits for this answer; it waits no longer.
    synchronized Optional<Pending> take(int number) {
        long oldest = time.monotonicNanos() - administration.challengeTimeout().toNanos();
        return forget(number).filter(p -> p.bornNanos() - oldest >= 0);
    }

    synchronized int size() {
        return waiting.size();
    }
}
