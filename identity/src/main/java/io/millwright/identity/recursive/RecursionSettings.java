package io.millwright.identity.recursive;

import java.time.Duration;

/// How a recursive node treats answers and clients.
///
/// @param cacheBytes most memory for answers, about
/// @param negativeBytes most memory for what does not exist or did not answer, about: however many names are made up,
/// no answer is forgotten for them
/// @param lifeMax how long an answer is used at most, whatever its TTL says
/// @param negativeLife how long it is remembered that a handle does not exist
/// @param failureLife how long a server that did not answer is not asked for the same again
/// @param staleLife how long an answer may still be used, with its age, when it is no longer fresh and nobody answers
/// @param patience how long a client waits for a new answer where a stale one could be given
/// @param hotCount how many questions in the last part of an answer's life have it fetched before its end
/// @param hotPart that part, 0…1
/// @param depthMax how many servers may have passed a request on before it is refused
/// @param fetchesMax how many questions to others may be under way at once; more are told SERVER_BUSY
/// @param clientRate questions per second and client, on average
/// @param clientBurst questions of one client at once
/// @param clientsMax of how many clients the rate is known
public record RecursionSettings(
        long cacheBytes,
        long negativeBytes,
        Duration lifeMax,
        Duration negativeLife,
        Duration failureLife,
        Duration staleLife,
        Duration patience,
        int hotCount,
        double hotPart,
        int depthMax,
        int fetchesMax,
        int clientRate,
        int clientBurst,
        int clientsMax) {

    public RecursionSettings {
        if (cacheBytes < 0 || negativeBytes < 0 || clientRate < 1 || clientBurst < 1 || clientsMax < 1) {
            throw new IllegalArgumentException("sizes are not negative; rate, burst and clients are at least 1");
        }
        if (hotPart < 0 || hotPart > 1 || depthMax < 0 || depthMax > 254 || fetchesMax < 1) {
            throw new IllegalArgumentException("part 0…1, depth 0…254, at least 1 fetch");
        }
    }

    /// What suits a node beside others on one machine: 64 MiB and 8 MiB; a day, 30 s, 5 s; stale for a day, after
    /// 1.5 s of waiting; fetched again when asked for twice in the last tenth; 8 servers deep; 256 at once; 2000
    /// questions per second and client.
    public static RecursionSettings usual() {
        return new RecursionSettings(
                64L << 20,
                8L << 20,
                Duration.ofDays(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofDays(1),
                Duration.ofMillis(1500),
                2,
                0.1,
                8,
                256,
                2000,
                4000,
                65_536);
    }

    public RecursionSettings withCache(long answers, long negatives) {
        return new RecursionSettings(
                answers,
                negatives,
                lifeMax,
                negativeLife,
                failureLife,
                staleLife,
                patience,
                hotCount,
                hotPart,
                depthMax,
                fetchesMax,
                clientRate,
                clientBurst,
                clientsMax);
    }

    public RecursionSettings withLives(Duration negative, Duration failure, Duration stale) {
        return new RecursionSettings(
                cacheBytes,
                negativeBytes,
                lifeMax,
                negative,
                failure,
                stale,
                patience,
                hotCount,
                hotPart,
                depthMax,
                fetchesMax,
                clientRate,
                clientBurst,
                clientsMax);
    }

    public RecursionSettings withRate(int perSecond, int burst) {
        return new RecursionSettings(
                cacheBytes,
                negativeBytes,
                lifeMax,
                negativeLife,
                failureLife,
                staleLife,
                patience,
                hotCount,
                hotPart,
                depthMax,
                fetchesMax,
                perSecond,
                burst,
                clientsMax);
    }

    public RecursionSettings withHot(int count, double part) {
        return new RecursionSettings(
                cacheBytes,
                negativeBytes,
                lifeMax,
                negativeLife,
                failureLife,
                staleLife,
                patience,
                count,
                part,
                depthMax,
                fetchesMax,
                clientRate,
                clientBurst,
                clientsMax);
    }

    public RecursionSettings withFetchesMax(int max) {
        return new RecursionSettings(
                cacheBytes,
                negativeBytes,
                lifeMax,
                negativeLife,
                failureLife,
                staleLife,
                patience,
                hotCount,
                hotPart,
                depthMax,
                max,
                clientRate,
                clientBurst,
                clientsMax);
    }
}
