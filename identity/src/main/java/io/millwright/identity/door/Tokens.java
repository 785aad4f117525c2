package io.millwright.identity.door;

import io.millwright.identity.record.ValueReference;
import io.millwright.model.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Bearer tokens (RFC 6750): 256 random bits each, for a while, and no more of them than allowed. They are kept in
/// memory only, and written nowhere.
final class Tokens {

    /// As many as may be good at once.
    static final int MAX = 10_000;

    /// As many as one identity may have; of more, the oldest ends.
    static final int MAX_PER_IDENTITY = 100;

    private static final int BYTES = 32;

    private record Held(ValueReference who, long untilNanos) {}

    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Time time;
    private final SecureRandom random = new SecureRandom();
    private final Duration life;
    private final boolean renewed;

    /// @param life how long one is good
    /// @param renewed whether that begins anew with each use
    Tokens(Time time, Duration life, boolean renewed) {
        this.time = time;
        this.life = life;
        this.renewed = renewed;
    }

    /// @return nothing if there are too many
    synchronized Optional<String> issue(ValueReference who) {
        long now = time.monotonicNanos();
        held.values().removeIf(h -> h.untilNanos() - now <= 0);
        var own = held.entrySet().stream()
                .filter(e -> e.getValue().who().equals(who))
                .map(Map.Entry::getKey)
                .toList();
        if (own.size() >= MAX_PER_IDENTITY) {
            held.remove(own.getFirst());
        }
        if (held.size() >= MAX) {
            return Optional.empty();
        }
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
        held.put(token, new Held(who, now + life.toNanos()));
        return Optional.of(token);
    }

    /// Whose token it is; nothing if it is none, or not good any more.
    synchronized Optional<ValueReference> find(String token) {
        long now = time.monotonicNanos();
        var found = Optional.ofNullable(held.get(token));
        if (found.isPresent() && found.get().untilNanos() - now <= 0) {
            held.remove(token);
            return Optional.empty();
        }
        if (found.isPresent() && renewed) {
            held.put(token, new Held(found.get().who(), now + life.toNanos()));
        }
        return found.map(Held::who);
    }

    synchronized void end(String token) {
        held.remove(token);
    }
}
