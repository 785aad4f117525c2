package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millwright.identity.authentication.SessionKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Await;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.MessageEnvelope;
import org.junit.jupiter.api.Test;

/// Our client does every operation there is against our node, through a proxy that records every octet; the public
/// client's decoder then reads each message of both sides and finds the operation, the code, and what was said.
class EveryOperationTest {

    private static final Handle PUMP = Handle.of("88.118.7/pump-1");

    private final AtomicInteger backups = new AtomicInteger();
    private final Map<Integer, SessionKey> keys = new ConcurrentHashMap<>();

    private void succeeds(Result result) {
        assertInstanceOf(Result.Done.class, result, result.toString());
    }

    private AdministeringClient opened(AdministeringClient.Opening opening) {
        var client = assertInstanceOf(AdministeringClient.Opening.Opened.class, opening, opening.toString())
                .client();
        var session = client.session().orElseThrow();
        keys.put(session.id(), session.key());
        return client;
    }

    private static HandleRecord pump() {
        return new HandleRecord(PUMP, FollowedNode.administrators());
    }

    private void handles(AdministeringClient admin) {
        succeeds(admin.create(pump()));
        succeeds(admin.add(PUMP, List.of(HandleValue.published(2, "DESC", "two", 0))));
        succeeds(admin.modify(PUMP, List.of(HandleValue.published(2, "DESC", "second", 0))));
        succeeds(admin.remove(PUMP, List.of(2)));
        assertInstanceOf(Resolution.Found.class, admin.resolve(Body.ResolutionRequest.all(PUMP)));
        succeeds(admin.delete(PUMP));
        succeeds(admin.home("88.9"));
        succeeds(admin.listPrefixes(handle -> {}));
        succeeds(admin.list("88.118.7", handle -> {}));
        succeeds(admin.unhome("88.9"));
        succeeds(admin.nextTransaction());
        succeeds(admin.backUp());
    }

    private void everything(HandleClient client, VerificationKey key) {
        client.siteInformation();
        handles(client.as(AdministeredNode.BY_SECRET));
        // Nothing proven: whether it is right is for the node to say.
        var wrong = new Body.VerifyRequest(
                AdministeredNode.BY_SECRET.reference(), Octets.of(new byte[16]), Octets.of(new byte[32]), Octets.EMPTY);
        assertEquals(new Result.Done(new Body.VerifyResponse(false)), client.verify(wrong, key));
        var session = opened(client.as(AdministeredNode.BY_SECRET).openSession(key));
        handles(session);
        var copy = new MemoryRegistry(List.of());
        assertInstanceOf(Mirror.Progress.CaughtUp.class, new Mirror(session, copy, "88.118.7").catchUp());
        succeeds(session.records(new Body.Share(2, 1, 0), told -> {}));
        succeeds(session.closeSession());
        var second = opened(client.as(AdministeredNode.BY_SECRET).openSessionByServerKey(key));
        handles(second);
        succeeds(second.closeSession());
    }

    private void logIns(RecordingProxy proxy) {
        for (var identity : List.of(AdministeredNode.BY_SECRET, FollowedNode.BY_SM2)) {
            try (var client = HandleClient.to(Endpoint.tcp(proxy.address()))) {
                handles(client.loggedInAs(identity));
            }
        }
    }

    /// What a message says of itself.
    private record Said(int opCode, int responseCode) {}

    /// The public client has no log-ins: it reads them as another operation about a handle, and "log in first" as
    /// another refusal.
    private static Said read(byte[] message, MessageEnvelope envelope) throws Exception {
        var header = ByteBuffer.wrap(message);
        int opCode = header.getInt(0);
        boolean login = opCode == OpCode.LOGIN_BY_PASSWORD || opCode == OpCode.LOGIN_BY_KEY;
        if (login) {
            header.putInt(0, AbstractMessage.OC_BACKUP_SERVER);
        }
        int responseCode = header.getInt(4);
        if (responseCode == ResponseCode.LOGIN_FIRST) {
            header.putInt(4, AbstractMessage.RC_INVALID_ADMIN);
        }
        var decoded = Encoder.decodeMessage(message, 0, envelope);
        assertEquals(login ? AbstractMessage.OC_BACKUP_SERVER : opCode, decoded.opCode);
        assertEquals(header.getInt(4), decoded.responseCode);
        return new Said(opCode, responseCode);
    }

    private List<Said> decode(List<byte[]> streams) throws Exception {
        var said = new ArrayList<Said>();
        for (byte[] stream : streams) {
            for (int at = 0; at < stream.length; ) {
                byte[] packet = Arrays.copyOfRange(stream, at, stream.length);
                var envelope = new MessageEnvelope();
                Encoder.decodeEnvelope(packet, envelope);
                byte[] message = Arrays.copyOfRange(packet, 20, 20 + envelope.messageLength);
                if (envelope.encrypted) {
                    message = keys.get(envelope.sessionId).decrypt(message, 0, message.length);
                    envelope.encrypted = false;
                }
                said.add(read(message, envelope));
                at += 20 + envelope.messageLength;
            }
        }
        return said;
    }

    @Test
    void thePublicDecoderReadsEveryOperation() throws Exception {
        try (var node = FollowedNode.primary(
                        new MemoryRegistry(List.of()),
                        administration -> administration.withBackUp(backups::incrementAndGet));
                var proxy = new RecordingProxy(
                        node.server.udpAddress().orElseThrow(),
                        node.server.tcpAddress().orElseThrow(),
                        i -> false)) {
            var key = VerificationKey.decode(
                    node.server.site().servers().getFirst().publicKey());
            try (var client = HandleClient.to(Endpoint.tcp(proxy.address()))) {
                everything(client, key);
            }
            logIns(proxy);
            Await.until("the last connection is recorded", () -> !proxy.isCarrying());
            var every = Set.of(
                    1, 2, 100, 101, 102, 103, 104, 105, 200, 201, 300, 301, 302, 400, 401, 402, 1000, 1001, 1002, 1003,
                    2000, 2001);
            var asked = decode(proxy.tcpRequests);
            assertEquals(every, asked.stream().map(Said::opCode).collect(Collectors.toSet()));
            var answered = decode(proxy.tcpAnswers);
            // Success, "who are you?", and "log in first".
            assertEquals(
                    Set.of(1, 402, 408),
                    answered.stream().map(Said::responseCode).collect(Collectors.toSet()));
            assertEquals(asked.size(), answered.size());
            assertEquals(5, backups.get());
        }
    }
}
