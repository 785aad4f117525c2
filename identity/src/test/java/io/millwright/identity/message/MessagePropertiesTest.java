package io.millwright.identity.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessagePropertiesTest {

    @Test
    void everyMessageIsReadAsItWasWritten() {
        Property.check(5_000, random -> {
            var message = message(random);
            byte[] bytes = message.encode();
            assertEquals(message, Message.decode(bytes, 0, bytes.length));
        });
    }

    /// What a stranger sends is either a message or malformed: nothing else is thrown.
    @Test
    void randomOctetsAreAMessageOrMalformed() {
        Property.check(20_000, random -> {
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            decodeOrRefuse(bytes);
        });
    }

    /// Mutations of real messages get deeper into the decoders than random octets do.
    @Test
    void mutatedMessagesAreAMessageOrMalformed() {
        Property.check(60_000, random -> {
            byte[] bytes = random.nextBoolean()
                    ? message(random).encode()
                    : Golden.read(Golden.MESSAGES.get(random.nextInt(Golden.MESSAGES.size())))
                            .toByteArray();
            for (int i = random.nextInt(1, 6); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0xff);
            }
            decodeOrRefuse(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        });
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            Envelope.read(new WireReader(bytes));
        } catch (MalformedException e) {
            assertTrue(e.getMessage().length() < 300, e.getMessage());
        }
        try {
            var message = Message.decode(bytes, 0, bytes.length);
            byte[] again = message.encode();
            assertEquals(message, Message.decode(again, 0, again.length));
        } catch (MalformedException e) {
            assertTrue(e.getMessage().length() < 300, e.getMessage());
        }
    }

    /// A count that claims 2³¹ values, or a length that claims 2³² octets, must not be believed: room would be made
    /// for it.
    @Test
    void lyingLengthsAreRefusedAtOnce() {
        for (String name : Golden.MESSAGES) {
            byte[] golden = Golden.read(name).toByteArray();
            for (int at = Header.BYTES; at + 4 <= golden.length; at++) {
                for (int lie : new int[] {0x7fffffff, 0xffffffff, 0x00040000, 0x000007ff}) {
                    byte[] bytes = golden.clone();
                    bytes[at] = (byte) (lie >> 24);
                    bytes[at + 1] = (byte) (lie >> 16);
                    bytes[at + 2] = (byte) (lie >> 8);
                    bytes[at + 3] = (byte) lie;
                    decodeOrRefuse(bytes);
                }
            }
        }
    }

    @Test
    void limitsAreThoseOfTheProtocol() {
        var tooLong = "88.118.7/" + "x".repeat(Handle.MAX_BYTES);
        var header = new Header(OpCode.RESOLUTION, 0, 0, Header.NO_SITE, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> Handle.of(tooLong));
        var text = new WireWriter().text(tooLong).int32(0).int32(0);
        var body = new Body.Opaque(text.toOctets());
        byte[] bytes = Message.of(header, body).encode();
        var refusal = assertThrows(MalformedException.class, () -> Message.decode(bytes, 0, bytes.length));
        assertTrue(refusal.toString().contains("2048"), refusal.toString());
    }

    /// Octets that are not UTF-8 cannot be a handle (RFC 3652, section 2.1.4); reading them leniently would make
    /// different names equal.
    @Test
    void handlesMustBeUtf8() {
        byte[] bytes = Golden.read("resolution-request").toByteArray();
        bytes[Header.BYTES + 4] = (byte) 0xc3;
        bytes[Header.BYTES + 5] = (byte) 0x28;
        assertThrows(MalformedException.class, () -> Message.decode(bytes, 0, bytes.length));
    }

    /// RFC 3652, section 2.3: fragments may come in any order and more than once.
    @Test
    void fragmentsMakeTheMessageWhateverTheirOrder() {
        Property.check(300, random -> {
            var message = new byte[random.nextInt(1, 6000)];
            random.nextBytes(message);
            var envelope =
                    Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, random.nextInt(), message.length);
            var datagrams = new ArrayList<>(Fragments.cut(envelope, message));
            boolean several = datagrams.size() > 1;
            datagrams.add(datagrams.get(random.nextInt(datagrams.size())));
            Collections.shuffle(datagrams, new Random(random.nextLong()));
            var fragments = new Fragments(message.length);
            Optional<byte[]> whole = Optional.empty();
            for (byte[] datagram : datagrams) {
                assertTrue(datagram.length <= Limits.DATAGRAM_BYTES);
                var read = Envelope.read(new WireReader(datagram));
                assertEquals(several, read.isTruncated());
                assertEquals(message.length, read.messageLength());
                whole = fragments.add(read, datagram, Envelope.BYTES, datagram.length);
            }
            assertArrayEquals(message, whole.orElseThrow());
        });
    }

    @Test
    void fragmentsThatDoNotFitAreIgnored() {
        var message = new byte[1000];
        var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, 1, message.length);
        var fragments = new Fragments(message.length);
        for (int sequence : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            var wrong = new Envelope(envelope.version(), 0x20, envelope.suggested(), 0, 1, sequence, 1000);
            assertTrue(fragments.add(wrong, new byte[512], 20, 512).isEmpty());
        }
        assertTrue(fragments.add(envelope.fragment(0), new byte[512], 20, 511).isEmpty());
        var other =
                Envelope.of(envelope.version(), envelope.suggested(), 1, 999).fragment(0);
        assertTrue(fragments.add(other, new byte[512], 20, 512).isEmpty());
    }

    private static Message message(SplittableRandom random) {
        return random.nextBoolean() ? request(random) : response(random);
    }

    private static Header header(SplittableRandom random, int opCode, int responseCode) {
        int flags = random.nextInt();
        return new Header(opCode, responseCode, flags, random.nextInt(65536), random.nextInt(256), random.nextInt());
    }

    private static Message request(SplittableRandom random) {
        var query = new Body.ResolutionRequest(handle(random), indexes(random), texts(random));
        return switch (random.nextInt(4)) {
            case 0 -> new Message(header(random, OpCode.RESOLUTION, 0), Optional.empty(), query, credential(random));
            case 1 -> Message.of(header(random, OpCode.GET_SITE_INFO, 0), new Body.HandleRequest(handle(random)));
            case 2 -> administration(random);
            default -> Message.of(header(random, 7777, 0), new Body.Opaque(octets(random)));
        };
    }

    private static Message administration(SplittableRandom random) {
        var identity = new ValueReference(handle(random), random.nextInt());
        var share = new Body.Share(random.nextInt(256), random.nextInt(), random.nextInt());
        return switch (random.nextInt(8)) {
            case 6 ->
                request(
                        random,
                        OpCode.RETRIEVE_TRANSACTIONS,
                        new Body.TransactionsRequest(random.nextLong(), random.nextLong(), share));
            case 7 ->
                request(random, OpCode.DUMP_HANDLES, new Body.DumpRequest(share, octets(random), random.nextInt()));
            case 0 -> request(random, OpCode.CREATE_HANDLE, new Body.ValuesRequest(handle(random), values(random)));
            case 1 -> request(random, OpCode.REMOVE_VALUE, new Body.RemoveRequest(handle(random), indexes(random)));
            case 2 ->
                request(
                        random,
                        OpCode.CHALLENGE_RESPONSE,
                        new Body.ChallengeAnswer(text(random), identity, octets(random)));
            case 3 ->
                request(
                        random,
                        OpCode.VERIFY_RESPONSE,
                        new Body.VerifyRequest(identity, octets(random), octets(random), octets(random)));
            case 4 ->
                request(
                        random,
                        OpCode.SESSION_SETUP,
                        new Body.SessionRequest(
                                KeyExchange.CLIENT_KEY, random.nextInt(), identity, octets(random), Optional.empty()));
            default -> request(random, OpCode.LOGIN_BY_KEY, new Body.LoginRequest(identity));
        };
    }

    private static Message request(SplittableRandom random, int opCode, Body body) {
        return Message.of(header(random, opCode, 0), body);
    }

    private static Message response(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 4 -> administrationResponse(random);
            case 0 ->
                response(random, ResponseCode.SUCCESS, new Body.ResolutionResponse(handle(random), values(random)));
            case 1 ->
                response(random, ResponseCode.SERVICE_REFERRAL, new Body.Referral(handle(random), values(random)));
            case 2 ->
                response(
                        random,
                        ResponseCode.ACCESS_DENIED,
                        new Body.ErrorResponse(Optional.of(text(random)), indexes(random)));
            default -> response(random, 20_000, new Body.Opaque(octets(random)));
        };
    }

    private static Message administrationResponse(SplittableRandom random) {
        var handles = List.of(handle(random), handle(random));
        return switch (random.nextInt(6)) {
            case 0 -> response(random, OpCode.LIST_HANDLES, ResponseCode.SUCCESS, new Body.HandleList(handles));
            case 1 ->
                response(
                        random,
                        OpCode.CREATE_HANDLE,
                        ResponseCode.AUTHENTICATION_NEEDED,
                        new Body.Challenge(octets(random)));
            case 2 ->
                response(
                        random,
                        OpCode.SESSION_SETUP,
                        ResponseCode.SUCCESS,
                        new Body.SessionResponse(random.nextInt(65536), octets(random)));
            case 3 ->
                response(
                        random,
                        OpCode.RETRIEVE_TRANSACTIONS,
                        ResponseCode.SUCCESS,
                        new Body.TransactionsResponse(
                                random.nextInt(1, 4),
                                List.of(change(random), change(random)),
                                random.nextBoolean() ? Map.of() : Map.of("88", random.nextLong())));
            case 4 ->
                response(
                        random,
                        OpCode.DUMP_HANDLES,
                        ResponseCode.SUCCESS,
                        new Body.DumpResponse(List.of(new HandleRecord(handle(random), values(random)))));
            default ->
                response(
                        random,
                        OpCode.NEXT_TRANSACTION,
                        ResponseCode.SUCCESS,
                        new Body.NextTransaction(random.nextLong()));
        };
    }

    private static Body.Change change(SplittableRandom random) {
        int action = random.nextInt(2, 6);
        List<HandleValue> values = action == Body.Change.STORED ? values(random) : List.of();
        return new Body.Change(random.nextLong(), random.nextLong(), action, handle(random), values);
    }

    private static Message response(SplittableRandom random, int code, Body body) {
        return response(random, OpCode.RESOLUTION, code, body);
    }

    private static Message response(SplittableRandom random, int opCode, int code, Body body) {
        var header = header(random, opCode, code);
        int algorithm = random.nextInt(1, 4);
        Optional<RequestDigest> digest = header.has(OpFlag.REQUEST_DIGEST)
                ? Optional.of(RequestDigest.of(algorithm, new byte[] {1}, 0, 1))
                : Optional.empty();
        return new Message(header, digest, body, credential(random));
    }

    private static Optional<Credential> credential(SplittableRandom random) {
        var signer = new ValueReference(handle(random), random.nextInt());
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Credential(
                        0, random.nextInt(65536), signer, "HS_SIGNED", Octets.utf8("SHA-256"), octets(random)));
    }

    private static Handle handle(SplittableRandom random) {
        return Handle.of("88.118.7/" + text(random));
    }

    private static String text(SplittableRandom random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint("aZ/.-0é泵\uD83D\uDE00"
                    .codePoints()
                    .skip(random.nextInt(9))
                    .findFirst()
                    .orElse('x'));
        }
        return text.toString();
    }

    private static Octets octets(SplittableRandom random) {
        var bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return Octets.of(bytes);
    }

    private static List<Integer> indexes(SplittableRandom random) {
        return random.ints(random.nextInt(4)).boxed().toList();
    }

    private static List<String> texts(SplittableRandom random) {
        return random.ints(random.nextInt(3)).mapToObj(i -> text(random)).toList();
    }

    private static List<HandleValue> values(SplittableRandom random) {
        return random.ints(random.nextInt(4))
                .mapToObj(i -> new HandleValue(
                        i,
                        text(random),
                        octets(random),
                        new Permissions(random.nextInt(256)),
                        new TimeToLive(random.nextInt(256), random.nextInt()),
                        random.nextInt(),
                        indexes(random).stream()
                                .map(j -> new ValueReference(handle(random), j))
                                .toList()))
                .toList();
    }
}
