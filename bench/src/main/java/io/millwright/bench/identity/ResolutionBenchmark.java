package io.millwright.bench.identity;

import io.millwright.bench.Peer;
import io.millwright.bench.Report.Figure;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.identity.udp.LinuxUdp;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Resolution side by side: NSD, Unbound, Millwright's nodes and a bare echo, each a process of its own, asked by the
/// same load in turn, round after round.
public final class ResolutionBenchmark {

    /// What can be measured.
    public static final Set<String> SECTIONS = Set.of("resolution", "recursive", "http");

    private static final int WINDOW = 64;
    private static final int WARM_UP = 600_000;
    private static final int ROUNDS = Integer.getInteger("mw.bench.rounds", 5);
    private static final int REQUESTS = 300_000;
    private static final int ONE_AT_A_TIME = 20_000;
    private static final int CACHED = 20_000;
    private static final int ANSWER_BYTES = 256;
    private static final int CHECK_SECONDS = 5;
    private static final int CONNECTIONS = 32;
    private static final int HTTP_REQUESTS = 100_000;

    private final Catalogue catalogue;
    private final Path folder;
    private final Consumer<String> progress;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /// @param records how many all have
    /// @param folder may be written to
    /// @param progress hears what is being done
    public ResolutionBenchmark(int records, Path folder, Consumer<String> progress) {
        catalogue = new Catalogue(records);
        this.folder = folder;
        this.progress = progress;
    }

    /// What was found so far.
    public List<Figure> figures() {
        return List.copyOf(figures);
    }

    /// What a reader has to know.
    public List<String> remarks() {
        return List.copyOf(remarks);
    }

    /// Measures.
    ///
    /// @param sections some of [#SECTIONS]
    public void run(Collection<String> sections) throws Exception {
        if (!LinuxUdp.isAvailable()) {
            remarks.add("resolution is not measured: the load needs Linux on x86-64 or AArch64");
            return;
        }
        remarks.add(catalogue.count() + " records of 3 values; the same in DNS are names of 2 NAPTR records; each asked"
                + " for is drawn at random");
        remarks.add(WINDOW + " requests outstanding, then one at a time; medians of " + ROUNDS
                + " alternating rounds; every answer is checked, none may be lost");
        load();
        boolean nsd = !Peer.program("nsd").isEmpty();
        if (nsd) {
            progress.accept("writing the zone for NSD");
            catalogue.writeZone(folder.resolve("zone"));
        } else {
            remarks.add("NSD is not installed: skipped, and Unbound with it");
        }
        try (var node = node()) {
            var peer = nsd ? List.of(startNsd()) : List.<Peers.Running>of();
            try {
                if (sections.contains("resolution")) {
                    authoritative(node, peer);
                }
                if (sections.contains("recursive")) {
                    recursive(node, peer);
                }
                if (sections.contains("http")) {
                    http(node);
                }
            } finally {
                peer.forEach(Peers.Running::close);
            }
        }
    }

    private void load() throws IOException {
        var prefixes = List.of(Catalogue.PREFIX);
        progress.accept("registering " + catalogue.count() + " records");
        var path = folder.resolve("node").resolve("records");
        Files.createDirectories(path);
        try (var store = IdentityStore.open(path, prefixes, StoreSettings.usual(), Time.system())) {
            store.load(catalogue.records(), durable -> {});
        }
    }

    private Node node() throws IOException {
        progress.accept("starting the node");
        return Node.start(List.of(
                "--role", "enterprise",
                "--prefix", Catalogue.PREFIX,
                "--data", folder.resolve("node").toString(),
                "--http-port", "0",
                "--dns-port", "0"));
    }

    private Peers.Running startNsd() throws IOException {
        progress.accept("starting NSD");
        return Peers.nsd(Files.createDirectories(folder.resolve("nsd")), folder.resolve("zone"));
    }

