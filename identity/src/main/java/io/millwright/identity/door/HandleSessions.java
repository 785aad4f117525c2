package io.millwright.identity.door;

import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Sessions of the Handle REST API: a name, a nonce, and, once a client has signed it, who that is. Those that wait
/// for a signature are forgotten soon, the oldest first, and leave those alone that are signed.
final class HandleSessions {

    /// As many as may wait, and as many as may be signed.
    static final int MAX = 10_000;

    private static final int NAME_BYTES = 32;
    private static final int NONCE_BYTES = 16;
    private static final Duration WAITING = Duration.ofMinutes(2);
    private static final Duration SIGNED = Duration.ofMinutes(30);

    /// @param id its name, worth as much as a password once it is signed
    /// @param nonce what is to be signed
    /// @param who is asking; empty before that is proven
    record Session(String id, Octets nonce, Optional<ValueReference> who, long untilNanos) {

        String nonceText() {
            return Base64.getEncoder().encodeToString(nonce.toByteArray());
        }
    }

    private final Map<String, Session> waiting = new LinkedHashMap<>();
    private final Map<String, Session> signed = new LinkedHashMap<>();
    private final Time time;
    private final SecureRandom random = new SecureRandom();

    HandleSessions(Time time) {
        this.time = time;
    }

    synchronized Session open() {
        while (waiting.size() >= MAX) {
            waiting.remove(waiting.keySet().iterator().next());
        }
        var session = new Session(
                HexFormat.of().formatHex(drawn(NAME_BYTES)),
                Octets.of(drawn(NONCE_BYTES)),
                Optional.empty(),
                time.monotonicNanos() + WAITING.toNanos());
        waiting.put(session.id(), session);
        return session;
    }

    private byte[] drawn(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    /// A session that is there still. One that is signed is good for half an hour from now.
    synchronized Optional<Session> find(String id) {
        long now = time.monotonicNanos();
        var found = Optional.ofNullable(signed.get(id)).or(() -> Optional.ofNullable(waiting.get(id)));
        if (found.isPresent() && found.get().untilNanos() - now <= 0) {
            end(id);
            return Optional.empty();
        }
        return found.map(s -> s.who().isPresent() ? renewed(s, now) : s);
    }

    private Session renewed(Session session, long now) {
        var longer = new Session(session.id(), session.nonce(), session.who(), now + SIGNED.toNanos());
        signed.put(session.id(), longer);
        return longer;
    }

    /// The session, signed from now on.
    ///
    /// @return nothing if it is not there any more, or there are too many
    synchronized Optional<Session> sign(Session session, ValueReference who) {
        long now = time.monotonicNanos();
        if (signed.size() >= MAX) {
            signed.values().removeIf(s -> s.untilNanos() - now <= 0);
        }
        boolean open = waiting.containsKey(session.id()) || signed.containsKey(session.id());
        if (!open || signed.size() >= MAX) {
            return Optional.empty();
        }
        waiting.remove(session.id());
        return Optional.of(renewed(new Session(session.id(), session.nonce(), Optional.of(who), now), now));
    }

    synchronized void end(String id) {
        waiting.remove(id);
        signed.remove(id);
    }
}
