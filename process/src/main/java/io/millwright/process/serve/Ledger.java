package io.millwright.process.serve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/// What simulated devices have produced: every value that was handed to somebody who asked for it, by the point's
/// plant-file notation and the source time that goes over the wire. Whoever collects can be held to it: each entry
/// must be found in the historian, else a value was lost.
///
/// What counts depends on the protocol.
/// - **OPC UA**: a change of value or status of a node while a client monitors it, at the time resolution of OPC UA,
///   100 ns. The server reports each change, whatever the sampling interval asked for, so none is skipped.
/// - **Sparkplug**: a metric handed to the edge node, at the resolution of Sparkplug, 1 ms.
/// - **Modbus** has neither subscriptions nor times: each answered read counts once for every point it covers, at the
///   time of the answer; compare the counts, not the times.
///
/// The file, big-endian: the eight bytes `MWLEDGER`, then records. `'N'` index (4 bytes) name (2 bytes length, UTF-8)
/// introduces a point; `'P'` index (4 bytes) nanoseconds since the epoch (8 bytes) is one value. A record that was cut
/// off by a kill is the last one and is ignored.
public final class Ledger implements AutoCloseable {

    private static final long MAGIC = 0x4D574C4544474552L;

    private final Optional<DataOutputStream> out;
    private final Optional<Ledger> whole;
    private final Map<String, Integer> indices = new LinkedHashMap<>();
    private final LongAdder entries = new LongAdder();

    private Ledger(Optional<DataOutputStream> out, Optional<Ledger> whole) {
        this.out = out;
        this.whole = whole;
    }

    /// A ledger that only counts.
    public static Ledger counting() {
        return new Ledger(Optional.empty(), Optional.empty());
    }

    /// A ledger that keeps every entry in a file, replacing it.
    public static Ledger in(Path file) throws IOException {
        var stream = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        stream.writeLong(MAGIC);
        return new Ledger(Optional.of(stream), Optional.empty());
    }

    /// A part that has a count of its own and enters everything here, too.
    public Ledger part() {
        return new Ledger(Optional.empty(), Optional.of(this));
    }

    /// Enters a value.
    ///
    /// @param point plant-file notation without the connection, e.g. `ns=2;s=pump-1.speed`
    public void enter(String point, long sourceNanos) {
        entries.increment();
        if (whole.isPresent()) {
            whole.get().enter(point, sourceNanos);
        }
        if (out.isPresent()) {
            write(out.get(), point, sourceNanos);
        }
    }

    private synchronized void write(DataOutputStream stream, String point, long sourceNanos) {
        try {
            Integer index = indices.get(point);
            if (index == null) {
                index = indices.size();
                indices.put(point, index);
                stream.writeByte('N');
                stream.writeInt(index);
                stream.writeUTF(point);
            }
            stream.writeByte('P');
            stream.writeInt(index);
            stream.writeLong(sourceNanos);
        } catch (IOException e) {
            throw new UncheckedIOException("the ledger cannot be written: " + e.getMessage(), e);
        }
    }

    /// How many values were entered.
    public long entries() {
        return entries.sum();
    }

    /// Hands everything entered so far to the file system.
    public synchronized void flush() throws IOException {
        if (out.isPresent()) {
            out.get().flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }

    /// Reads a ledger file: the source times of each point, in the order they were entered.
    ///
    /// @throws IOException if it cannot be read or is no ledger
    public static Map<String, List<Long>> read(Path file) throws IOException {
        var names = new ArrayList<String>();
        var times = new LinkedHashMap<String, List<Long>>();
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            if (in.readLong() != MAGIC) {
                throw new IOException(file + " is not a ledger");
            }
            for (int kind = in.read(); kind >= 0; kind = in.read()) {
                readRecord(in, kind, file, names, times);
            }
        } catch (EOFException e) {
            // Cut off by a kill: what is whole counts.
        }
        return times;
    }

    private static void readRecord(
            DataInputStream in, int kind, Path file, List<String> names, Map<String, List<Long>> times)
            throws IOException {
        int index = in.readInt();
        if (kind == 'N' && index == names.size()) {
            names.add(in.readUTF());
            times.put(names.get(index), new ArrayList<>());
        } else if (kind == 'P' && index >= 0 && index < names.size()) {
            times.computeIfAbsent(names.get(index), _ -> new ArrayList<>()).add(in.readLong());
        } else {
            throw new IOException(file + " is damaged");
        }
    }
}