    private void authoritative(Node node, List<Peers.Running> nsd) throws Exception {
        int count = catalogue.count();
        var started = Server.java(Echo.class, List.of());
        try (var echo = started.server()) {
            var echoAt = Server.loopback(Integer.parseInt(started.line()));
            var contenders = new ArrayList<Contender>();
            contenders.add(
                    new Contender("UDP echo, Java", echoAt, new Usage(echo.process()), Question.echo(ANSWER_BYTES), 1));
            nsd.forEach(n -> contenders.add(
                    new Contender("NSD, 1 worker", n.address(), n.usage(), Question.naptr(false), count)));
            contenders.add(
                    new Contender("Handle node", node.udp(), node.usage(), Question.handle(OpFlag.PUBLIC_ONLY), count));
            contenders.add(new Contender("DNS door", node.dns(), node.usage(), Question.naptr(false), count));
            measure(contenders, c -> c.fill(count, WINDOW));
            tell(contenders, nsd.isEmpty() ? "" : "NSD, 1 worker", "Handle node");
        }
        figure("Handle node, resident", node.usage().memoryMegabytes(), "MB", "≤ 300");
        for (var peer : nsd) {
            figure("NSD, resident", peer.usage().memoryMegabytes(), "MB", "");
            checkWithDnsperf("NSD by dnsperf", peer.address());
            checkWithDnsperf("DNS door by dnsperf", node.dns());
        }
    }

    private void checkWithDnsperf(String what, InetSocketAddress server) throws Exception {
        if (Peer.program("dnsperf").isEmpty()) {
            remarks.add(what + ": dnsperf is not installed, skipped");
        } else {
            progress.accept(what);
            figure(what, Peers.dnsperf(folder, server, WINDOW, CHECK_SECONDS, catalogue), "1/s", "");
        }
    }

    private void recursive(Node node, List<Peers.Running> nsd) throws Exception {
        int count = Math.min(CACHED, catalogue.count());
        remarks.add("recursive nodes: cache hits, " + count + " names in the cache");
        var unbound = new ArrayList<Peers.Running>();
        if (Peer.program("unbound").isEmpty()) {
            remarks.add("Unbound is not installed: skipped");
        } else if (!nsd.isEmpty()) {
            progress.accept("starting Unbound");
            unbound.add(Peers.unbound(
                    Files.createDirectories(folder.resolve("unbound")),
                    nsd.getFirst().address()));
        }
        progress.accept("starting the recursive node");
        try (var recursive = Node.start(List.of(
                "--role", "recursive", "--root", "127.0.0.1:" + node.udp().getPort(), "--rate", "1000000"))) {
            var contenders = new ArrayList<Contender>();
            unbound.forEach(u -> contenders.add(
                    new Contender("Unbound, 1 thread", u.address(), u.usage(), Question.naptr(true), count)));
            contenders.add(new Contender(
                    "recursive node",
                    recursive.udp(),
                    recursive.usage(),
                    Question.handle(OpFlag.RECURSIVE | OpFlag.PUBLIC_ONLY),
                    count));
            measure(contenders, c -> c.fill(count, WINDOW));
            tell(contenders, unbound.isEmpty() ? "" : "Unbound, 1 thread", "recursive node");
            figure("recursive node, resident", recursive.usage().memoryMegabytes(), "MB", "≤ 300");
        } finally {
            unbound.forEach(Peers.Running::close);
        }
    }

    /// Something to be done with a contender.
    private interface Step {
        void with(Contender contender) throws IOException;
    }

    private void measure(List<Contender> contenders, Step fill) throws IOException {
        for (var contender : contenders) {
            progress.accept("warming up: " + contender.name());
            fill.with(contender);
            contender.warm(WARM_UP, WINDOW);
            contender.latency(ONE_AT_A_TIME);
            contender.forget();
        }
        for (int round = 1; round <= ROUNDS; round++) {
            for (var contender : contenders) {
                progress.accept("round " + round + " of " + ROUNDS + ": " + contender.name());
                contender.throughput(REQUESTS, WINDOW);
                contender.latency(ONE_AT_A_TIME);
            }
        }
    }

