package io.millwright.node.tree;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.record.Site;
import io.millwright.identity.recursive.RecursionStatistics;
import io.millwright.identity.server.ServerStatistics;
import io.millwright.model.Time;
import io.millwright.node.command.Address;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The nodes that the console shows, measured once a second by a thread of its own until it is closed.
public final class NodeTree implements AutoCloseable {

    private static final String RUNNING = "running";
    private static final String STOPPED = "stopped";

    private static final Logger LOG = LoggerFactory.getLogger(NodeTree.class);

    private final List<KnownNode> nodes;
    private final Supplier<Optional<Site>> root;
    private final ClientSettings patience;
    private final Time time;
    private final Map<String, Course> courses = new HashMap<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Notes notes = new Notes("", List.of());

    /// What people should know of a tree.
    ///
    /// @param load who else asks the nodes, in words; empty if nobody is simulated
    /// @param examples codes that stand for something here
    public record Notes(String load, List<String> examples) {}

    /// @param root where searches begin; nothing if there is no root, or while it is stopped
    /// @param patience how long to wait for nodes
    public NodeTree(List<KnownNode> nodes, Supplier<Optional<Site>> root, ClientSettings patience, Time time) {
        this.nodes = List.copyOf(nodes);
        this.root = root;
        this.patience = patience;
        this.time = time;
        nodes.forEach(node -> courses.put(node.name(), new Course()));
        Thread.ofVirtual().name("identity-tree").start(this::measure);
    }

    public void note(Notes noted) {
        notes = noted;
    }

    List<KnownNode> nodes() {
        return nodes;
    }

    Optional<Site> root() {
        return root.get();
    }

    ClientSettings patience() {
        return patience;
    }

    Time time() {
        return time;
    }

    Optional<KnownNode> named(String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).findFirst();
    }

    /// The node behind a door.
    Optional<KnownNode> at(Endpoint endpoint) {
        return nodes.stream()
                .filter(n -> n.running()
                        .get()
                        .filter(r -> r.address().equals(endpoint.address()))
                        .isPresent())
                .findFirst();
    }

    private void measure() {
        try {
            do {
                nodes.forEach(node -> course(node).add(reading(node)));
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Course course(KnownNode node) {
        return Optional.ofNullable(courses.get(node.name())).orElseThrow();
    }

    private static Optional<RunningNode> running(KnownNode node) {
        return node.running().get();
    }

    /// Nothing of a node that is stopped, or cannot be asked: the others are measured all the same.
    private Optional<Course.Reading> reading(KnownNode node) {
        try {
            return running(node).map(running -> reading(node, running));
        } catch (IllegalStateException e) {
            return Optional.empty(); // it was stopped just now
        } catch (RuntimeException e) {
            LOG.warn("{} cannot be measured; the others are", node.name(), e);
            return Optional.empty();
        }
    }

    private Course.Reading reading(KnownNode node, RunningNode running) {
        return new Course.Reading(
                running,
                time.monotonicNanos(),
                running.counted().get().requests(),
                running.recursion().map(r -> r.statistics()),
                follow(node, running).map(TreeViews.ReplicationView::lagMillis).orElse(null));
    }

    /// How it is with the nodes now.
    public TreeViews.TreeView state() {
        var first = nodes.stream()
                .filter(n -> n.role().equals("root"))
                .map(KnownNode::name)
                .findFirst();
        var noted = notes;
        return new TreeViews.TreeView(
                first.orElse(null),
                noted.load().isEmpty() ? null : noted.load(),
                noted.examples(),
                nodes.stream().map(this::view).toList());
    }

    private TreeViews.NodeView view(KnownNode node) {
        try {
            return running(node).map(r -> view(node, r)).orElseGet(() -> stopped(node));
        } catch (IllegalStateException e) {
            return stopped(node);
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private TreeViews.NodeView view(KnownNode node, RunningNode running) {
        var counted = running.counted().get();
        return new TreeViews.NodeView(
                node.name(),
                node.role(),
                node.prefix(),
                running.ledger().prefixes(),
                orNull(node.above()),
                orNull(node.follows()),
                orNull(node.administrator()),
                RUNNING,
                text(running),
                running.ledger().size(),
                running.ledger().lastTransaction(),
                counted.requests(),
                counted.notFound(),
                counted.otherErrors(),
                running.connections().getAsInt(),
                course(node).rates(),
                running.recursion()
                        .map(r -> cache(r.statistics(), course(node).hitRate()))
                        .orElse(null),
                follow(node, running).orElse(null));
    }

    private static String text(RunningNode running) {
        return Address.text(running.address());
    }

    private TreeViews.NodeView stopped(KnownNode node) {
        var nothing = new ServerStatistics(0, 0, 0, 0, 0, 0, 0, 0);
        return new TreeViews.NodeView(
                node.name(),
                node.role(),
                node.prefix(),
                List.of(),
                orNull(node.above()),
                orNull(node.follows()),
                orNull(node.administrator()),
                STOPPED,
                null,
                0,
                0,
                nothing.requests(),
                nothing.notFound(),
                nothing.otherErrors(),
                0,
                course(node).rates(),
                null,
                null);
    }

    private static TreeViews.CacheView cache(RecursionStatistics s, @Nullable Double hitRate) {
        return new TreeViews.CacheView(
                s.kept(),
                s.keptNegative(),
                s.bytes(),
                hitRate,
                s.fresh(),
                s.negative(),
                s.stale(),
                s.fetched(),
                s.coalesced(),
                s.prefetched(),
                s.passedOn(),
                s.refused());
    }

    /// Nothing on a node that follows none.
    private Optional<TreeViews.ReplicationView> follow(KnownNode node, RunningNode mirror) {
        if (node.follows().isEmpty()) {
            return Optional.empty();
        }
        long position = mirror.ledger().mirrored(node.prefix());
        var primary = named(node.follows()).flatMap(NodeTree::running);
        var lags = course(node).lags();
        try {
            return primary.map(p -> new TreeViews.ReplicationView(
                            node.follows(), position, p.ledger().lastTransaction(), lagMillis(p, position), lags))
                    .or(() -> Optional.of(new TreeViews.ReplicationView(node.follows(), position, null, null, lags)));
        } catch (IllegalStateException e) {
            return Optional.of(new TreeViews.ReplicationView(node.follows(), position, null, null, lags));
        }
    }

    private double lagMillis(RunningNode primary, long position) {
        var lacking = primary.ledger().transactions(position, 1);
        double nowMillis = time.epochNanos() / 1e6;
        return lacking.isEmpty()
                ? 0
                : Math.max(0, nowMillis - lacking.getFirst().epochMillis());
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
