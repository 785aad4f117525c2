package io.millwright.testkit;

import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import io.millwright.model.disk.FolderInUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A disk in memory that does what POSIX allows a disk to do, decided by a seed.
///
/// When the power is cut, of the bytes that were not forced each sector of 512 bytes is kept or lost on its own, and of
/// the creations, renames and deletions that were not forced each is kept or lost on its own. A force that fails drops
/// the bytes it was asked to keep, and the next one succeeds without them, as Linux does. The same seed and the same
/// calls give the same disk.
public final class SimulatedDisk implements Disk {

    /// The disk as it writes: all of a sector or none of it.
    public static final int SECTOR_BYTES = 512;

    private final SplittableRandom random;
    private final TreeMap<String, Inode> names = new TreeMap<>();
    private final TreeMap<String, Inode> durableNames = new TreeMap<>();
    private final List<NameChange> unforced = new ArrayList<>();
    private final Set<String> locks = new HashSet<>();
    private long capacity = Long.MAX_VALUE;
    private long operations;
    private long cutAt = Long.MAX_VALUE;
    private long failAt = Long.MAX_VALUE;
    private int failingForces;
    private boolean off;

    /// @param seed decides what a power cut keeps
    public SimulatedDisk(long seed) {
        random = new SplittableRandom(seed);
    }

    private static final class Inode {
        byte[] bytes = {};
        byte[] durable = {};
        final TreeSet<Integer> dirty = new TreeSet<>();

        void write(ByteBuffer from, long position) {
            int end = Math.toIntExact(position) + from.remaining();
            if (end > bytes.length) {
                bytes = Arrays.copyOf(bytes, end);
            }
            for (int sector = (int) (position / SECTOR_BYTES); sector * SECTOR_BYTES < end; sector++) {
                dirty.add(sector);
            }
            from.get(bytes, (int) position, from.remaining());
        }

        void persist() {
            for (int sector : dirty) {
                int at = sector * SECTOR_BYTES;
                int end = Math.min(at + SECTOR_BYTES, bytes.length);
                if (end > durable.length) {
                    durable = Arrays.copyOf(durable, Math.max(end, bytes.length));
                }
                System.arraycopy(bytes, at, durable, at, end - at);
            }
            dirty.clear();
        }
    }

    /// One change of names: what a name stands for afterwards, nothing if null.
    private record NameChange(List<String> names, List<@Nullable Inode> inodes) {}

    /// Cuts the power at the n-th operation from now on, counting every create, open, write, force, rename and delete.
    public synchronized void cutPowerAfter(long n) {
        cutAt = operations + n;
    }

    /// Lets the n-th operation from now on fail, once.
    public synchronized void failAfter(long n) {
        failAt = operations + n;
    }

    /// Lets the next n forces of files fail.
    public synchronized void failForces(int n) {
        failingForces = n;
    }

    /// Limits what all files together may take.
    public synchronized void setCapacity(long bytes) {
        capacity = bytes;
    }

    /// How many operations there were.
    public synchronized long operations() {
        return operations;
    }

    /// Whether the power was cut and not restored.
    public synchronized boolean isOff() {
        return off;
    }

    /// Cuts the power now.
    public synchronized void cutPower() {
        off = true;
    }

    /// Restores the power after a cut: decides what was kept. Locks and open files are gone.
    public synchronized void restorePower() {
        for (NameChange change : unforced) {
            if (random.nextBoolean()) {
                apply(change, durableNames);
            }
        }
        unforced.clear();
        names.clear();
        names.putAll(durableNames);
        new LinkedHashSet<>(names.values()).forEach(this::settle);
        locks.clear();
        off = false;
        cutAt = Long.MAX_VALUE;
        failAt = Long.MAX_VALUE;
        failingForces = 0;
    }

    private void settle(Inode inode) {
        inode.dirty.removeIf(_ -> random.nextInt(3) == 0);
        inode.persist();
        inode.bytes = inode.durable.clone();
    }

