package io.millwright.identity.message;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bodies by operation and response code (RFC 3652, section 3). What is not known here stays [Body.Opaque].
final class BodyCodec {

    private BodyCodec() {}

    static Body read(Header header, WireReader in) throws MalformedException {
        var body = header.isResponse() ? readResponse(header, in) : readRequest(header, in);
        in.expectEnd("message body");
        return body;
    }

    private static Body readRequest(Header header, WireReader in) throws MalformedException {
        return switch (header.opCode()) {
            case OpCode.RESOLUTION -> readQuery(in);
            case OpCode.GET_SITE_INFO,
                    OpCode.DELETE_HANDLE,
                    OpCode.LIST_HANDLES,
                    OpCode.HOME_PREFIX,
                    OpCode.UNHOME_PREFIX,
                    OpCode.LIST_HOMED_PREFIXES,
                    OpCode.SESSION_TERMINATE,
                    OpCode.NEXT_TRANSACTION,
                    OpCode.BACK_UP -> new Body.HandleRequest(HandleValue.readHandle(in, "handle"));
            case OpCode.CREATE_HANDLE, OpCode.ADD_VALUE, OpCode.MODIFY_VALUE ->
                new Body.ValuesRequest(HandleValue.readHandle(in, "handle"), readValues(in));
            case OpCode.REMOVE_VALUE -> new Body.RemoveRequest(HandleValue.readHandle(in, "handle"), readIndexes(in));
            case OpCode.CHALLENGE_RESPONSE -> ProofCodec.readAnswer(in);
            case OpCode.VERIFY_RESPONSE -> ProofCodec.readVerification(in);
            case OpCode.SESSION_SETUP -> ProofCodec.readSession(in);
            case OpCode.SESSION_EXCHANGE_KEY ->
                new Body.KeyRequest(in.octets("encrypted session key", ProofCodec.KEY_BYTES_MAX));
            case OpCode.LOGIN_BY_PASSWORD, OpCode.LOGIN_BY_KEY ->
                new Body.LoginRequest(ProofCodec.readReference("identity", in));
            case OpCode.RETRIEVE_TRANSACTIONS -> ReplicationCodec.readTransactions(in);
            case OpCode.DUMP_HANDLES -> ReplicationCodec.readDump(in);
            default -> opaque(in);
        };
    }

    private static Body readResponse(Header header, WireReader in) throws MalformedException {
        return switch (header.responseCode()) {
            case ResponseCode.SUCCESS -> readSuccess(header, in);
            case ResponseCode.SERVICE_REFERRAL, ResponseCode.PREFIX_REFERRAL -> readReferral(in);
            case ResponseCode.AUTHENTICATION_NEEDED ->
                new Body.Challenge(in.octets("nonce", ProofCodec.NONCE_BYTES_MAX));
            default -> header.responseCode() > 0 && header.responseCode() < 10_000 ? readError(in) : opaque(in);
        };
    }

    private static Body readSuccess(Header header, WireReader in) throws MalformedException {
        return switch (header.opCode()) {
            case OpCode.RESOLUTION -> {
                var handle = HandleValue.readHandle(in, "handle");
                yield new Body.ResolutionResponse(handle, readValues(in));
            }
            case OpCode.GET_SITE_INFO -> new Body.SiteResponse(Site.read(in));
            case OpCode.CREATE_HANDLE ->
                in.remaining() == 0
                        ? new Body.Empty()
                        : new Body.CreateResponse(HandleValue.readHandle(in, "created handle"));
            case OpCode.LIST_HANDLES, OpCode.LIST_HOMED_PREFIXES -> readHandles(in);
            case OpCode.VERIFY_RESPONSE -> new Body.VerifyResponse(in.u8("verdict") == 1);
            case OpCode.SESSION_SETUP -> ProofCodec.readSessionAnswer(in);
            case OpCode.NEXT_TRANSACTION -> new Body.NextTransaction(in.int64("transaction"));
            case OpCode.RETRIEVE_TRANSACTIONS -> ReplicationCodec.readAnswer(in);
            case OpCode.DUMP_HANDLES -> ReplicationCodec.readRecords(in);
            default -> in.remaining() == 0 ? new Body.Empty() : opaque(in);
        };
    }

    private static Body readHandles(WireReader in) throws MalformedException {
        int count = in.count("handles", Limits.MESSAGE_BYTES / 4, 4);
        var handles = new ArrayList<Handle>(count);
        for (int i = 0; i < count; i++) {
            handles.add(HandleValue.readHandle(in, "handle"));
        }
        return new Body.HandleList(handles);
    }

