package io.millwright.identity.store;

/// How much memory and disk an [IdentityStore] takes, and how much may wait.
///
/// @param cacheBytes most memory for blocks of the disk, indexes and filters of all records included
/// @param bufferBytes most memory for changes not yet in sorted files; up to two such buffers are filled
/// @param historyMax how many transactions are remembered for mirrors, about
/// @param waitingMax most changes waiting for the disk; one more is told to come back later
/// @param waitingBytesMax most octets of those
/// @param reserveBytes what has to be free on the disk for a change to be made
/// @param direct whether files are read past the memory in which the system keeps them
public record StoreSettings(
        long cacheBytes,
        long bufferBytes,
        long historyMax,
        int waitingMax,
        long waitingBytesMax,
        long reserveBytes,
        boolean direct) {

    public StoreSettings {
        if (cacheBytes < 1 << 20 || bufferBytes < 1 << 16 || historyMax < 1 || waitingMax < 1 || waitingBytesMax < 1) {
            throw new IllegalArgumentException("a store needs 1 MiB of cache, 64 KiB of buffer and room to wait");
        }
    }

    /// What suits up to some ten million records beside a node of 300 MB.
    public static StoreSettings usual() {
        return new StoreSettings(64L << 20, 16L << 20, 1_000_000, 65_536, 32L << 20, 256L << 20, false);
    }

    public StoreSettings withCacheBytes(long bytes) {
        return new StoreSettings(bytes, bufferBytes, historyMax, waitingMax, waitingBytesMax, reserveBytes, direct);
    }

    public StoreSettings withBufferBytes(long bytes) {
        return new StoreSettings(cacheBytes, bytes, historyMax, waitingMax, waitingBytesMax, reserveBytes, direct);
    }

    public StoreSettings withHistoryMax(long transactions) {
        return new StoreSettings(
                cacheBytes, bufferBytes, transactions, waitingMax, waitingBytesMax, reserveBytes, direct);
    }

    public StoreSettings withWaitingMax(int changes) {
        return new StoreSettings(cacheBytes, bufferBytes, historyMax, changes, waitingBytesMax, reserveBytes, direct);
    }

    public StoreSettings withReserveBytes(long bytes) {
        return new StoreSettings(cacheBytes, bufferBytes, historyMax, waitingMax, waitingBytesMax, bytes, direct);
    }

    public StoreSettings withDirect(boolean past) {
        return new StoreSettings(cacheBytes, bufferBytes, historyMax, waitingMax, waitingBytesMax, reserveBytes, past);
    }
}