    /// Flips one bit of a file, on the medium, as age and radiation do.
    public synchronized void flipBit(String name, long bit) {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        int at = (int) (bit / 8);
        inode.bytes[at] ^= (byte) (1 << bit % 8);
        if (at < inode.durable.length) {
            inode.durable = inode.durable.clone();
            inode.durable[at] ^= (byte) (1 << bit % 8);
        }
    }

    /// Cuts a file off, on the medium.
    public synchronized void truncate(String name, int bytes) {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        inode.bytes = Arrays.copyOf(inode.bytes, bytes);
        inode.durable = inode.bytes.clone();
        inode.dirty.clear();
    }

    /// The length of a file.
    public synchronized long size(String name) {
        Inode inode = names.get(name);
        return inode == null ? 0 : inode.bytes.length;
    }

    /// A hash of all names and bytes: equal for equal seeds and calls.
    public synchronized long hash() {
        long hash = 1;
        for (var entry : names.entrySet()) {
            hash = hash * 31 + entry.getKey().hashCode();
            hash = hash * 31 + Arrays.hashCode(entry.getValue().bytes);
        }
        return hash;
    }

    private void operate() throws IOException {
        if (operations++ == cutAt) {
            off = true;
        }
        if (off) {
            throw new IOException("the power is off");
        }
        if (operations - 1 == failAt) {
            throw new IOException("simulated I/O error");
        }
    }

    private static void apply(NameChange change, Map<String, Inode> to) {
        for (int i = 0; i < change.names.size(); i++) {
            Inode inode = change.inodes.get(i);
            if (inode == null) {
                to.remove(change.names.get(i));
            } else {
                to.put(change.names.get(i), inode);
            }
        }
    }

    private void change(NameChange change) {
        apply(change, names);
        unforced.add(change);
    }

    private Inode find(String name) throws IOException {
        Inode inode = names.get(name);
        if (inode == null) {
            throw new NoSuchFileException(name);
        }
        return inode;
    }

    @Override
    public synchronized DiskFile create(String name) throws IOException {
        operate();
        if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name);
        }
        var inode = new Inode();
        change(new NameChange(List.of(name), List.of(inode)));
        return new Open(inode);
    }

    @Override
    public synchronized DiskFile open(String name) throws IOException {
        operate();
        return new Open(find(name));
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        operate();
        change(new NameChange(List.of(from, to), Arrays.asList(null, find(from))));
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operate();
        find(name);
        change(new NameChange(List.of(name), Arrays.asList((Inode) null)));
    }

    @Override
    public synchronized List<String> list() throws IOException {
        operate();
        return List.copyOf(names.keySet());
    }

    @Override
    public synchronized void forceNames() throws IOException {
        operate();
        unforced.forEach(change -> apply(change, durableNames));
        unforced.clear();
    }

    private long used() {
        return new HashSet<>(names.values())
                .stream().mapToLong(inode -> inode.bytes.length).sum();
    }

    @Override
    public synchronized long freeBytes() {
        return Math.max(0, capacity - used());
    }

    @Override
    public synchronized Lock lock(String name) throws IOException {
        operate();
        if (!locks.add(name)) {
            throw new FolderInUse(describe() + " is in use");
        }
        return () -> locks.remove(name);
    }

    @Override
    public String describe() {
        return "the simulated disk";
    }

    private final class Open implements DiskFile {

        private final Inode inode;

        Open(Inode inode) {
            this.inode = inode;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                if (off) {
                    throw new IOException("the power is off");
                }
                int n = (int) Math.max(0, Math.min(into.remaining(), inode.bytes.length - position));
                if (n > 0) {
                    into.put(inode.bytes, (int) position, n);
                }
                return n;
            }
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                operate();
                long growth = Math.max(0, position + from.remaining() - inode.bytes.length);
                if (growth > freeBytes()) {
                    int some = (int) Math.max(0, from.remaining() - growth + freeBytes());
                    inode.write(from.slice(from.position(), Math.min(some, from.remaining())), position);
                    throw new IOException("No space left on device");
                }
                inode.write(from, position);
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                operate();
                if (failingForces > 0) {
                    failingForces--;
                    inode.dirty.clear();
                    throw new IOException("simulated failure of fsync");
                }
                inode.persist();
            }
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return inode.bytes.length;
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
