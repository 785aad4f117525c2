package io.millwright.identity.server;

import io.millwright.model.Time;
import java.net.SocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Datagrams whose answer takes its time, so that a client's retransmission does not have them performed again: while
/// the answer is being made it is left aside, afterwards it gets the same answer. At most [#MAX], the oldest forgotten
/// first, none older than [#AGE_NANOS_MAX].
final class RecentRequests {

    static final int MAX = 1024;
    static final long AGE_NANOS_MAX = 10_000_000_000L;

    /// @param message the whole request: another one with the same number is another one
    record Key(SocketAddress client, int sessionId, int requestId, int message) {}

    private record Entry(long bornNanos, Optional<Reply> reply) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final Time time;

    RecentRequests(Time time) {
        this.time = time;
    }

    /// What is known of a request.
    sealed interface Known {
        /// It has not come before.
        record New() implements Known {}

        /// It is being answered.
        record InProgress() implements Known {}

        /// It was answered so.
        record Answered(Reply reply) implements Known {}
    }

    /// Looks a request up; a new one is in progress from now on.
    synchronized Known begin(Key key) {
        long now = time.monotonicNanos();
        var oldest = entries.values().iterator();
        while (oldest.hasNext() && (now - oldest.next().bornNanos() > AGE_NANOS_MAX || entries.size() >= MAX)) {
            oldest.remove();
        }
        var entry = Optional.ofNullable(entries.get(key));
        if (entry.isEmpty()) {
            entries.put(key, new Entry(now, Optional.empty()));
            return new Known.New();
        }
        return entry.get().reply().<Known>map(Known.Answered::new).orElseGet(Known.InProgress::new);
    }

    synchronized void answered(Key key, Reply reply) {
        entries.computeIfPresent(key, (k, entry) -> new Entry(entry.bornNanos(), Optional.of(reply)));
    }

    synchronized void forget(Key key) {
        entries.remove(key);
    }
}
