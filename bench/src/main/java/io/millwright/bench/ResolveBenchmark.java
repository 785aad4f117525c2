package io.millwright.bench;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Envelope;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.Message;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Identifiers resolved per second over UDP loopback with 64 requests outstanding, beside a bare UDP echo in Java that
/// carries datagrams of the same sizes: what the machine, the kernel and the Java sockets allow at most.
public final class ResolveBenchmark implements Benchmark {

    private static final String PREFIX = "88.118.7";
    private static final int RECORDS = 100_000;
    private static final int OUTSTANDING = 64;
    private static final int WARM_UP_REQUESTS = 200_000;
    private static final int REQUESTS = 300_000;
    private static final int ROUNDS = 5;
    private static final long SEED = 42;
    private static final int RESPONSE_CODE_AT = Envelope.BYTES + 4;

    @Override
    public String name() {
        return "resolve";
    }

    @Override
    public String summary() {
        return "Resolutions per second over UDP, 64 outstanding, beside a bare Java UDP echo";
    }

    @Override
    public Report run(Path folder, Consumer<String> progress) throws Exception {
        progress.accept("registering " + RECORDS + " identifiers in memory");
        try (var node = HandleServer.bind(ServerSettings.freePorts(), 1, Time.system());
                var echo = new UdpEcho()) {
            node.serve(registry());
            var nodeAddress = node.udpAddress().orElseThrow();
            byte[][] requests = requests();
            byte[][] echoed = likeAnswers(requests, nodeAddress);
            measure(progress, "warming up", nodeAddress, requests, WARM_UP_REQUESTS, true);
            measure(progress, "warming up the echo", echo.address(), echoed, WARM_UP_REQUESTS, false);
            var resolved = new ArrayList<Double>();
            var echoes = new ArrayList<Double>();
            for (int round = 1; round <= ROUNDS; round++) {
                String of = " " + round + " of " + ROUNDS;
                resolved.add(measure(progress, "resolving" + of, nodeAddress, requests, REQUESTS, true));
                echoes.add(measure(progress, "echoing" + of, echo.address(), echoed, REQUESTS, false));
            }
            return report(median(resolved), median(echoes), echoed[0].length);
        }
    }

    private static Report report(double resolved, double echoed, int answerBytes) {
        return new Report(
                "resolve",
                List.of(
                        new Report.Figure("resolutions over UDP", resolved, "1/s", ""),
                        new Report.Figure("bare UDP echo, Java", echoed, "1/s", ""),
                        new Report.Figure("resolutions / echo", resolved / echoed, "ratio", "≥ 0.5")),
                List.of(
                        RECORDS + " records in memory, drawn at random; " + OUTSTANDING + " requests outstanding",
                        "client, node and echo in one process; medians of " + ROUNDS + " alternating rounds",
                        "the echo carries " + answerBytes + " octets each way, as long as the answers are",
                        "every answer is checked for its request id and for success; none may be lost"));
    }

    private static double measure(
            Consumer<String> progress,
            String what,
            InetSocketAddress server,
            byte[][] requests,
            int count,
            boolean resolutions)
            throws IOException {
        progress.accept(what);
        try (var load = new UdpLoad(server, requests, OUTSTANDING)) {
            return load.perSecond(count, answer -> resolutions && answer.getInt(RESPONSE_CODE_AT) != 1);
        }
    }

    private static double median(List<Double> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    private static MemoryRegistry registry() {
        var registry = new MemoryRegistry(List.of(PREFIX));
        for (int i = 0; i < RECORDS; i++) {
            var values = List.of(
                    HandleValue.published(1, "URL", "http://127.0.0.1:8080/api/v1/assets/pump-" + i, 1_700_000_000),
                    HandleValue.published(2, "DESC", "pump-" + i + ", MotorPump", 1_700_000_000),
                    HandleValue.published(3, "MILLWRIGHT.TYPE", "MotorPump", 1_700_000_000));
            registry.register(new HandleRecord(handle(i), values));
        }
        return registry;
    }

    private static Handle handle(int i) {
        return Handle.of(PREFIX + "/pump-" + i);
    }

    private static byte[][] requests() {
        var random = new SplittableRandom(SEED);
        var requests = new byte[65_536][];
        var header = new Header(OpCode.RESOLUTION, 0, OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY, Header.NO_SITE, 0, 0);
        for (int i = 0; i < requests.length; i++) {
            byte[] message = Message.of(header, Body.ResolutionRequest.all(handle(random.nextInt(RECORDS))))
                    .encode();
            requests[i] = packet(message);
        }
        return requests;
    }

    private static byte[] packet(byte[] message) {
        var out = new WireWriter();
        Envelope.of(ProtocolVersion.COMPATIBLE, ProtocolVersion.NEWEST, 0, message.length)
                .write(out);
        return out.plain(message, 0, message.length).toByteArray();
    }

    /// Datagrams as long as the node's answers, so that the echo has as much to carry.
    private static byte[][] likeAnswers(byte[][] requests, InetSocketAddress node) throws IOException {
        try (var load = new UdpLoad(node, new byte[][] {requests[0]}, 1)) {
            var length = new int[1];
            load.perSecond(1, answer -> {
                length[0] = answer.remaining();
                return answer.getInt(RESPONSE_CODE_AT) != ResponseCode.SUCCESS;
            });
            return new byte[][] {new byte[length[0]]};
        }
    }
}
