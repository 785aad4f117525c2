package io.millwright.identity.message;

import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Bodies of replication, in the form that servers in use send since version 2.9.
final class ReplicationCodec {

    private static final int ONE_SOURCE = 0;
    private static final int ONE_SOURCE_BYTES = 26;
    private static final int START_BYTES_MAX = 4096;
    private static final int SOURCE_NAME_BYTES_MAX = 4096;
    private static final int SOURCES_MAX = 1024;
    private static final int SOURCE_BYTES_MIN = 12;
    private static final int CHANGE_BYTES_MIN = 21;
    private static final int RECORD_BYTES_MIN = 8;

    private ReplicationCodec() {}

    /// A request about several sources, told in JSON, or the form before version 2.9 stays opaque.
    static Body readTransactions(WireReader in) throws MalformedException {
        if (in.remaining() != ONE_SOURCE_BYTES || in.peekU8() != ONE_SOURCE) {
            return BodyCodec.opaque(in);
        }
        in.u8("kind of source");
        long after = in.int64("last transaction");
        long asked = in.int64("last query");
        return new Body.TransactionsRequest(after, asked, readShare(in));
    }

    static void write(Body.TransactionsRequest request, WireWriter out) {
        out.u8(ONE_SOURCE).int64(request.after()).int64(request.lastAskedMillis());
        write(request.share(), out);
    }

    static Body.DumpRequest readDump(WireReader in) throws MalformedException {
        var share = readShare(in);
        if (in.remaining() == 0) {
            return new Body.DumpRequest(share, Octets.EMPTY, 0);
        }
        Octets start = in.octets("starting point", START_BYTES_MAX);
        return new Body.DumpRequest(share, start, in.int32("kind of starting point"));
    }

    static void write(Body.DumpRequest request, WireWriter out) {
        write(request.share(), out);
        if (request.start().length() > 0 || request.startKind() != 0) {
            out.octets(request.start()).int32(request.startKind());
        }
    }

    static Body readAnswer(WireReader in) throws MalformedException {
        if (in.remaining() <= 1) {
            return BodyCodec.opaque(in); // Of another server: the transactions follow the message.
        }
        in.u8("flags of replication");
        int status = in.int32("replication status");
        int count = in.count("transactions", Limits.MESSAGE_BYTES, CHANGE_BYTES_MIN);
        var changes = new ArrayList<Body.Change>();
        for (int i = 0; i < count; i++) {
            long number = in.int64("transaction number");
            long millis = in.int64("transaction time");
            int action = in.u8("action");
            var handle = HandleValue.readHandle(in, "handle");
            List<HandleValue> values = action == Body.Change.STORED ? BodyCodec.readValues(in) : List.of();
            changes.add(new Body.Change(number, millis, action, handle, values));
        }
        return new Body.TransactionsResponse(status, changes, in.remaining() == 0 ? Map.of() : readSources(in));
    }

    private static Map<String, Long> readSources(WireReader in) throws MalformedException {
        int count = in.count("sources", SOURCES_MAX, SOURCE_BYTES_MIN);
        var sources = new TreeMap<String, Long>();
        for (int i = 0; i < count; i++) {
            String name = in.text("source", SOURCE_NAME_BYTES_MAX);
            sources.put(name, in.int64("last transaction of the source"));
        }
        return sources;
    }

    static void write(Body.TransactionsResponse response, WireWriter out) {
        out.u8(0).int32(response.status());
        out.int32(response.transactions().size());
        for (var change : response.transactions()) {
            out.int64(change.number()).int64(change.epochMillis()).u8(change.action());
            if (change.action() == Body.Change.STORED) {
                BodyCodec.writeValues(change.handle(), change.values(), out);
            } else {
                out.text(change.handle().toString());
            }
        }
        if (!response.sources().isEmpty()) {
            out.int32(response.sources().size());
            new TreeMap<>(response.sources())
                    .forEach((name, number) -> out.text(name).int64(number));
        }
    }

    static Body readRecords(WireReader in) throws MalformedException {
        if (in.remaining() == 0) {
            return new Body.Empty(); // Of another server: the records follow the message.
        }
        int count = in.count("records", Limits.MESSAGE_BYTES, RECORD_BYTES_MIN);
        var records = new ArrayList<HandleRecord>();
        for (int i = 0; i < count; i++) {
            var handle = HandleValue.readHandle(in, "handle");
            records.add(new HandleRecord(handle, BodyCodec.readValues(in)));
        }
        return new Body.DumpResponse(records);
    }

    static void write(Body.DumpResponse response, WireWriter out) {
        out.int32(response.records().size());
        response.records().forEach(r -> BodyCodec.writeValues(r.handle(), r.values(), out));
    }

    private static Body.Share readShare(WireReader in) throws MalformedException {
        int hashOption = in.u8("hash option");
        int servers = in.int32("number of servers");
        return new Body.Share(hashOption, servers, in.int32("number of the server"));
    }

    private static void write(Body.Share share, WireWriter out) {
        out.u8(share.hashOption()).int32(share.servers()).int32(share.server());
    }
}
