package io.millwright.identity.recursive;

import io.millwright.identity.message.ResponseCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// Searches under way: who asks for what another has just asked for waits for that search.
final class Flights {

    /// Requests that were passed on equally often share a search. Were a request that has come back here in a circle to
    /// wait for its own answer, neither would end; so it goes on, until it has been passed on too often.
    private record Key(QueryKey query, int depth) {}

    private static final KeptAnswer BUSY = KeptAnswer.refused(
            ResponseCode.SERVER_BUSY, Optional.of("too many searches are under way; try again later"), 0);

    private final Map<Key, CompletableFuture<KeptAnswer>> flights = new ConcurrentHashMap<>();
    private final Semaphore places;
    private final LongAdder coalesced;

    /// @param coalesced counts who waits for another's search
    Flights(int max, LongAdder coalesced) {
        places = new Semaphore(max);
        this.coalesced = coalesced;
    }

    /// Joins a search or begins it on a thread of its own. If too many are under way, the answer is SERVER_BUSY.
    CompletableFuture<KeptAnswer> join(QueryKey query, int depth, Supplier<KeptAnswer> search) {
        var key = new Key(query, depth);
        var own = new CompletableFuture<KeptAnswer>();
        var other = flights.putIfAbsent(key, own);
        if (other != null) {
            coalesced.increment();
            return other;
        }
        if (!places.tryAcquire()) {
            flights.remove(key);
            own.complete(BUSY);
            return own;
        }
        Thread.ofVirtual().name("handle-search").start(() -> {
            try {
                var answer = search.get();
                flights.remove(key); // First, so that nobody joins a search that has ended.
                own.complete(answer);
            } catch (RuntimeException e) {
                flights.remove(key);
                own.completeExceptionally(e);
            } finally {
                places.release();
            }
        });
        return own;
    }

    /// Does something that takes a place among the searches.
    ///
    /// @return nothing if too many are under way
    <T> Optional<T> among(Supplier<T> action) {
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return Optional.of(action.get());
        } finally {
            places.release();
        }
    }
}
