package io.millwright.identity.store;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.HomedPrefixes;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Lineage;
import io.millwright.identity.registry.Transaction;
import io.millwright.identity.registry.WireRegistry;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Records on disk. A change is acknowledged when it is durable; a power cut or a `kill -9` loses nothing acknowledged
/// and leaves no change half made. Everything is checksummed: what is read is what was written, or an error.
///
/// The numbers of transactions leap at each start ([Lineage]): a folder that was restored from an older copy gives
/// none again that the lost one has given, and knows whoever has followed that one further.
///
/// Reading throws an [UncheckedIOException] if the disk fails or what is there is damaged ([StoreDamaged]), and an
/// [IllegalStateException] once the store is closed.
public final class IdentityStore implements Ledger, WireRegistry, AutoCloseable {

    private static final byte[] NOTHING = {};
    private static final long CHUNK_BYTES_MAX = 256L << 20;

    private final StoreFolder folder;
    private final Rocks rocks;
    private final Templates templates;
    private final RecordCodec codec;
    private final RecordWire wire;
    private final TransactionCodec transactions;
    private final HomedPrefixes homed = new HomedPrefixes(List.of());
    private final ChangeThread changes;
    private final ReentrantLock copying = new ReentrantLock();
    private final int chunkBytes;

    /// Opens the store in a folder, or makes one if the folder is empty or missing.
    ///
    /// @param prefixes what a store that is made answers for, e.g. `88.118.7`; one that is there keeps its own
    /// @throws io.millwright.model.disk.FolderInUse if another process has the folder open
    /// @throws StoreDamaged if the files are not what was written
    public static IdentityStore open(Path folder, Collection<String> prefixes, StoreSettings settings, Time time)
            throws IOException {
        var taken = StoreFolder.take(folder, made -> make(made, prefixes, settings));
        try {
            var rocks = Rocks.open(taken.records(), settings);
            try {
                return new IdentityStore(taken, rocks, settings, time);
            } catch (IOException | RuntimeException e) {
                rocks.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
    }

    private static void make(Path folder, Collection<String> prefixes, StoreSettings settings) throws IOException {
        Rocks.create(folder, settings);
        try (var rocks = Rocks.open(folder, settings);
                var batch = new WriteBatch()) {
            for (String prefix : prefixes) {
                batch.put(rocks.handle(Rocks.Family.STATE), StateKeys.home(prefix), StateKeys.utf8(prefix));
            }
            batch.put(rocks.handle(Rocks.Family.STATE), StateKeys.STATE, new StoreState(0, 0, 0).encode());
            rocks.write(batch);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
    }

    private IdentityStore(StoreFolder folder, Rocks rocks, StoreSettings settings, Time time) throws IOException {
        this.folder = folder;
        this.rocks = rocks;
        chunkBytes = (int) Math.min(settings.bufferBytes(), CHUNK_BYTES_MAX);
        templates = new Templates((id, template) -> keep(rocks, id, template));
        codec = new RecordCodec(templates);
        wire = new RecordWire(templates);
        transactions = new TransactionCodec(codec);
        try {
            loadTemplates();
            BulkLoad.recover(rocks);
            byte[] state = rocks.get(Rocks.Family.STATE, StateKeys.STATE);
            if (state == null || state.length != StoreState.BYTES) {
                throw new StoreDamaged(folder.path().toString(), "its state is missing");
            }
            var start = StoreState.decode(state);
            var lineage = lineage(start, time);
            pairs(StateKeys.HOMES).forEach((key, prefix) -> homed.home(StateKeys.text(prefix, 0)));
            var followed = new HashMap<String, Long>();
            pairs(StateKeys.MIRRORED).forEach((source, number) -> followed.put(source, Keys.number(number)));
            var disk = Files.getFileStore(folder.path());
            changes = new ChangeThread(rocks, codec, homed, lineage, start, settings, disk, time);
            changes.start(followed);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void keep(Rocks rocks, int id, byte[] template) {
        try (var batch = new WriteBatch()) {
            batch.put(rocks.handle(Rocks.Family.TEMPLATES), Keys.ofNumber(id), template);
            rocks.write(batch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch in memory takes no more", e);
        }
    }

    private void loadTemplates() throws IOException {
        var kept = rocks.scan(Rocks.Family.TEMPLATES, all -> {
            var pairs = new ArrayList<Map.Entry<Long, byte[]>>();
            for (all.seekToFirst(); all.isValid(); all.next()) {
                pairs.add(Map.entry(Keys.number(all.key()), all.value()));
            }
            return pairs;
        });
        for (var template : kept) {
            try {
                templates.load(Math.toIntExact(template.getKey()), template.getValue());
            } catch (MalformedException e) {
                throw rocks.damage("template " + template.getKey(), e);
            }
        }
    }

    private Lineage lineage(StoreState start, Time time) {
        var lineage = new Lineage(start.last(), time.epochNanos() / 1000, new SecureRandom());
        pairs(StateKeys.LEAPS).forEach((behind, before) -> lineage.leapt(Keys.number(before), Long.parseLong(behind)));
        for (byte[] given : pairs(StateKeys.REJOINED).values()) {
            var numbers = ByteBuffer.wrap(given);
            lineage.rejoin(new Lineage.Rejoined(numbers.getLong(), numbers.getLong(), numbers.getLong()));
        }
        return lineage;
    }

    /// @return what stands in the state under keys with this start, by the rest of the key
    private Map<String, byte[]> pairs(byte[] start) {
        return rocks.scan(Rocks.Family.STATE, all -> {
            var pairs = new HashMap<String, byte[]>();
            for (all.seek(start); all.isValid() && Keys.startsWith(all.key(), start); all.next()) {
                pairs.put(StateKeys.text(all.key(), start.length), all.value());
            }
            return pairs;
        });
    }

    @Override
    public boolean answersFor(Handle handle) {
        return homed.cover(handle);
    }

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        byte[] packed = rocks.record(Keys.of(handle), size());
        if (packed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.unpack(handle, packed));
        } catch (MalformedException e) {
            throw new UncheckedIOException(rocks.damage(handle, e));
        }
    }

    @Override
    public boolean write(byte[] bytes, int from, int to, boolean publishedOnly, WireWriter out) {
        byte[] key = Keys.ofAscii(bytes, from, to);
        int slash = Keys.slash(key);
        if (slash <= 0 || slash == key.length - 1 || !homed.holds(Keys.prefix(key, slash))) {
            return false;
        }
        byte[] packed = rocks.record(key, size());
        return packed != null && wire.write(key, packed, publishedOnly, out);
    }

    @Override
    public long size() {
        return changes.state().size();
    }

    /// How many templates have been learned.
    public int templates() {
        return templates.size();
    }

    /// Octets of memory outside the Java heap.
    public long memoryBytes() throws IOException {
        return rocks.memoryBytes();
    }

    @Override
    public CompletableFuture<Commit> commit(Change change) {
        try {
            return changes.make(change, packed(change.effect()));
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(e.getCause());
        }
    }

    /// @throws IllegalArgumentException if what is to be kept is no Unicode text, or too long
    private byte[] packed(Change.Effect effect) {
        return switch (effect) {
            case Change.Effect.Stored(var record) -> codec.pack(record);
            case Change.Effect.Deleted(var handle) -> checked(handle);
            case Change.Effect.Homed(var prefix) -> checked(Handle.of(prefix + "/"));
            case Change.Effect.Unhomed(var prefix) -> checked(Handle.of(prefix + "/"));
        };
    }

    private static byte[] checked(Handle handle) {
        Keys.of(handle);
        return NOTHING;
    }

    @Override
    public CompletableFuture<Commit> mirror(String source, List<Transaction> transactions) {
        try {
            var packed = transactions.stream().map(t -> packed(t.effect())).toList();
            return changes.follow(source, List.copyOf(transactions), packed);
        } catch (UncheckedIOException e) {
            return CompletableFuture.failedFuture(e.getCause());
        }
    }

    /// Registers many new records, several times as fast as one by one. They become durable in parts of one or two
    /// hundred thousand if they come without order, in larger ones if in order; whole parts only. Mirrors are not
    /// told of each but have to copy all. Other changes may be made meanwhile.
    ///
    /// @param records best in the order of their handles
    /// @param durable hears how many are durable, from time to time
    /// @return how many there were; all are durable
    /// @throws IllegalArgumentException if a record exists under a handle, one comes twice, or this node does
    ///     not answer for it; the part it is in is not loaded, and the message says how many are
    public long load(Iterator<HandleRecord> records, LongConsumer durable) throws IOException {
        try {
            return new BulkLoad(rocks, codec, homed, changes, folder.loading(), copying, chunkBytes, durable)
                    .load(records);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /// Copies everything that is durable now to a new folder, while changes go on: with links, hence at once, on
    /// the same file system, else octet by octet. To restore it, copy the folder to where it is to be used, and
    /// open it.
    ///
    /// @param target a folder that does not exist; it appears when it is whole
    public void snapshot(Path target) throws IOException {
        copying.lock();
        try {
            StoreFolder.snapshot(target, rocks::copy);
        } finally {
            copying.unlock();
        }
    }

    /// Reads everything and checks it.
    ///
    /// @throws StoreDamaged if anything is not what was written
    public void verify() throws IOException {
        rocks.verify();
    }

    /// Merges everything into its final form, which otherwise happens bit by bit in the background.
    public void compact() throws IOException {
        rocks.compact();
    }

    @Override
    public List<String> prefixes() {
        return homed.list();
    }

    @Override
    public List<Handle> handles(String prefix, Handle after, int max) {
        byte[] first = Keys.of(Handle.of(prefix + "/"));
        byte[] last = Keys.of(after);
        return page(Arrays.compareUnsigned(last, first) < 0 ? first : last, last, first, max, codec::handle);
    }

    @Override
    public List<HandleRecord> records(Handle after, int max) {
        byte[] last = Keys.of(after);
        return page(last, last, NOTHING, max, codec::unpack);
    }

    /// What is made of a key and a packed record.
    private interface Reading<T> {
        T read(byte[] key, byte[] packed) throws MalformedException;
    }

    private <T> List<T> page(byte[] from, byte[] after, byte[] start, int max, Reading<T> reading) {
        return rocks.scan(Rocks.Family.RECORDS, all -> {
            var page = new ArrayList<T>();
            for (all.seek(from); page.size() < max && all.isValid(); all.next()) {
                byte[] key = all.key();
                if (!Keys.startsWith(key, start)) {
                    break;
                }
                if (!Arrays.equals(key, after)) {
                    page.add(read(reading, key, all.value()));
                }
            }
            return page;
        });
    }

    private <T> T read(Reading<T> reading, byte[] key, byte[] value) {
        try {
            return reading.read(key, value);
        } catch (MalformedException e) {
            throw new UncheckedIOException(rocks.damage(StateKeys.text(key, 0), e));
        }
    }

    @Override
    public long lastTransaction() {
        return changes.state().last();
    }

    @Override
    public long forgottenTransaction() {
        return changes.state().forgotten();
    }

    @Override
    public List<Transaction> transactions(long after, int max) {
        long first = Math.max(after, forgottenTransaction()) + 1;
        return rocks.scan(Rocks.Family.TRANSACTIONS, all -> {
            var page = new ArrayList<Transaction>();
            for (all.seek(Keys.ofNumber(first)); page.size() < max && all.isValid(); all.next()) {
                page.add(read(
                        (number, bytes) -> transactions.decode(Keys.number(number), bytes), all.key(), all.value()));
            }
            return page;
        });
    }

    @Override
    public long mirrored(String source) {
        return changes.mirrored(source);
    }

    @Override
    public Map<String, Long> sources() {
        return changes.mirrored();
    }

    @Override
    public Lineage lineage() {
        return changes.lineage();
    }

    @Override
    public CompletableFuture<Commit> rejoin(Lineage.Rejoined given) {
        return changes.alone(now -> {
            var numbers = ByteBuffer.allocate(3 * Long.BYTES)
                    .putLong(given.followed())
                    .putLong(given.from())
                    .putLong(given.to());
            try (var batch = new WriteBatch()) {
                var key = StateKeys.rejoined(given.followed());
                batch.put(rocks.handle(Rocks.Family.STATE), key, numbers.array());
                rocks.write(batch);
            } catch (RocksDBException e) {
                throw new IllegalStateException("a batch in memory takes no more", e);
            }
            changes.lineage().rejoin(given);
            return now;
        });
    }

    /// Makes the changes that are waiting, brings the journal into files, and frees the folder.
    @Override
    public void close() throws IOException {
        changes.close();
        try {
            if (rocks.end()) {
                folder.recordsClosed();
            }
        } finally {
            folder.close();
        }
    }
}
