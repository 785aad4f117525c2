package io.millwright.identity.server;

import io.millwright.identity.message.ResponseCode;
import java.util.concurrent.atomic.LongAdder;

/// What a node has counted since its start; many threads count at once.
final class ServerCounters {

    final LongAdder requests = new LongAdder();
    final LongAdder refusedConnections = new LongAdder();
    final LongAdder timedOut = new LongAdder();
    final LongAdder unreadable = new LongAdder();
    final LongAdder cutShort = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder notFound = new LongAdder();
    private final LongAdder otherErrors = new LongAdder();

    void count(int responseCode) {
        switch (responseCode) {
            case ResponseCode.SUCCESS -> succeeded.increment();
            case ResponseCode.HANDLE_NOT_FOUND -> notFound.increment();
            default -> otherErrors.increment();
        }
    }

    ServerStatistics read() {
        return new ServerStatistics(
                requests.sum(),
                succeeded.sum(),
                notFound.sum(),
                otherErrors.sum(),
                unreadable.sum(),
                refusedConnections.sum(),
                timedOut.sum(),
                cutShort.sum());
    }
}
