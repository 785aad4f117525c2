package io.millwright.identity.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.DataBlockIndexType;
import org.rocksdb.FlushOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// The RocksDB of a store: how it is set up, and its life. Nothing native is touched once it is closed.
///
/// Indexes and filters are cut into blocks, which live in the cache beside data and give way like them: what stays in
/// memory does not grow with the number of records, but for one entry for about 100 000. The last level, where nine of
/// ten records are, is packed with Zstandard, the levels above with LZ4.
///
/// The journal may be cut short at its end, as `kill -9` leaves it; any other fault in it is an error, not an end.
final class Rocks implements AutoCloseable {

    private static final int BLOCK_BYTES = 8 << 10;
    private static final int INDEX_BLOCK_BYTES = 4 << 10;
    private static final int FILTER_BITS = 10;
    private static final long FILE_BYTES = 64L << 20;
    private static final double INDEX_SHARE = 0.5;

    private final String where;
    private final Deque<AbstractNativeReference> owned = new ArrayDeque<>();
    private final StampedLock life = new StampedLock();
    private final RocksDB db;
    private final List<ColumnFamilyHandle> families = new ArrayList<>();
    private final Options sorted;
    private final ReadOptions reads;
    private final ReadOptions scans;
    private final WriteOptions durable;
    private final PackedCache recent = new PackedCache();
    private volatile boolean closed;

    /// What is kept apart.
    enum Family {
        /// The state of the store, its prefixes, and whom it follows.
        STATE(0, "default"),
        /// What [RecordCodec] packs, by [Keys].
        RECORDS(1, "records"),
        /// [Templates] by number.
        TEMPLATES(2, "templates"),
        /// Transactions by number.
        TRANSACTIONS(3, "transactions");

        private final int position;
        private final String label;

        Family(int position, String label) {
            this.position = position;
            this.label = label;
        }
    }

    /// Something to be done with what cannot be used once the store is closed.
    interface Use<T extends @Nullable Object> {
        T with(RocksDB db) throws RocksDBException;
    }

    /// Something to be done with an iterator.
    interface Scan<T> {
        T with(RocksIterator iterator) throws RocksDBException;
    }

    private Rocks(Path folder, StoreSettings settings, boolean create) throws IOException, RocksDBException {
        where = folder.toString();
        NativeRocks.load();
        var cache = own(new LRUCache(settings.cacheBytes(), -1, false, INDEX_SHARE));
        var options = own(dbOptions(settings, create));
        var everyFamily = own(family(settings, cache));
        sorted = own(sortedOptions(cache));
        reads = own(new ReadOptions());
        scans = own(new ReadOptions().setFillCache(false).setReadaheadSize(1 << 20));
        durable = own(new WriteOptions().setSync(true));
        var described = new ArrayList<ColumnFamilyDescriptor>();
        for (var family : Family.values()) {
            described.add(new ColumnFamilyDescriptor(StateKeys.utf8(family.label), everyFamily));
        }
        db = RocksDB.open(options, folder.toString(), described, families);
    }

    /// Makes an empty one.
    static void create(Path folder, StoreSettings settings) throws IOException {
        open(folder, settings, true).close();
    }

    /// Opens one that has been made.
    ///
    /// @throws StoreDamaged if its files are not what was written
    static Rocks open(Path folder, StoreSettings settings) throws IOException {
        return open(folder, settings, false);
    }

    private static Rocks open(Path folder, StoreSettings settings, boolean create) throws IOException {
        try {
            return new Rocks(folder, settings, create);
        } catch (RocksDBException e) {
            throw failure(folder.toString(), e);
        }
    }

