package io.millwright.identity.store;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Packed records that were read lately, outside the Java heap: found in a tenth of the time that RocksDB takes, which
/// looks through index, filter and block for each. The room grows with the number of records, up to [#BYTES_MAX].
///
/// Memory is a row of buckets, each record in that of its hash; when one is full, what came first goes.
///
/// ```text
/// bucket: | octets in use 4 | entry … |     entry: | hash 4 | length of the key 2 | of the record 2 | key | record |
/// ```
///
/// What is found is what was last acknowledged, or is being changed right now: a change takes a record out before it is
/// made, and until it is made, and by whoever began to read before that, nothing is kept in its stripe.
final class PackedCache {

    /// The most memory that is taken.
    static final long BYTES_MAX = 64L << 20;

    /// What a key and a record are assumed to take.
    private static final int RECORD_BYTES = 80;

    private static final int BUCKET_BYTES = 1024;
    private static final int BUCKETS_MIN = 256;
    private static final int HEAD_BYTES = 4;
    private static final int ENTRY_HEAD_BYTES = 8;
    private static final int STRIPES = 256;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private static final Logger LOG = LoggerFactory.getLogger(PackedCache.class);

    private final Stripe[] stripes = new Stripe[STRIPES];
    private volatile long bytesMax = BYTES_MAX;
    private volatile MemorySegment memory = room(BUCKETS_MIN);

    /// Guards a part of the hashes.
    private static final class Stripe {
        private long changes;
        private int underWay;
    }

    /// Where a record comes from that is not kept.
    interface Source {
        byte @Nullable [] read(byte[] key);
    }

    PackedCache() {
        Arrays.setAll(stripes, i -> new Stripe());
    }

    private static MemorySegment room(long buckets) {
        return Arena.ofAuto().allocate(buckets * BUCKET_BYTES, 64);
    }

    /// The memory that is taken.
    long bytes() {
        return memory.byteSize();
    }

    /// The record of a key; null if there is none.
    ///
    /// @param records how many there are in all
    byte @Nullable [] get(byte[] key, long records, Source source) {
        int hash = hash(key);
        var stripe = stripe(hash);
        long seen;
        synchronized (stripe) {
            var all = memory;
            long at = find(all, bucket(all, hash), hash, key);
            if (at > 0) {
                return record(all, at);
            }
            seen = stripe.changes;
        }
        byte[] read = source.read(key);
        if (read != null) {
            keep(stripe, seen, hash, key, read, records);
        }
        return read;
    }

    private void keep(Stripe stripe, long seen, int hash, byte[] key, byte[] record, long records) {
        if (HEAD_BYTES + ENTRY_HEAD_BYTES + key.length + record.length > BUCKET_BYTES / 4) {
            return;
        }
        grow(records);
        synchronized (stripe) {
            var all = memory;
            long bucket = bucket(all, hash);
            if (stripe.underWay == 0 && stripe.changes == seen && find(all, bucket, hash, key) < 0) {
                add(all, bucket, hash, key, record);
            }
        }
    }

    /// A larger room begins empty.
    private void grow(long records) {
        long wanted = Math.min(bytesMax, records * RECORD_BYTES);
        if (wanted >= 2 * memory.byteSize()) {
            synchronized (this) {
                if (wanted >= 2 * memory.byteSize()) {
                    enlarge(wanted);
                }
            }
        }
    }

    /// Where Java is given too little memory outside its heap, the room stays as it is.
    private void enlarge(long bytes) {
        try {
            memory = room(bytes / BUCKET_BYTES);
        } catch (OutOfMemoryError e) {
            bytesMax = memory.byteSize();
            LOG.info("Records are kept in {} KB of memory: there is no more", bytesMax >> 10);
        }
    }

    /// Takes out what is to be changed, and keeps it out until [#changed].
    void changing(Collection<byte[]> keys) {
        for (byte[] key : keys) {
            int hash = hash(key);
            var stripe = stripe(hash);
            synchronized (stripe) {
                stripe.underWay++;
                stripe.changes++;
                var all = memory;
                long at = find(all, bucket(all, hash), hash, key);
                if (at > 0) {
                    all.set(INT, at, ~hash); // Found no more; it goes when the bucket is full.
                    all.set(SHORT, at + 4, (short) (key.length | 0x8000));
                }
            }
        }
    }

    /// The changes are made, or failed.
    void changed(Collection<byte[]> keys) {
        for (byte[] key : keys) {
            var stripe = stripe(hash(key));
            synchronized (stripe) {
                stripe.underWay--;
                stripe.changes++; // Who reads now may have read what was there before.
            }
        }
    }

    private Stripe stripe(int hash) {
        return stripes[hash >>> 24];
    }

    private static int hash(byte[] key) {
        int mixed = Arrays.hashCode(key) * 0x9e3779b9;
        mixed ^= mixed >>> 15;
        mixed *= 0x85ebca6b;
        return mixed ^ mixed >>> 13;
    }

    /// All keys of a bucket have one stripe: both follow from the first bits of the hash, and there are more buckets
    /// than stripes.
    private static long bucket(MemorySegment all, int hash) {
        long perStripe = all.byteSize() / BUCKET_BYTES / STRIPES;
        long within = (hash & 0xffffff) * perStripe >>> 24;
        return ((hash >>> 24) * perStripe + within) * BUCKET_BYTES;
    }

    /// Where an entry begins; -1 if there is none.
    private static long find(MemorySegment all, long bucket, int hash, byte[] key) {
        long end = bucket + HEAD_BYTES + all.get(INT, bucket);
        for (long at = bucket + HEAD_BYTES; at < end; at += entryBytes(all, at)) {
            if (all.get(INT, at) == hash && all.get(SHORT, at + 4) == key.length && holds(all, at, key)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean holds(MemorySegment all, long at, byte[] key) {
        for (int i = key.length - 1; i >= 0; i--) {
            if (all.get(BYTE, at + ENTRY_HEAD_BYTES + i) != key[i]) {
                return false;
            }
        }
        return true;
    }

    private static int keyBytes(MemorySegment all, long at) {
        return all.get(SHORT, at + 4) & 0x7fff;
    }

    private static int entryBytes(MemorySegment all, long at) {
        return ENTRY_HEAD_BYTES + keyBytes(all, at) + all.get(SHORT, at + 6);
    }

    private static byte[] record(MemorySegment all, long at) {
        byte[] record = new byte[all.get(SHORT, at + 6)];
        MemorySegment.copy(all, BYTE, at + ENTRY_HEAD_BYTES + keyBytes(all, at), record, 0, record.length);
        return record;
    }

    private static void add(MemorySegment all, long bucket, int hash, byte[] key, byte[] record) {
        int bytes = ENTRY_HEAD_BYTES + key.length + record.length;
        int used = all.get(INT, bucket);
        int freed = 0;
        while (HEAD_BYTES + used - freed + bytes > BUCKET_BYTES) {
            freed += entryBytes(all, bucket + HEAD_BYTES + freed);
        }
        long first = bucket + HEAD_BYTES;
        MemorySegment.copy(all, first + freed, all, first, used - freed);
        long at = first + used - freed;
        all.set(INT, at, hash);
        all.set(SHORT, at + 4, (short) key.length);
        all.set(SHORT, at + 6, (short) record.length);
        MemorySegment.copy(key, 0, all, BYTE, at + ENTRY_HEAD_BYTES, key.length);
        MemorySegment.copy(record, 0, all, BYTE, at + ENTRY_HEAD_BYTES + key.length, record.length);
        all.set(INT, bucket, used - freed + bytes);
    }
}
