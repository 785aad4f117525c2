package io.millwright.identity.recursive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Fragments;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.server.Recursion;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.testkit.ManualTime;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A root that lies. What comes of it is a refusal, in time, after a bounded number of questions, and nothing false is
/// kept.
class LyingUpstreamsTest {

    private static final ClientSettings HURRIED = ClientSettings.usual()
            .withUdpTimeouts(List.of(Duration.ofMillis(400)))
            .withConnectTimeout(Duration.ofMillis(400))
            .withAnswerTimeout(Duration.ofMillis(400));

    private final ManualTime time = new ManualTime(1_700_000_000L * 1_000_000_000L);
    private final AtomicInteger questions = new AtomicInteger();
    private DatagramSocket socket;
    private DatagramSocket stranger;

    /// What it answers to a query, given the envelope of the request and the query: whole datagrams.
    private volatile BiFunction<Envelope, Body.ResolutionRequest, List<byte[]>> lie = (envelope, query) -> List.of();

    private volatile boolean fromElsewhere;

    @BeforeEach
    void start() throws Exception {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stop() {
        socket.close();
        stranger.close();
    }

    private void serve() {
        var packet = new DatagramPacket(new byte[2048], 2048);
        try {
            while (true) {
                socket.receive(packet);
                questions.incrementAndGet();
                var envelope = Envelope.read(new WireReader(packet.getData(), 0, packet.getLength()));
                var message = Message.decode(packet.getData(), Envelope.BYTES, packet.getLength());
                var query = (Body.ResolutionRequest) message.body();
                for (byte[] told : lie.apply(envelope, query)) {
                    (fromElsewhere ? stranger : socket)
                            .send(new DatagramPacket(told, told.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException | MalformedException e) {
            // Closed: the end of this server.
        }
    }

    private static List<byte[]> told(Envelope asked, int requestId, int code, Body body) {
        byte[] message =
                Message.of(new Header(1, code, 0, Header.NO_SITE, 0, 0), body).encode();
        return Fragments.cut(Envelope.of(ProtocolVersion.NEWEST, asked.version(), requestId, message.length), message);
    }

    private static List<byte[]> told(Envelope asked, int code, Body body) {
        return told(asked, asked.requestId(), code, body);
    }

    private static HandleValue value(int index, String type, Octets data, int ttl) {
        return new HandleValue(index, type, data, Permissions.PUBLISHED, TimeToLive.relative(ttl), 1, List.of());
    }

    private Site site() {
        var door = new SiteServer.Door(
                SiteServer.RESOLUTION | SiteServer.ADMINISTRATION, SiteServer.UDP, socket.getLocalPort());
        var server = SiteServer.at(1, InetAddress.getLoopbackAddress(), List.of(door));
        return new Site(1, 2, 11, 1, Site.PRIMARY, Site.HASH_BY_ALL, Octets.EMPTY, List.of(), List.of(server));
    }

    private RecursiveNode node() {
        return new RecursiveNode(List.of(site()), HURRIED, RecursionSettings.usual(), time);
    }

    private static Recursion.Said ask(RecursiveNode node, String handle) {
        var query = Body.ResolutionRequest.all(Handle.of(handle));
        int flags = OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY;
        var header = new Header(1, 0, flags, Header.NO_SITE, 0, 0);
        byte[] message = Message.of(header, query).encode();
        var envelope = Envelope.of(ProtocolVersion.NEWEST, ProtocolVersion.NEWEST, 1, message.length);
        var client = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1).getAddress();
        return node.resolve(query, new Recursion.Asked(client, envelope, header, message, 0, message.length));
    }

    private static int code(Recursion.Said said) {
        return assertInstanceOf(Recursion.Said.Told.class, said).code();
    }

    private void assertNothingComesOfIt() {
        var node = node();
        long began = System.nanoTime();
        int code = code(ask(node, "0.NA/88"));
        assertTrue(code == ResponseCode.ERROR || code == ResponseCode.RECURSION_LIMIT_EXCEEDED, "code " + code);
        assertTrue(System.nanoTime() - began < 15_000_000_000L, "took too long");
        assertEquals(0, node.statistics().kept(), "nothing of it is kept");
    }

    @Test
    void answersFromAnotherAddressAreNotTaken() {
        fromElsewhere = true;
        lie = (envelope, query) ->
                told(envelope, ResponseCode.SUCCESS, new Body.ResolutionResponse(query.handle(), List.of()));
        assertNothingComesOfIt();
    }

    /// A thousand guesses at the request's number: none counts, and they do not prolong the wait.
    @Test
    void answersWithAnotherNumberAreNotTaken() {
        lie = (envelope, query) -> {
            var all = new ArrayList<byte[]>();
            for (int i = 1; i <= 1000; i++) {
                all.addAll(told(
                        envelope,
                        envelope.requestId() + i,
                        ResponseCode.SUCCESS,
                        new Body.ResolutionResponse(query.handle(), List.of())));
            }
            return all;
        };
        assertNothingComesOfIt();
    }

    @Test
    void answersForAnotherNameAreNotTaken() {
        lie = (envelope, query) -> told(
                envelope,
                ResponseCode.SUCCESS,
                new Body.ResolutionResponse(Handle.of("0.NA/99"), List.of(value(1, "HS_SITE", site().encode(), 100))));
        assertNothingComesOfIt();
    }

    /// Only some of the fragments, the last of them again and again.
    @Test
    void halfAnAnswerIsNone() {
        lie = (envelope, query) -> {
            var values = List.of(value(1, "DESC", Octets.of(new byte[1500]), 100));
            var pieces = told(envelope, ResponseCode.SUCCESS, new Body.ResolutionResponse(query.handle(), values));
            var all = new ArrayList<byte[]>();
            for (int i = 0; i < 50; i++) {
                all.add(pieces.getLast());
            }
            return all;
        };
        assertNothingComesOfIt();
    }

    /// Each answer refers to another name at the same server.
    @Test
    void referralsWithoutEndEnd() {
        lie = (envelope, query) -> told(
                envelope,
                ResponseCode.PREFIX_REFERRAL,
                new Body.Referral(
                        Handle.of("0.NA/x" + questions.get()),
                        List.of(value(1, "HS_SITE.PREFIX", site().encode(), 100))));
        assertNothingComesOfIt();
        assertTrue(questions.get() <= 24, questions + " questions");
        questions.set(0);
        lie = (envelope, query) -> told(
                envelope, ResponseCode.PREFIX_REFERRAL, new Body.Referral(Handle.of("0.NA/y" + questions), List.of()));
        ask(node(), "0.NA/88");
        assertTrue(questions.get() <= 24, questions + " questions");
    }

    /// Two thousand services, each of which names two thousand others; and octets that spell no handle.
    @Test
    void servicesWithoutEndEnd() {
        lie = (envelope, query) -> {
            var values = new ArrayList<HandleValue>();
            for (int i = 0; i < 150; i++) {
                values.add(value(i + 1, "HS_SERV", Octets.utf8("0.NA/s" + questions + "." + i), 100));
            }
            values.add(value(500, "HS_SERV", Octets.hex("ff".repeat(1500)), 100));
            return told(envelope, ResponseCode.SUCCESS, new Body.ResolutionResponse(query.handle(), values));
        };
        code(ask(node(), "88/a"));
        assertTrue(questions.get() <= 24, questions + " questions");
    }

    /// A TTL of 136 years is a day; one that ended in 1970 is none.
    @Test
    void lifetimesAreBounded() {
        lie = (envelope, query) -> told(
                envelope,
                ResponseCode.SUCCESS,
                new Body.ResolutionResponse(query.handle(), List.of(value(1, "DESC", Octets.utf8("x"), -1))));
        var node = node();
        assertEquals(ResponseCode.SUCCESS, code(ask(node, "0.NA/88")));
        time.advance(Duration.ofHours(23));
        ask(node, "0.NA/88");
        assertEquals(1, questions.get());
        time.advance(Duration.ofHours(2));
        ask(node, "0.NA/88");
        assertEquals(2, questions.get());
        var past =
                new HandleValue(1, "DESC", Octets.utf8("x"), Permissions.PUBLISHED, new TimeToLive(1, 1), 1, List.of());
        lie = (envelope, query) ->
                told(envelope, ResponseCode.SUCCESS, new Body.ResolutionResponse(query.handle(), List.of(past)));
        ask(node, "0.NA/77");
        ask(node, "0.NA/77");
        assertEquals(4, questions.get());
    }

    /// An answer that says it is cut short sends the client to TCP; where nobody listens there, that is an end too.
    @Test
    void whoSaysToAskByTcpAndIsNotThereIsUnreachable() {
        lie = (envelope, query) ->
                List.of(Envelope.of(ProtocolVersion.NEWEST, envelope.version(), envelope.requestId(), 1)
                        .cutShort());
        var resolver = new Resolver(List.of(site()), HURRIED, time);
        assertInstanceOf(Resolution.Unreachable.class, resolver.resolve(Handle.of("0.NA/88")));
        assertNothingComesOfIt();
    }

    /// Different names that do not exist, as many as somebody likes to make up: what is remembered of them has its own
    /// memory, and pushes out nothing that exists. `-Dmw.names=1000000` takes minutes.
    @Test
    void madeUpNamesTakeNoMoreThanTheyMay() {
        lie = (envelope, query) -> query.handle().suffix().equals("88")
                ? told(
                        envelope,
                        ResponseCode.SUCCESS,
                        new Body.ResolutionResponse(
                                query.handle(), List.of(value(1, "DESC", Octets.utf8("x"), 80_000))))
                : told(envelope, ResponseCode.HANDLE_NOT_FOUND, new Body.ErrorResponse(Optional.empty(), List.of()));
        var settings = RecursionSettings.usual().withCache(1 << 20, 1 << 20);
        var node = new RecursiveNode(List.of(site()), HURRIED, settings, time);
        assertEquals(ResponseCode.SUCCESS, code(ask(node, "0.NA/88")));
        int names = Integer.getInteger("mw.names", 10_000);
        for (int i = 0; i < names; i++) {
            code(ask(node, "0.NA/made.up." + i));
        }
        var statistics = node.statistics();
        assertTrue(statistics.bytes() <= 2 << 20, statistics.toString());
        assertTrue(statistics.keptNegative() > 1000 && statistics.keptNegative() < 10_000, statistics.toString());
        int before = questions.get();
        assertEquals(ResponseCode.SUCCESS, code(ask(node, "0.NA/88")));
        assertEquals(before, questions.get(), "what exists is still known");
    }
}
