package io.millwright.bench.identity;

import io.millwright.bench.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/// NSD and Unbound, each answering with one thread.
final class Peers {

    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long PAUSE_NANOS = 50_000_000;
    private static final int LOG_BYTES_SHOWN = 2000;

    private Peers() {}

    /// A running peer.
    record Running(Server server, InetSocketAddress address) implements AutoCloseable {
        Usage usage() {
            return new Usage(server.process());
        }

        @Override
        public void close() {
            server.close();
        }
    }

    /// NSD with the zone in memory, one worker, no limit of answers.
    static Running nsd(Path folder, Path zone) throws IOException {
        int port = Peer.freePort();
        var file = folder.resolve("nsd.conf");
        Files.writeString(file, """
                server:
                  server-count: 1
                  ip-address: 127.0.0.1@%d
                  username: ""
                  chroot: ""
                  database: ""
                  zonesdir: "%2$s"
                  xfrdir: "%2$s"
                  pidfile: "%2$s/nsd.pid"
                  xfrdfile: "%2$s/xfrd.state"
                  zonelistfile: "%2$s/zone.list"
                  rrl-ratelimit: 0
                remote-control:
                  control-enable: no
                zone:
                  name: %3$s
                  zonefile: "%4$s"
                """.formatted(port, folder, Catalogue.ZONE, zone));
        var log = folder.resolve("nsd.log");
        var server = Server.start(List.of(Peer.program("nsd"), "-d", "-c", file.toString()), log);
        return answering("NSD", new Running(server, Server.loopback(port)), log);
    }

    /// Unbound with one thread, which asks another server for the zone and keeps what it is told.
    static Running unbound(Path folder, InetSocketAddress authority) throws IOException {
        int port = Peer.freePort();
        var file = folder.resolve("unbound.conf");
        Files.writeString(file, """
                server:
                  interface: 127.0.0.1
                  port: %d
                  num-threads: 1
                  do-daemonize: no
                  username: ""
                  chroot: ""
                  directory: "%2$s"
                  pidfile: "%2$s/unbound.pid"
                  use-syslog: no
                  logfile: ""
                  do-not-query-localhost: no
                  module-config: "iterator"
                  msg-cache-size: 64m
                  rrset-cache-size: 128m
                remote-control:
                  control-enable: no
                stub-zone:
                  name: %3$s
                  stub-addr: 127.0.0.1@%4$d
                """.formatted(port, folder, Catalogue.ZONE, authority.getPort()));
        var log = folder.resolve("unbound.log");
        var server = Server.start(List.of(Peer.program("unbound"), "-d", "-c", file.toString()), log);
        return answering("Unbound", new Running(server, Server.loopback(port)), log);
    }

    /// They take datagrams before they have read their zones, and answer later.
    private static Running answering(String who, Running running, Path log) throws IOException {
        var question = Question.naptr(true);
        for (long began = System.nanoTime(); System.nanoTime() - began < PATIENCE_NANOS; ) {
            try (var load = new UdpLoad(running.address(), question, 1, 1)) {
                load.oneAtATime(1);
                return running;
            } catch (IOException e) {
                LockSupport.parkNanos(PAUSE_NANOS); // Not yet there; or there, and not yet knowing the zone.
            }
        }
        running.close();
        throw new IOException(who + " does not answer within two minutes; it says: " + beginning(log));
    }

    private static String beginning(Path log) throws IOException {
        try (var in = Files.newInputStream(log)) {
            return new String(in.readNBytes(LOG_BYTES_SHOWN), StandardCharsets.UTF_8);
        }
    }

    /// What dnsperf counts (independently of the load here): queries per second, as many outstanding.
    static double dnsperf(Path folder, InetSocketAddress server, int window, int seconds, Catalogue catalogue)
            throws IOException, InterruptedException {
        var queries = folder.resolve("queries");
        var random = new SplittableRandom(3);
        var lines = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            lines.append(Catalogue.domain(Catalogue.FIRST + random.nextInt(catalogue.count())))
                    .append(" NAPTR\n");
        }
        Files.writeString(queries, lines);
        var command = List.of(
                Peer.program("dnsperf"),
                "-s127.0.0.1",
                "-p" + server.getPort(),
                "-d" + queries,
                "-l" + seconds,
                "-q" + window);
        return told(command, "Queries per second:");
    }

    /// What wrk counts (independently of the load here): answers per second to one request.
    static double wrk(String url, int connections, int seconds) throws IOException, InterruptedException {
        var command = List.of(Peer.program("wrk"), "-t1", "-c" + connections, "-d" + seconds, url);
        return told(command, "Requests/sec:");
    }

    /// The number that a program prints behind a label.
    private static double told(List<String> command, String label) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            double rate = out.lines()
                    .filter(line -> line.strip().startsWith(label))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9.]", "")))
                    .findFirst()
                    .orElse(Double.NaN);
            process.waitFor();
            return rate;
        }
    }
}