    private static DBOptions dbOptions(StoreSettings settings, boolean create) {
        return new DBOptions()
                .setCreateIfMissing(create)
                .setCreateMissingColumnFamilies(create)
                .setErrorIfExists(create)
                .setParanoidChecks(true)
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setMaxTotalWalSize(4 * settings.bufferBytes())
                .setMaxBackgroundJobs(2)
                .setBytesPerSync(1 << 20)
                .setUseDirectReads(settings.direct())
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setKeepLogFileNum(2)
                .setMaxLogFileSize(1 << 20)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static ColumnFamilyOptions family(StoreSettings settings, Cache cache) {
        return new ColumnFamilyOptions()
                .setWriteBufferSize(settings.bufferBytes())
                .setMaxWriteBufferNumber(2)
                .setTargetFileSizeBase(FILE_BYTES)
                .setMaxBytesForLevelBase(4 * FILE_BYTES)
                .setLevelCompactionDynamicLevelBytes(true)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setBottommostCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTableFormatConfig(tables(cache));
    }

    /// Files that are written in the order of their keys and taken in whole.
    private static Options sortedOptions(Cache cache) {
        return new Options()
                .setCompressionType(CompressionType.ZSTD_COMPRESSION)
                .setTargetFileSizeBase(FILE_BYTES)
                .setTableFormatConfig(tables(cache));
    }

    @SuppressWarnings("resource") // lives as long as the process: options refer to it
    private static BlockBasedTableConfig tables(Cache cache) {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(BLOCK_BYTES)
                .setMetadataBlockSize(INDEX_BLOCK_BYTES)
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setFilterPolicy(new BloomFilter(FILTER_BITS))
                .setOptimizeFiltersForMemory(true)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinTopLevelIndexAndFilter(true)
                .setDataBlockIndexType(DataBlockIndexType.kDataBlockBinaryAndHash)
                .setFormatVersion(6);
    }

    private <T extends AbstractNativeReference> T own(T resource) {
        owned.addFirst(resource);
        return resource;
    }

    /// The value of a key; null if there is none.
    ///
    /// @throws UncheckedIOException if the disk fails or what is read is damaged
    byte @Nullable [] get(Family family, byte[] key) {
        long stamp = life.readLock();
        try {
            return open().get(handle(family), reads, key);
        } catch (RocksDBException e) {
            throw new UncheckedIOException(failure(where, e));
        } finally {
            life.unlockRead(stamp);
        }
    }

    /// A packed record, from memory if it was read lately; null if there is none.
    ///
    /// @param records how many there are in all
    /// @throws UncheckedIOException if the disk fails or what is read is damaged
    byte @Nullable [] record(byte[] key, long records) {
        var _ = open();
        return recent.get(key, records, this::readRecord);
    }

    private byte @Nullable [] readRecord(byte[] key) {
        return get(Family.RECORDS, key);
    }

    boolean has(Family family, byte[] key) {
        return get(family, key) != null;
    }

    /// Reads many neighbours as they are at one moment.
    ///
    /// @throws UncheckedIOException if the disk fails or what is read is damaged
    <T> T scan(Family family, Scan<T> scan) {
        long stamp = life.readLock();
        try (var iterator = open().newIterator(handle(family), scans)) {
            T result = scan.with(iterator);
            iterator.status();
            return result;
        } catch (RocksDBException e) {
            throw new UncheckedIOException(failure(where, e));
        } finally {
            life.unlockRead(stamp);
        }
    }

    /// Makes everything in the batch durable, or nothing.
    void write(WriteBatch batch) throws IOException {
        use(db -> {
            db.write(durable, batch);
            return true;
        });
    }

    /// The same for a batch that changes records.
    ///
    /// @param records the keys of all it changes
    void write(WriteBatch batch, Collection<byte[]> records) throws IOException {
        recent.changing(records);
        try {
            write(batch);
        } finally {
            recent.changed(records);
        }
    }

    ColumnFamilyHandle handle(Family family) {
        return families.get(family.position);
    }

    /// Takes in a file of sorted records, whole and durable; the file is gone from where it was.
    void ingest(Path file) throws IOException {
        use(db -> {
            try (var options = new IngestExternalFileOptions().setMoveFiles(true)) {
                db.ingestExternalFile(handle(Family.RECORDS), List.of(file.toString()), options);
            }
            return true;
        });
    }

    /// The values of many keys of records, in their order; null where there is none.
    List<byte[]> getAll(List<byte[]> keys) throws IOException {
        var family = Collections.nCopies(keys.size(), handle(Family.RECORDS));
        return use(db -> db.multiGetAsList(reads, family, keys));
    }

    /// How files of sorted records are made.
    Options sorted() {
        return sorted;
    }

    /// Makes a copy of everything durable now in a folder that does not exist: links on the same file system.
    void copy(Path to) throws IOException {
        use(db -> {
            try (var checkpoint = Checkpoint.create(db)) {
                checkpoint.createCheckpoint(to.toString());
            }
            return true;
        });
    }

    /// Reads every block and checks it.
    void verify() throws IOException {
        use(db -> {
            db.verifyChecksum();
            return true;
        });
    }

    /// Merges all files of records into the last level.
    void compact() throws IOException {
        use(db -> {
            db.compactRange(handle(Family.RECORDS));
            return true;
        });
    }

    /// Octets of memory outside the heap: cache, indexes, filters and changes not yet in files.
    long memoryBytes() throws IOException {
        return use(db -> {
            long bytes = db.getLongProperty("rocksdb.block-cache-usage");
            for (String part : List.of("rocksdb.estimate-table-readers-mem", "rocksdb.cur-size-all-mem-tables")) {
                bytes += db.getAggregatedLongProperty(part);
            }
            return bytes + recent.bytes();
        });
    }

    private <T> T use(Use<T> use) throws IOException {
        long stamp = life.readLock();
        try {
            return use.with(open());
        } catch (RocksDBException e) {
            throw failure(where, e);
        } finally {
            life.unlockRead(stamp);
        }
    }

    private RocksDB open() {
        if (closed) {
            throw new IllegalStateException("identity store " + where + " is closed");
        }
        return db;
    }

    /// What is to be said of a record that is not as it was written.
    StoreDamaged damage(Object record, Exception e) {
        return new StoreDamaged(where, record + ": " + e.getMessage());
    }

    private static IOException failure(String where, RocksDBException e) {
        String what = String.valueOf(e.getMessage());
        var status = e.getStatus();
        boolean damaged = status != null && status.getCode() == Status.Code.Corruption
                || what.contains("No such file")
                || what.contains("does not exist");
        return damaged ? new StoreDamaged(where, what) : new IOException("identity store " + where + ": " + what, e);
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /// Brings the journal into files, so that the next start has nothing to read again, and lets go of everything.
    ///
    /// @return whether it was open until now
    boolean end() throws IOException {
        long stamp = life.writeLock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            try (var all = new FlushOptions().setWaitForFlush(true)) {
                db.flush(all, families);
            } catch (RocksDBException e) {
                throw failure(where, e);
            } finally {
                families.forEach(ColumnFamilyHandle::close);
                db.close();
                owned.forEach(AbstractNativeReference::close);
            }
            return true;
        } finally {
            life.unlockWrite(stamp);
        }
    }
}
