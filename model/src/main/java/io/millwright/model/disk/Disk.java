package io.millwright.model.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One folder of a disk. File names are plain, without separators. Safe for use by many threads.
public interface Disk {

    /// Creates a file, empty, for reading and writing.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if there is one of this name
    DiskFile create(String name) throws IOException;

    /// Opens a file for reading.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none of this name
    DiskFile open(String name) throws IOException;

    /// Gives a file another name, replacing the file that had it, in one step.
    void rename(String from, String to) throws IOException;

    /// Deletes a file. A file still open stays readable to whoever holds it.
    void delete(String name) throws IOException;

    /// The names of the files, sorted.
    List<String> list() throws IOException;

    /// Makes creations, renames and deletions done so far survive a power cut (`fsync` of the directory).
    void forceNames() throws IOException;

    /// Bytes that can still be written.
    long freeBytes() throws IOException;

    /// Keeps every other process, and every other caller in this one, from taking the same lock until closed.
    ///
    /// @param name the lock's file; it holds the process number of the owner
    /// @throws FolderInUse if another has it
    Lock lock(String name) throws IOException;

    /// How messages to users name this folder.
    String describe();

    /// A folder of the machine's file system, created if need be.
    static Disk of(Path folder) throws IOException {
        return FolderDisk.open(folder);
    }

    /// A lock that is held.
    interface Lock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
