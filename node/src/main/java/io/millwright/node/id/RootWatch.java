package io.millwright.node.id;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.Exchange;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.recursive.RecursiveNode;
import io.millwright.model.Time;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks a recursive node's root for its site until it answers, and then now and then: again after one second, then
/// two, four, at most a minute. Meanwhile the node works with what it knows of the root.
final class RootWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RootWatch.class);
    private static final long RETRY_MILLIS = 1000;
    private static final long RETRY_MILLIS_MAX = 60_000;

    private final Endpoint root;
    private final RecursiveNode node;
    private final Time time;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile State state = State.NOT_ASKED;

    /// What is known of the root.
    enum State {
        NOT_ASKED("not asked yet"),
        ANSWERING("answering"),
        AWAY("away");

        private final String words;

        State(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// @param known what is known of the root; it has a server
    RootWatch(Site known, RecursiveNode node, Time time) {
        this.node = node;
        this.time = time;
        root = Endpoint.tcp(address(known.servers().getFirst()));
        thread = Thread.ofVirtual().name("identity-root").start(this::watch);
    }

    private static InetSocketAddress address(SiteServer server) {
        int port = server.doors().stream()
                .filter(door -> door.protocol() == SiteServer.TCP)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the root has no door for TCP"))
                .port();
        return new InetSocketAddress(server.inetAddress(), port);
    }

    State state() {
        return state;
    }

    private void watch() {
        long millis = RETRY_MILLIS;
        try {
            do {
                boolean answers = ask();
                millis = answers ? RETRY_MILLIS_MAX : Math.min(2 * millis, RETRY_MILLIS_MAX);
                if (answers != (state == State.ANSWERING)) {
                    LOG.info("The root {} {}", root, answers ? "answers" : "does not answer; it is asked again");
                }
                state = answers ? State.ANSWERING : State.AWAY;
            } while (!closed.await(state == State.AWAY ? millis / 2 : millis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask() {
        try (var client = HandleClient.to(root, ClientSettings.usual(), time)) {
            if (client.siteInformation() instanceof Exchange.Answered(var message, var _, int _)
                    && message.body() instanceof Body.SiteResponse(var site)
                    && !site.servers().isEmpty()) {
                node.rootIs(List.of(site));
                return true;
            }
            return false;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
