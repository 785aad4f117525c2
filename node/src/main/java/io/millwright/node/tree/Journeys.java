package io.millwright.node.tree;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Printable;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.recursive.RecursiveNode;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Resolves codes across a tree and tells every question on the way.
///
/// Searches begin at the tree's root and go where the protocol leads, or ask one node of the tree; no caller names an
/// address. Few at once, so that nobody can make this node flood others.
public final class Journeys {

    private static final int AT_ONCE = 8;
    private static final int HANDLES_TRIED = 8;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private final NodeTree tree;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public Journeys(NodeTree tree) {
        this.tree = tree;
    }

    /// What a text is.
    public TreeViews.CodeView read(String text) {
        return pasted(text).view();
    }

    private PastedCode pasted(String text) {
        int year = Instant.ofEpochMilli(tree.time().epochNanos() / 1_000_000)
                .atZone(ZoneOffset.UTC)
                .getYear();
        var prefixes = tree.nodes().stream()
                .filter(n -> n.role().equals("enterprise"))
                .map(KnownNode::prefix)
                .distinct()
                .toList();
        return new PastedCode(text, prefixes, year);
    }

    /// Resolves a text. Where it can stand under several handles, one after the other is tried until one is found.
    ///
    /// @throws RefusedException if it is nothing that can be resolved, or too much is asked at once
    public TreeViews.JourneyView resolve(TreeViews.AskedView asked) {
        var code = pasted(asked.text()).view();
        var chosen = asked.handle();
        var handles = chosen == null
                ? code.handles()
                : code.handles().stream().filter(chosen::equals).toList();
        if (handles.isEmpty()) {
            throw RefusedException.wrong(why(code));
        }
        if (!places.tryAcquire()) {
            throw new RefusedException(
                    RefusedException.Kind.BUSY, AT_ONCE + " codes are being resolved already; try again in a moment");
        }
        try {
            var journey = new Journey(Optional.ofNullable(asked.via()));
            var resolution = journey.begin(handles.subList(0, Math.min(HANDLES_TRIED, handles.size())));
            return journey.view(code, resolution);
        } finally {
            places.release();
        }
    }

    private static String why(TreeViews.CodeView code) {
        return code.faults().isEmpty()
                ? "no enterprise of this tree can have registered this code"
                : code.faults().getFirst().message();
    }

    /// One way through the tree.
    private final class Journey {

        private final Optional<String> via;
        private final long began = tree.time().monotonicNanos();
        private final List<TreeViews.HopView> hops = Collections.synchronizedList(new ArrayList<>());
        private Handle asked = Handle.BLANK;

        Journey(Optional<String> via) {
            this.via = via;
        }

        Resolution begin(List<String> handles) {
            Resolution resolution = new Resolution.NotFound(Handle.BLANK);
            for (var handle : handles) {
                asked = Handle.of(handle);
                resolution = via.isPresent() ? ask(via.get()) : search();
                if (resolution instanceof Resolution.Found) {
                    return resolution;
                }
            }
            return resolution;
        }

        private Resolution search() {
            var root = tree.root();
            if (root.isEmpty()) {
                throw new RefusedException(
                        RefusedException.Kind.UNANSWERED,
                        "there is no root here, or it is stopped: name a node to ask");
            }
            return new Resolver(List.of(root.get()), tree.patience(), tree.time())
                    .observed(hop -> add(hop, null, Optional.empty()))
                    .resolve(asked);
        }

        private Resolution ask(String name) {
            var node = tree.named(name)
                    .orElseThrow(() -> new RefusedException(
                            RefusedException.Kind.MISSING, "there is no node \"" + name + "\" in this tree"));
            var running = node.running()
                    .get()
                    .orElseThrow(() ->
                            new RefusedException(RefusedException.Kind.UNANSWERED, "node " + name + " is stopped"));
            var query = Body.ResolutionRequest.all(asked);
            int number = hops.size() + 1;
            var within = Collections.synchronizedList(new ArrayList<Resolver.Hop>());
            var ends = Collections.synchronizedList(new ArrayList<Long>());
            var memory = running.recursion().flatMap(r -> r.remembered(query));
            var watch = running.recursion()
                    .map(r -> r.observe((of, hop) -> {
                        if (of.equals(query)) {
                            ends.add(tree.time().monotonicNanos());
                            within.add(hop);
                        }
                    }));
            var endpoint = Endpoint.udp(numeric(running.address()));
            try (var client = HandleClient.to(endpoint, tree.patience(), tree.time())) {
                long asking = tree.time().monotonicNanos();
                var resolution = client.resolve(query);
                long nanos = tree.time().monotonicNanos() - asking;
                add(new Resolver.Hop(endpoint, query, resolution, nanos), null, memory);
                var told = List.copyOf(within);
                for (int i = 0; i < told.size(); i++) {
                    add(told.get(i), number, Optional.empty(), ends.get(i));
                }
                return resolution;
            } finally {
                watch.ifPresent(Runnable::run);
            }
        }

