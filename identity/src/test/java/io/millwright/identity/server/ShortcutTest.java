package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Change;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.SomeRecords;
import io.millwright.identity.store.StoreSettings;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The quick way to an answer leads to the same octets as the usual one, for every record and every request.
class ShortcutTest {

    private static final int RECORDS = 2000;
    private static final int ALL_FLAGS = OpFlag.AUTHORITATIVE
            | OpFlag.CERTIFIED
            | OpFlag.ENCRYPT
            | OpFlag.RECURSIVE
            | OpFlag.CACHE_AUTHENTICATION
            | OpFlag.CONTINUOUS
            | OpFlag.KEEP_CONNECTION
            | OpFlag.PUBLIC_ONLY
            | OpFlag.REQUEST_DIGEST
            | OpFlag.OVERWRITE
            | OpFlag.MINT_SUFFIX
            | OpFlag.DO_NOT_REFER
            | OpFlag.RECURSIVE_IDENTITY;

    private static final int USUAL_FLAGS = OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY | OpFlag.DO_NOT_REFER;

    private final ManualTime time = new ManualTime(1_700_000_000_000_000_000L);
    private final List<HandleRecord> records = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void everyAnswerIsThatOfTheUsualWay() throws IOException {
        var prefixes = List.of("88.118.0", "88.118.7");
        try (var store = IdentityStore.open(folder.resolve("records"), prefixes, StoreSettings.usual(), time)) {
            register(store);
            for (boolean primary : new boolean[] {true, false}) {
                var site = site(primary);
                var shortcut = new Shortcut(store, site, time, new ServerCounters(), 16_384);
                for (var responder : responders(store, site)) {
                    compare(shortcut, responder);
                }
            }
        }
    }

    private void register(IdentityStore store) {
        Property.check(RECORDS, random -> {
            var record = random.nextBoolean() ? SomeRecords.any(random) : SomeRecords.alike(random.nextInt(100_000));
            if (store.answersFor(record.handle()) && store.find(record.handle()).isEmpty()) {
                store.commit(new Change.Create(record)).join();
                records.add(record);
            }
        });
        assertTrue(records.size() > RECORDS / 2, () -> "only " + records.size() + " records are there");
    }

    private static Site site(boolean primary) throws IOException {
        try (var server =
                HandleServer.bind(ServerSettings.freePorts(), 7, new ManualTime(1_700_000_000_000_000_000L))) {
            var own = server.site();
            return new Site(
                    own.version(),
                    own.protocolMajor(),
                    own.protocolMinor(),
                    own.serial(),
                    primary ? Site.PRIMARY : 0,
                    own.hashOption(),
                    own.hashFilter(),
                    own.attributes(),
                    own.servers());
        }
    }

    /// A node that only resolves, and one that can be changed.
    private List<Responder> responders(IdentityStore store, Site site) {
        var random = new SecureRandom();
        var counters = new ServerCounters();
        var replies = new Replies(time, counters, site, Optional.empty(), random);
        var resolving = new Operations(store, site, 0, time);
        var administration = Administration.by(Set.of(AdministeredNode.at(AdministeredNode.GROUP)));
        var authority = new Authority(store, administration, time);
        var changing = Operations.of(store, authority, site, 0, time);
        var gate = new Gate(changing, authority, administration, time, random);
        return List.of(
                new Responder(resolving, Optional.empty(), Optional.empty(), replies, time, counters, 8),
                new Responder(changing, Optional.of(gate), Optional.empty(), replies, time, counters, 8));
    }

    private void compare(Shortcut shortcut, Responder responder) {
        var quick = new LongAdder();
        Property.check(20_000, random -> {
            byte[] request = request(random);
            byte[] answer = shortcut.answer(request, request.length);
            if (answer.length > 0) {
                assertArrayEquals(usual(responder, request), answer);
                quick.increment();
            }
        });
        assertTrue(quick.sum() > 2000, () -> "only " + quick + " of 20000 requests were answered quickly");
    }

    private static byte[] usual(Responder responder, byte[] request) throws IOException, MalformedException {
        var replies = new ArrayList<Reply>();
        var asker = new Asker(InetAddress.getLoopbackAddress(), replies::add, false);
        var envelope = Envelope.read(new WireReader(request));
        assertTrue(responder.isQuick(envelope, request, Envelope.BYTES, request.length));
        responder.answer(envelope, request, Envelope.BYTES, request.length, asker);
        assertEquals(1, replies.size());
        var pieces =
                Fragments.cut(replies.getFirst().envelope(), replies.getFirst().message());
        assertEquals(1, pieces.size());
        return pieces.getFirst();
    }