    /// @param peer whose figures ours are divided by; empty if it is not there
    private void tell(List<Contender> contenders, String peer, String ours) {
        for (var c : contenders) {
            figure(c.name() + ", " + WINDOW + " outstanding", c.rate(), "1/s", "");
            figure(c.name() + ", processor time", c.processorMicros(), "µs each", "");
            figure(c.name() + ", one at a time, median", c.latencyMicros(0.5), "µs", "");
            figure(c.name() + ", one at a time, p99", c.latencyMicros(0.99), "µs", "");
        }
        for (var them : contenders.stream().filter(c -> c.name().equals(peer)).toList()) {
            for (var us : contenders) {
                boolean aimed = us.name().equals(ours);
                if (us != them) {
                    figure(us.name() + " / " + peer, us.rate() / them.rate(), "ratio", aimed ? "≥ 0.95" : "");
                    figure(
                            us.name() + " / " + peer + ", processor time",
                            us.processorMicros() / them.processorMicros(),
                            "ratio",
                            "");
                    figure(
                            us.name() + " / " + peer + ", p99 one at a time",
                            us.latencyMicros(0.99) / them.latencyMicros(0.99),
                            "ratio",
                            aimed ? "≤ 2" : "");
                }
            }
        }
    }

    private void http(Node node) throws Exception {
        remarks.add("HTTP: " + CONNECTIONS + " connections that stay open, the next request when the answer is there");
        http("HTTP, binary (POST application/x-hdl-message)", node, binary());
        http("HTTP, JSON (GET /api/handles/…)", node, get());
        if (Peer.program("wrk").isEmpty()) {
            remarks.add("wrk is not installed: the check by it is skipped");
        } else {
            progress.accept("HTTP by wrk");
            var url = "http://127.0.0.1:" + node.http().getPort() + "/api/handles/" + Catalogue.handle(Catalogue.FIRST);
            figure("HTTP, JSON, one record, by wrk", Peers.wrk(url, CONNECTIONS, CHECK_SECONDS), "1/s", "");
        }
        figure("node after HTTP, resident", node.usage().memoryMegabytes(), "MB", "≤ 300");
    }

    private void http(String what, Node node, Question question) throws IOException {
        progress.accept(what);
        var rates = new ArrayList<Double>();
        var micros = new ArrayList<Double>();
        for (int round = 0; round <= ROUNDS; round++) {
            try (var load = new HttpLoad(node.http(), question, CONNECTIONS, catalogue.count(), round)) {
                var before = node.usage().processorTime();
                double rate = load.perSecond(HTTP_REQUESTS);
                if (round > 0) { // The first is for warming up.
                    rates.add(rate);
                    micros.add(node.usage().processorTime().minus(before).toNanos() / 1e3 / HTTP_REQUESTS);
                }
            }
        }
        figure(what, Contender.median(rates), "1/s", "≥ 20 000");
        figure(what + ", processor time", Contender.median(micros), "µs each", "");
    }

    private static Question get() {
        String head = "GET /api/handles/" + Catalogue.handle(Catalogue.FIRST) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        return Question.http(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static Question binary() {
        byte[] message = Question.handle(OpFlag.PUBLIC_ONLY).octets();
        String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-hdl-message\r\n"
                + "Content-Length: " + message.length + "\r\n\r\n";
        byte[] start = head.getBytes(StandardCharsets.US_ASCII);
        var whole = Arrays.copyOf(start, start.length + message.length);
        System.arraycopy(message, 0, whole, start.length, message.length);
        return Question.http(whole);
    }

    private void figure(String what, double value, String unit, String target) {
        figures.add(new Figure(what, value, unit, target));
    }
}
