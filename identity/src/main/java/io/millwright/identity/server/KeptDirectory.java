package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.model.Time;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// A directory that is not asked twice for the same within [#LIFE_NANOS], nor by two at once: who asks while another's
/// question is under way waits for that. A key that is revoked elsewhere counts here for as long.
final class KeptDirectory implements Directory {

    static final long LIFE_NANOS = 30_000_000_000L;
    static final int RECORDS_MAX = 1000;

    /// Larger records are not kept.
    private static final int RECORD_BYTES_MAX = 16_384;

    private record Kept(Optional<HandleRecord> found, long bornNanos) {}

    private final Map<Handle, Kept> kept = new LinkedHashMap<>();
    private final Map<Handle, CompletableFuture<Optional<HandleRecord>>> underWay = new ConcurrentHashMap<>();
    private final Directory source;
    private final Time time;

    KeptDirectory(Directory source, Time time) {
        this.source = source;
        this.time = time;
    }

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        var known = known(handle);
        if (known.isPresent()) {
            return known.get().found();
        }
        var own = new CompletableFuture<Optional<HandleRecord>>();
        var other = underWay.putIfAbsent(handle, own);
        if (other != null) {
            return other.join();
        }
        Optional<HandleRecord> found = Optional.empty();
        try {
            found = source.find(handle);
            keep(handle, found);
            return found;
        } finally {
            underWay.remove(handle);
            own.complete(found);
        }
    }

    private Optional<Kept> known(Handle handle) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(handle))
                    .filter(k -> time.monotonicNanos() - k.bornNanos() < LIFE_NANOS);
        }
    }

    private void keep(Handle handle, Optional<HandleRecord> found) {
        int bytes = found.stream()
                .flatMap(record -> record.values().stream())
                .mapToInt(KeptDirectory::bytes)
                .sum();
        if (bytes > RECORD_BYTES_MAX) {
            return;
        }
        synchronized (kept) {
            kept.remove(handle);
            kept.put(handle, new Kept(found, time.monotonicNanos()));
            if (kept.size() > RECORDS_MAX) {
                var oldest = kept.keySet().iterator();
                oldest.next();
                oldest.remove();
            }
        }
    }

    private static int bytes(HandleValue value) {
        return HandleValue.BYTES_MIN
                + value.type().length()
                + value.data().length()
                + 64 * value.references().size();
    }

    int size() {
        synchronized (kept) {
            return kept.size();
        }
    }

    @Override
    public boolean verifies(Body.VerifyRequest proof) {
        return source.verifies(proof);
    }
}
