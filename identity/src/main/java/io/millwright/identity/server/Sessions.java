package io.millwright.identity.server;

import io.millwright.identity.authentication.SessionKey;
import io.millwright.model.Time;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The sessions that are open: no more than allowed, each until it is ended or has been idle for too long. When there
/// is
/// no room, one in which nobody has proven who it is makes room, the longest idle first: opening sessions is free, and
/// must not keep out those that have something to do.
final class Sessions {

    private final Map<Integer, Session> open = new LinkedHashMap<>();
    private final Administration administration;
    private final Time time;
    private final RandomGenerator random;

    Sessions(Administration administration, Time time, RandomGenerator random) {
        this.administration = administration;
        this.time = time;
        this.random = random;
    }

    /// @param timeoutSeconds what the client asks for, unsigned; 0 for as long as allowed
    /// @return nothing if there are too many
    synchronized Optional<Session> open(Optional<SessionKey> key, int timeoutSeconds) {
        long now = time.monotonicNanos();
        if (open.size() >= administration.sessionsMax()) {
            open.values().removeIf(session -> session.isExpired(now));
        }
        if (open.size() >= administration.sessionsMax() && !forgetStranger(now)) {
            return Optional.empty();
        }
        var session = new Session(freeId(), key, timeout(timeoutSeconds), now);
        open.put(session.id(), session);
        return Optional.of(session);
    }

    private boolean forgetStranger(long now) {
        var idle = open.values().stream()
                .filter(session -> session.requester().identity().isEmpty())
                .max(Comparator.comparingLong(session -> session.idleNanos(now)));
        idle.ifPresent(session -> open.remove(session.id()));
        return idle.isPresent();
    }

    private Duration timeout(int seconds) {
        var asked = Duration.ofSeconds(Integer.toUnsignedLong(seconds));
        var max = administration.sessionTimeoutMax();
        return asked.isZero() || asked.compareTo(max) > 0 ? max : asked;
    }

    /// Positive: some clients take no other for a session.
    private int freeId() {
        int id = random.nextInt(1, Integer.MAX_VALUE);
        while (open.containsKey(id)) {
            id = random.nextInt(1, Integer.MAX_VALUE);
        }
        return id;
    }

    synchronized Optional<Session> find(int id) {
        var session = Optional.ofNullable(open.get(id));
        long now = time.monotonicNanos();
        if (session.isPresent() && session.get().isExpired(now)) {
            open.remove(id);
            return Optional.empty();
        }
        session.ifPresent(s -> s.used(now));
        return session;
    }

    synchronized void end(int id) {
        open.remove(id);
    }

    synchronized int size() {
        return open.size();
    }
}
