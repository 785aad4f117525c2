package io.millwright.bench;

import io.millwright.model.disk.Disk;
import io.millwright.model.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A disk that notes, of every force of a journal file, how many bytes were written before it, zeros that a new file is
/// filled with included: what a comparison has to write and force.
record CountingDisk(Disk disk, List<Long> journalForces) implements Disk {

    CountingDisk(Disk disk) {
        this(disk, new ArrayList<>());
    }

    /// The bytes of every force of a journal file from the n-th on.
    List<Long> forcesFrom(int n) {
        synchronized (journalForces) {
            return List.copyOf(journalForces.subList(n, journalForces.size()));
        }
    }

    @Override
    public DiskFile create(String name) throws IOException {
        DiskFile file = disk.create(name);
        return name.startsWith("journal-") ? new Counted(file) : file;
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
        disk.forceNames();
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

    private final class Counted implements DiskFile {

        private final DiskFile file;
        private long unforced;

        Counted(DiskFile file) {
            this.file = file;
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            unforced += from.remaining();
            file.write(from, position);
        }

        @Override
        public void force() throws IOException {
            file.force();
            synchronized (journalForces) {
                journalForces.add(unforced);
            }
            unforced = 0;
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