        private void add(Resolver.Hop hop, @Nullable Integer inside, Optional<RecursiveNode.Remembered> memory) {
            add(hop, inside, memory, tree.time().monotonicNanos());
        }

        private void add(
                Resolver.Hop hop, @Nullable Integer inside, Optional<RecursiveNode.Remembered> memory, long ended) {
            var node = tree.at(hop.endpoint());
            var stale = staleSeconds(hop.answer());
            var state = stale.isPresent()
                    ? Optional.of("stale")
                    : memory.filter(m -> tellsKept(m, hop.answer()))
                            .map(m -> m.state().name().toLowerCase(Locale.ROOT));
            var age = stale.or(() -> memory.filter(m -> m.state() == RecursiveNode.Remembered.State.FRESH)
                    .map(m -> m.age().toNanos() / NANOS_PER_SECOND));
            hops.add(new TreeViews.HopView(
                    hops.size() + 1,
                    inside,
                    node.map(KnownNode::name).orElse(null),
                    node.map(KnownNode::role).orElse(null),
                    hop.endpoint().toString(),
                    Printable.of(hop.asked().handle().toString()),
                    outcome(hop.answer()),
                    code(hop.answer()),
                    ProtocolWords.of(hop.answer()),
                    Math.max(0, millis(ended - hop.nanos() - began)),
                    Math.round(hop.nanos() / 1e3) / 1e3,
                    state.orElse(null),
                    state.isPresent() ? age.orElse(null) : null));
        }

        TreeViews.JourneyView view(TreeViews.CodeView code, Resolution resolution) {
            double total = millis(tree.time().monotonicNanos() - began);
            var values = resolution instanceof Resolution.Found(var found, var _)
                    ? Values.views(found)
                    : List.<TreeViews.ValueView>of();
            return new TreeViews.JourneyView(
                    code,
                    via.orElse(null),
                    Printable.of(asked.toString()),
                    outcome(resolution),
                    ProtocolWords.of(resolution),
                    total,
                    List.copyOf(hops),
                    values);
        }
    }

    /// The same address without a name, as addresses stand in records.
    private static InetSocketAddress numeric(InetSocketAddress address) {
        return new InetSocketAddress(address.getAddress().getHostAddress(), address.getPort());
    }

    /// Whether the answer can be what was kept before it was asked for.
    private static boolean tellsKept(RecursiveNode.Remembered kept, Resolution answer) {
        return switch (kept.state()) {
            case FRESH -> answer instanceof Resolution.Found;
            case REFUSAL -> !(answer instanceof Resolution.Found);
            case STALE -> false; // then the answer itself tells its age
        };
    }

    private static Optional<Double> staleSeconds(Resolution answer) {
        if (!(answer instanceof Resolution.Found(var found, var _))) {
            return Optional.empty();
        }
        return found.textOf(ValueTypes.STALE)
                .filter(age -> age.matches("[0-9]{1,9}(\\.[0-9]{1,9})?"))
                .map(Double::valueOf);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1e3) / 1e3;
    }

    private static String outcome(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found _ -> "found";
            case Resolution.NotFound _ -> "not-found";
            case Resolution.NotResponsible _ -> "not-responsible";
            case Resolution.Referred _ -> "referred";
            case Resolution.Refused _ -> "refused";
            case Resolution.Unreachable _ -> "unreachable";
            case Resolution.Garbled _ -> "garbled";
        };
    }

    private static @Nullable Integer code(Resolution resolution) {
        return switch (resolution) {
            case Resolution.Found _ -> ResponseCode.SUCCESS;
            case Resolution.NotFound _ -> ResponseCode.HANDLE_NOT_FOUND;
            case Resolution.NotResponsible _ -> ResponseCode.SERVER_NOT_RESPONSIBLE;
            case Resolution.Refused(int code, var _) -> code;
            case Resolution.Referred _, Resolution.Unreachable _, Resolution.Garbled _ -> null;
        };
    }
}