    static Body opaque(WireReader in) throws MalformedException {
        return new Body.Opaque(in.plain("message body", in.remaining()));
    }

    private static Body readQuery(WireReader in) throws MalformedException {
        var handle = HandleValue.readHandle(in, "handle");
        var indexes = readIndexes(in);
        int count = in.count("types", Limits.TYPES, 4);
        if (count == 0) {
            return new Body.ResolutionRequest(handle, indexes, List.of());
        }
        var types = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            types.add(in.text("type", HandleValue.MAX_TYPE_BYTES));
        }
        return new Body.ResolutionRequest(handle, indexes, types);
    }

    private static List<Integer> readIndexes(WireReader in) throws MalformedException {
        int count = in.count("indexes", Limits.INDEXES, 4);
        if (count == 0) {
            return List.of();
        }
        var indexes = new ArrayList<Integer>(count);
        for (int i = 0; i < count; i++) {
            indexes.add(in.int32("index"));
        }
        return indexes;
    }

    static List<HandleValue> readValues(WireReader in) throws MalformedException {
        int count = in.count("values", HandleRecord.MAX_VALUES, HandleValue.BYTES_MIN);
        var values = new ArrayList<HandleValue>(count);
        for (int i = 0; i < count; i++) {
            values.add(HandleValue.read(in));
        }
        return values;
    }

    private static Body readReferral(WireReader in) throws MalformedException {
        Handle handle = HandleValue.readHandle(in, "referral handle");
        return new Body.Referral(handle, in.remaining() == 0 ? List.of() : readValues(in));
    }

    private static Body readError(WireReader in) throws MalformedException {
        if (in.remaining() == 0) {
            return new Body.ErrorResponse(Optional.empty(), List.of());
        }
        String text = in.text("error message", Limits.MESSAGE_BYTES);
        return new Body.ErrorResponse(Optional.of(text), in.remaining() == 0 ? List.of() : readIndexes(in));
    }

    static void write(Body body, WireWriter out) {
        switch (body) {
            case Body.ResolutionRequest(var handle, var indexes, var types) -> {
                out.text(handle.toString());
                writeIndexes(indexes, out);
                out.int32(types.size());
                types.forEach(out::text);
            }
            case Body.ResolutionResponse(var handle, var values) -> writeValues(handle, values, out);
            case Body.Referral(var handle, var values) -> writeValues(handle, values, out);
            case Body.ValuesRequest(var handle, var values) -> writeValues(handle, values, out);
            case Body.HandleRequest(var handle) -> out.text(handle.toString());
            case Body.RemoveRequest(var handle, var indexes) -> {
                out.text(handle.toString());
                writeIndexes(indexes, out);
            }
            case Body.CreateResponse(var handle) -> out.text(handle.toString());
            case Body.HandleList(var handles) -> {
                out.int32(handles.size());
                handles.forEach(handle -> out.text(handle.toString()));
            }
            case Body.SiteResponse(var site) -> site.write(out);
            case Body.ErrorResponse(var text, var indexes) -> {
                text.ifPresent(out::text);
                if (!indexes.isEmpty()) {
                    writeIndexes(indexes, out);
                }
            }
            case Body.Challenge(var nonce) -> out.octets(nonce);
            case Body.ChallengeAnswer answer -> ProofCodec.write(answer, out);
            case Body.VerifyRequest request -> ProofCodec.write(request, out);
            case Body.VerifyResponse(boolean valid) -> out.u8(valid ? 1 : 0);
            case Body.SessionRequest request -> ProofCodec.write(request, out);
            case Body.SessionResponse response -> ProofCodec.write(response, out);
            case Body.KeyRequest(var key) -> out.octets(key);
            case Body.LoginRequest(var identity) -> ProofCodec.write(identity, out);
            case Body.TransactionsRequest request -> ReplicationCodec.write(request, out);
            case Body.DumpRequest request -> ReplicationCodec.write(request, out);
            case Body.TransactionsResponse response -> ReplicationCodec.write(response, out);
            case Body.DumpResponse response -> ReplicationCodec.write(response, out);
            case Body.NextTransaction(long number) -> out.int64(number);
            case Body.Empty() -> {}
            case Body.Opaque(var octets) -> out.plain(octets);
        }
    }

    private static void writeIndexes(List<Integer> indexes, WireWriter out) {
        out.int32(indexes.size());
        indexes.forEach(out::int32);
    }

    static void writeValues(Handle handle, List<HandleValue> values, WireWriter out) {
        out.text(handle.toString()).int32(values.size());
        values.forEach(v -> v.write(out));
    }
}
