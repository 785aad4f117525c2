package io.millwright.identity.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The messages of administration, authentication, sessions and replication as the public client writes them mean what
/// they say (RFC 3652, sections 3.5 to 3.8). That they are written again octet for octet, [GoldenBytesTest] sees.
class GoldenOperationsTest {

    private static final Handle A = Handle.of("88.118.7/a");
    private static final Handle PREFIX = Handle.of("0.NA/88.118.7");
    private static final ValueReference ADMIN = new ValueReference(PREFIX, 301);
    private static final Octets NONCE = Octets.hex("000102030405060708090a0b0c0d0e0f");
    private static final HandleValue VALUE = new HandleValue(
            3,
            "DESC",
            Octets.utf8("x"),
            new Permissions(0x0a),
            new TimeToLive(1, 1234),
            99,
            List.of(new ValueReference(Handle.of("0.NA/1"), 5)));

    static Stream<Arguments> messages() {
        var share = new Body.Share(2, 1, 0);
        return Stream.of(
                of("create-request", OpCode.CREATE_HANDLE, new Body.ValuesRequest(A, List.of(VALUE))),
                of("add-request", OpCode.ADD_VALUE, new Body.ValuesRequest(A, List.of(VALUE))),
                of("modify-request", OpCode.MODIFY_VALUE, new Body.ValuesRequest(A, List.of(VALUE))),
                of("remove-request", OpCode.REMOVE_VALUE, new Body.RemoveRequest(A, List.of(3, 4))),
                of("delete-request", OpCode.DELETE_HANDLE, new Body.HandleRequest(A)),
                of("list-handles-request", OpCode.LIST_HANDLES, new Body.HandleRequest(PREFIX)),
                of(
                        "list-handles-response",
                        OpCode.LIST_HANDLES,
                        new Body.HandleList(List.of(A, Handle.of("88.118.7/泵")))),
                of("home-request", OpCode.HOME_PREFIX, new Body.HandleRequest(PREFIX)),
                of("unhome-request", OpCode.UNHOME_PREFIX, new Body.HandleRequest(PREFIX)),
                of("list-prefixes-request", OpCode.LIST_HOMED_PREFIXES, new Body.HandleRequest(Handle.BLANK)),
                of("list-prefixes-response", OpCode.LIST_HOMED_PREFIXES, new Body.HandleList(List.of(PREFIX))),
                of("delete-response", OpCode.DELETE_HANDLE, new Body.Empty()),
                of("create-response", OpCode.CREATE_HANDLE, new Body.CreateResponse(A)),
                of("create-response-empty", OpCode.CREATE_HANDLE, new Body.Empty()),
                of("challenge", OpCode.CREATE_HANDLE, new Body.Challenge(NONCE)),
                of(
                        "challenge-answer",
                        OpCode.CHALLENGE_RESPONSE,
                        new Body.ChallengeAnswer("HS_SECKEY", ADMIN, Octets.hex("0102030405060708"))),
                of(
                        "verify-request",
                        OpCode.VERIFY_RESPONSE,
                        new Body.VerifyRequest(ADMIN, NONCE, Octets.hex("00".repeat(20)), Octets.hex("09080706"))),
                of("verify-response", OpCode.VERIFY_RESPONSE, new Body.VerifyResponse(true)),
                of("key-exchange-request", OpCode.SESSION_EXCHANGE_KEY, new Body.KeyRequest(Octets.hex("aabbcc"))),
                of("terminate-request", OpCode.SESSION_TERMINATE, new Body.HandleRequest(Handle.BLANK)),
                of("next-transaction-request", OpCode.NEXT_TRANSACTION, new Body.HandleRequest(Handle.BLANK)),
                of("next-transaction-response", OpCode.NEXT_TRANSACTION, new Body.NextTransaction(0x0102030405060708L)),
                of("transactions-request", OpCode.RETRIEVE_TRANSACTIONS, new Body.TransactionsRequest(17, 5000, share)),
                of("dump-request", OpCode.DUMP_HANDLES, new Body.DumpRequest(share, Octets.EMPTY, 0)),
                of(
                        "dump-request-from",
                        OpCode.DUMP_HANDLES,
                        new Body.DumpRequest(share, Octets.utf8("88.118.7/a"), 1)));
    }

    static Stream<Arguments> sessions() {
        var nobody = new ValueReference(Handle.of(""), -1);
        int day = 86_400;
        return Stream.of(
                of(
                        "session-request-dh",
                        OpCode.SESSION_SETUP,
                        new Body.SessionRequest(4, day, ADMIN, Octets.hex("010203"), Optional.empty())),
                of(
                        "session-request-server",
                        OpCode.SESSION_SETUP,
                        new Body.SessionRequest(2, day, nobody, Octets.EMPTY, Optional.empty())),
                of(
                        "session-request-handle",
                        OpCode.SESSION_SETUP,
                        new Body.SessionRequest(
                                3,
                                day,
                                ADMIN,
                                Octets.EMPTY,
                                Optional.of(new ValueReference(Handle.of("88.118.7/k"), 300)))),
                of(
                        "session-response",
                        OpCode.SESSION_SETUP,
                        new Body.SessionResponse(4, Octets.hex("00000003040506"))));
    }

    private static Arguments of(String name, int opCode, Body body) {
        return Arguments.of(name, opCode, body);
    }

    @ParameterizedTest
    @MethodSource({"messages", "sessions"})
    void meanWhatTheySay(String name, int opCode, Body body) throws Exception {
        var message = Golden.message(name);
        assertEquals(opCode, message.header().opCode());
        assertEquals(body, message.body());
        assertEquals(body instanceof Body.Challenge, message.digest().isPresent());
    }
}
