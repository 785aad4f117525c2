package io.millwright.identity.recursive;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.Relay;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.server.Recursion.Asked;
import io.millwright.identity.server.Recursion.Said;
import io.millwright.model.Time;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Requests handed on octet for octet, and which node's challenges their clients will answer. A client signs its own
/// request only; so what it proves, it proves to the node that holds the handle, and this node can change nothing.
final class PassedOn {

    /// No door is tried when others have taken so long.
    private static final long PASSING_NANOS_MAX = 10_000_000_000L;

    /// How many doors are tried for one request.
    private static final int DOORS_MAX = 8;

    private static final int CHALLENGES_MAX = 10_000;
    private static final long CHALLENGE_NANOS = 30_000_000_000L;

    /// @param number in the envelope of the challenge
    private record Challenge(InetAddress client, int number) {}

    private record Poser(Endpoint endpoint, long untilNanos) {}

    /// A request as it comes back if servers pass it on in a circle.
    private record Round(int requestId, int message) {}

    private final Map<Challenge, Poser> challenges = new LinkedHashMap<>();
    private final Set<Round> underWay = ConcurrentHashMap.newKeySet();
    private final Relay relay;
    private final Time time;

    PassedOn(ClientSettings settings, Time time) {
        relay = new Relay(settings);
        this.time = time;
    }

    /// Asks each door in turn until one answers.
    Said send(Asked asked, List<Endpoint> doors) {
        byte[] message = asked.message();
        var round = new Round(asked.envelope().requestId(), Arrays.hashCode(message));
        if (!underWay.add(round)) {
            return told(ResponseCode.RECURSION_LIMIT_EXCEEDED, "the request has come back here in a circle");
        }
        try {
            String why = "its prefix has no service";
            long began = time.monotonicNanos();
            for (var door : doors.stream().limit(DOORS_MAX).toList()) {
                if (time.monotonicNanos() - began > PASSING_NANOS_MAX) {
                    break;
                }
                switch (relay.send(door, asked.envelope(), message)) {
                    case Relay.Relayed.Answered(var envelope, var header, var answer) -> {
                        if (header.responseCode() == ResponseCode.AUTHENTICATION_NEEDED) {
                            remember(new Challenge(asked.client(), envelope.sessionId()), door);
                        }
                        return new Said.PassedOn(envelope, answer);
                    }
                    case Relay.Relayed.Failed(var reason) -> why = reason;
                }
            }
            return told(ResponseCode.ERROR, "nobody answers: " + why);
        } finally {
            underWay.remove(round);
        }
    }

    private static Said told(int code, String text) {
        return new Said.Told(code, Body.ErrorResponse.of(text));
    }

    private synchronized void remember(Challenge challenge, Endpoint poser) {
        long now = time.monotonicNanos();
        var oldest = challenges.values().iterator();
        while (oldest.hasNext() && (oldest.next().untilNanos() - now < 0 || challenges.size() >= CHALLENGES_MAX)) {
            oldest.remove();
        }
        challenges.put(challenge, new Poser(poser, now + CHALLENGE_NANOS));
    }

    /// The node whose challenge a request answers; it can be answered once.
    synchronized Optional<Endpoint> poserOf(Asked answer) {
        var challenge = new Challenge(answer.client(), answer.envelope().sessionId());
        return Optional.ofNullable(challenges.remove(challenge))
                .filter(poser -> poser.untilNanos() - time.monotonicNanos() >= 0)
                .map(Poser::endpoint);
    }
}