    private byte[] request(SplittableRandom random) {
        boolean usual = random.nextInt(3) > 0;
        int flags = usual ? random.nextInt() & USUAL_FLAGS : random.nextInt() & random.nextInt() & ALL_FLAGS;
        long now = time.epochNanos() / 1_000_000_000L;
        int expiration = random.nextInt(3) > 0 ? 0 : (int) now + random.nextInt(-2, 3);
        int opCode = random.nextInt(20) > 0 ? OpCode.RESOLUTION : OpCode.GET_SITE_INFO;
        var header = new Header(opCode, 0, flags, random.nextInt(0x10000), random.nextInt(256), expiration);
        byte[] message = Message.of(header, body(opCode, random)).encode();
        var suggested = random.nextBoolean() ? ProtocolVersion.NEWEST : version(random, 32);
        int session = random.nextInt(10) > 0 ? 0 : random.nextInt();
        int messageLength = random.nextInt(20) > 0 ? message.length : random.nextInt(600);
        var out = new WireWriter();
        new Envelope(
                        random.nextBoolean() ? ProtocolVersion.COMPATIBLE : version(random, 4),
                        0,
                        suggested,
                        session,
                        random.nextInt(),
                        random.nextInt(10) > 0 ? 0 : random.nextInt(),
                        messageLength)
                .write(out);
        byte[] request = out.plain(message, 0, message.length - random.nextInt(3) / 2 * 4)
                .toByteArray();
        if (random.nextInt(4) == 0) {
            request[random.nextInt(request.length)] = (byte) random.nextInt(256);
        }
        return request;
    }

    private static ProtocolVersion version(SplittableRandom random, int majors) {
        return new ProtocolVersion(random.nextInt(3) > 0 ? 2 : random.nextInt(majors), random.nextInt(14));
    }

    private Body body(int opCode, SplittableRandom random) {
        var handle = handle(random);
        if (opCode == OpCode.GET_SITE_INFO) {
            return new Body.HandleRequest(handle);
        }
        List<Integer> indexes = random.nextInt(10) > 0 ? List.of() : List.of(random.nextInt(4));
        List<String> types = random.nextInt(10) > 0 ? List.of() : List.of("URL");
        return new Body.ResolutionRequest(handle, indexes, types);
    }

    private Handle handle(SplittableRandom random) {
        var text = records.get(random.nextInt(records.size())).handle().toString();
        return Handle.of(
                switch (random.nextInt(8)) {
                    case 0 -> text.toUpperCase(java.util.Locale.ROOT);
                    case 1 -> text.toLowerCase(java.util.Locale.ROOT);
                    case 2 -> text + random.nextInt(10);
                    case 3 -> random.nextBoolean() ? "0.NA/88.118.7" : "99.1/" + text;
                    default -> text;
                });
    }

    /// What a record says counts from the moment at which the change is acknowledged.
    @Test
    void aChangeIsAnsweredFromThenOn() throws IOException, MalformedException {
        try (var store =
                IdentityStore.open(folder.resolve("changed"), List.of("88.118.7"), StoreSettings.usual(), time)) {
            var before = SomeRecords.alike(1);
            var after = new HandleRecord(before.handle(), SomeRecords.alike(2).values());
            store.commit(new Change.Create(before)).join();
            var site = site(true);
            var shortcut = new Shortcut(store, site, time, new ServerCounters(), 16_384);
            var responder = responders(store, site).getFirst();
            var out = new WireWriter();
            byte[] message = Message.of(
                            new Header(OpCode.RESOLUTION, 0, 0, 0, 0, 0), Body.ResolutionRequest.all(before.handle()))
                    .encode();
            Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, 1, message.length)
                    .write(out);
            byte[] request = out.plain(message, 0, message.length).toByteArray();
            var first = Octets.of(shortcut.answer(request, request.length));
            store.commit(new Change.Replace(before, after)).join();
            var second = Octets.of(shortcut.answer(request, request.length));
            assertEquals(Octets.of(usual(responder, request)), second);
            assertTrue(!first.equals(second));
            store.commit(new Change.Delete(after)).join();
            assertEquals(0, shortcut.answer(request, request.length).length);
        }
    }
}
