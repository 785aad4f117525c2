package io.millwright.identity.client;

import java.time.Duration;
import java.util.List;

/// How patient a client is.
///
/// @param udpTimeouts how long to wait for an answer before each retransmission and, the last, before giving up
/// @param connectTimeout how long a TCP connection may take to be set up
/// @param answerTimeout how long a whole exchange over TCP or HTTP may take
/// @param udpAnswerBytesMax longer answers are fetched by TCP
/// @param requestDigest whether to have the server prove which request it answers
/// @param recursionCount how many servers have passed on what is asked; 0…255
public record ClientSettings(
        List<Duration> udpTimeouts,
        Duration connectTimeout,
        Duration answerTimeout,
        int udpAnswerBytesMax,
        boolean requestDigest,
        int recursionCount) {

    public ClientSettings {
        udpTimeouts = List.copyOf(udpTimeouts);
        if (udpTimeouts.isEmpty()) {
            throw new IllegalArgumentException("at least one attempt is needed");
        }
    }

    /// Three attempts in 3.5 s over UDP; 3 s to connect and 10 s for an answer over TCP and HTTP.
    public static ClientSettings usual() {
        return new ClientSettings(
                List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                Duration.ofSeconds(3),
                Duration.ofSeconds(10),
                16_384,
                false,
                0);
    }

    public ClientSettings withUdpTimeouts(List<Duration> timeouts) {
        return new ClientSettings(
                timeouts, connectTimeout, answerTimeout, udpAnswerBytesMax, requestDigest, recursionCount);
    }

    public ClientSettings withAnswerTimeout(Duration timeout) {
        return new ClientSettings(
                udpTimeouts, connectTimeout, timeout, udpAnswerBytesMax, requestDigest, recursionCount);
    }

    public ClientSettings withRequestDigest() {
        return new ClientSettings(udpTimeouts, connectTimeout, answerTimeout, udpAnswerBytesMax, true, recursionCount);
    }

    public ClientSettings withConnectTimeout(Duration timeout) {
        return new ClientSettings(
                udpTimeouts, timeout, answerTimeout, udpAnswerBytesMax, requestDigest, recursionCount);
    }

    /// For a server that passes a request on.
    public ClientSettings withRecursionCount(int count) {
        return new ClientSettings(udpTimeouts, connectTimeout, answerTimeout, udpAnswerBytesMax, requestDigest, count);
    }
}
