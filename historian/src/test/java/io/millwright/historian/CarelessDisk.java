package io.millwright.historian;

import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// A disk that leaves out one duty, as a historian with a bug would: to prove that the tests notice.
record CarelessDisk(Disk disk, Fault fault) implements Disk {

    enum Fault {
        JOURNAL_NOT_FORCED,
        SEGMENT_NOT_FORCED,
        NAMES_NOT_FORCED
    }

    @Override
    public DiskFile create(String name) throws IOException {
        boolean careless = fault == Fault.JOURNAL_NOT_FORCED && name.startsWith("journal")
                || fault == Fault.SEGMENT_NOT_FORCED && name.startsWith("segment");
        DiskFile file = disk.create(name);
        return careless ? new Unforced(file) : file;
    }

    @Override
    public DiskFile open(String name) throws IOException {
        return disk.open(name);
    }

    @Override
    public void rename(String from, String to) throws IOException {
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

    private record Unforced(DiskFile file) implements DiskFile {

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            file.write(from, position);
        }

        @Override
        public void force() {
            // The bug.
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
