package io.millwright.model.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file. Reads may run beside each other and beside one writer.
public interface DiskFile extends Closeable {

    /// Reads at a position into the room the buffer has, as far as the file goes.
    ///
    /// @return the number of bytes read, 0 at or after the end
    int read(ByteBuffer into, long position) throws IOException;

    /// Writes all that remains in the buffer at a position, extending the file if need be.
    void write(ByteBuffer from, long position) throws IOException;

    /// Makes everything written so far survive a power cut (`fdatasync`).
    void force() throws IOException;

    /// The file's length in bytes.
    long size() throws IOException;
}
