package io.millwright.historian;

import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A disk that leaves out one duty, as a historian with a bug would: to prove that the tests notice. Files begin as
/// they should: what is left out is the first force or the later ones.
record CarelessDisk(Disk disk, Fault fault) implements Disk {

    enum Fault {
        /// Groups are acknowledged before they are forced.
        GROUPS_NOT_FORCED,
        /// Segments take the place of their journal file before they are forced.
        SEGMENTS_NOT_FORCED,
        /// Files are used before their names are durable.
        NAMES_NOT_FORCED,
        /// What was read at the end of the journal is not written anew before the journal goes on.
        END_NOT_SETTLED
    }

    @Override
    public DiskFile create(String name) throws IOException {
        DiskFile file = disk.create(name);
        if (fault == Fault.GROUPS_NOT_FORCED && name.startsWith("journal")) {
            return new Unforced(file, new AtomicInteger(1));
        }
        return fault == Fault.SEGMENTS_NOT_FORCED && name.startsWith("segment")
                ? new Unforced(file, new AtomicInteger())
                : file;
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return disk.open(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        if (fault == Fault.END_NOT_SETTLED
                && to.startsWith("journal")
                && disk.list().contains(to)) {
            disk.delete(from);
            return;
        }
        disk.rename(from, to);
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(name);
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list();
    }

    @Override
    public void forceNames() throws IOException {
        if (fault != Fault.NAMES_NOT_FORCED) {
            disk.forceNames();
        }
    }

    @Override
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    @Override
    public Lock lock(String name) throws IOException {
        return disk.lock(name);
    }

    @Override
    public String describe() {
        return disk.describe();
    }

    private record Unforced(DiskFile file, AtomicInteger forcesLeft) implements DiskFile {

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            file.write(from, position);
        }

        @Override
        public void force() throws IOException {
            if (forcesLeft.getAndDecrement() > 0) {
                file.force();
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
