package io.millwright.identity.message;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;

/// Bodies of replication, in the form that servers in use send since version 2.9.
final class ReplicationCodec {

    private static final int ONE_SOURCE = 0;
    private static final int ONE_SOURCE_BYTES = 26;
    private static final int START_BYTES_MAX = 4096;

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

    private static Body.Share readShare(WireReader in) throws MalformedException {
        int hashOption = in.u8("hash option");
        int servers = in.int32("number of servers");
        return new Body.Share(hashOption, servers, in.int32("number of the server"));
    }

    private static void write(Body.Share share, WireWriter out) {
        out.u8(share.hashOption()).int32(share.servers()).int32(share.server());
    }
}
