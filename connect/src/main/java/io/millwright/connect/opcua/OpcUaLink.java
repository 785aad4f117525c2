package io.millwright.connect.opcua;

import io.millwright.connect.Delivery;
import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.connect.LinkState;
import io.millwright.connect.PointDescription;
import io.millwright.connect.SessionLoop;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Signal;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/// A link to an OPC UA server.
///
/// When the connection breaks, the signals are bad at once; for [#GRACE] the session tries to go on where it stopped,
/// which keeps what the server queued meanwhile; after that a new one is opened by the usual schedule.
final class OpcUaLink implements Link, SessionLoop.Driver<OpcUaSession> {

    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration MISSING_ITEMS_AGAIN = Duration.ofSeconds(30);

    private final String name;
    private final OpcUaSettings settings;
    private final LinkContext context;
    private final SessionLoop<OpcUaSession> loop;
    private final LongAdder lostMessages = new LongAdder();
    private volatile List<Signal> signals = List.of();
    private volatile Delivery delivery;

    OpcUaLink(String name, OpcUaSettings settings, LinkContext context) {
        this.name = name;
        this.settings = settings;
        this.context = context;
        delivery = new Delivery(context, signals);
        loop = new SessionLoop<>(name, context, this);
    }

    @Override
    public void start(List<Signal> started) {
        signals = List.copyOf(started);
        delivery = new Delivery(context, signals);
        loop.start();
    }

    @Override
    public LinkState state() {
        return loop.state();
    }

    @Override
    public long skipped() {
        return lostMessages.sum();
    }

    @Override
    public OpcUaSession connect() throws LinkException, InterruptedException {
        return new Endpoints(settings, context.securityFolder()).open();
    }

    @Override
    public void serve(OpcUaSession session) throws LinkException, InterruptedException {
        var subscription = new ItemSubscription(session, settings, context.time(), delivery);
        loop.connected();
        subscription.create(signals);
        var publisher = new Publisher(session, subscription, settings, lostMessages);
        while (true) {
            try {
                publish(publisher, subscription);
            } catch (Interruption interruption) {
                loop.interrupted(interruption.why());
                if (!session.awaitAnswer(GRACE)) {
                    throw interruption.why();
                }
                subscription.refresh();
                publisher.resume();
                loop.connected();
            }
        }
    }

    private void publish(Publisher publisher, ItemSubscription subscription)
            throws Interruption, LinkException, InterruptedException {
        long again = context.time().monotonicNanos();
        while (true) {
            publisher.takeNext();
            if (context.time().monotonicNanos() - again > MISSING_ITEMS_AGAIN.toNanos()) {
                subscription.createItems();
                again = context.time().monotonicNanos();
            }
        }
    }

    @Override
    public void lost(LinkException why) {
        delivery.allBad(why.quality());
    }

    @Override
    public Reading read(String text) throws LinkException {
        NodePoint point = parse(text);
        return ask(session -> read(session, point));
    }

    @Override
    public Reading write(String text, Value value) throws LinkException {
        NodePoint point = parse(text);
        return ask(session -> {
            new NodeWriter(session.client()).write(session.node(point), point.element(), value);
            return read(session, point);
        });
    }

    @Override
    public void browse(String from, int depth, Duration patience, Consumer<PointDescription> each)
            throws LinkException {
        NodePoint top = from.isEmpty() ? new NodePoint(NodeIds.ObjectsFolder.expanded(), "") : parse(from);
        ask(session -> {
            new TreeBrowser(session.client(), depth, each).run(session.node(top));
            return top;
        });
    }

    @Override
    public void close() {
        loop.close();
    }

    /// What is done with a session for a single request.
    @FunctionalInterface
    private interface Request<T> {
        T on(OpcUaSession session) throws LinkException, UaException;
    }

    private <T> T ask(Request<T> request) throws LinkException {
        OpcUaSession session = loop.session();
        try {
            return request.on(session);
        } catch (UaException e) {
            loop.discard(session);
            throw session.failure(e);
        }
    }

    private Reading read(OpcUaSession session, NodePoint point) throws LinkException, UaException {
        NodeId node = session.node(point);
        String range = point.element().isEmpty() ? null : point.element();
        var id = new ReadValueId(node, AttributeId.Value.uid(), range, QualifiedName.NULL_VALUE);
        DataValue result = Attributes.read(session.client(), TimestampsToReturn.Both, List.of(id))
                .getFirst();
        Reading reading = Variants.reading(result, range != null, context.time().epochNanos());
        if (reading.quality().equals(Quality.BAD_NODE_ID_UNKNOWN)) {
            throw new LinkException(
                    reading.quality(),
                    Told.of("opcua-no-node", "{connection} knows no node {node} (BadNodeIdUnknown)")
                            .with("connection", name)
                            .with("node", node.toParseableString()));
        }
        return reading;
    }

    private static NodePoint parse(String text) throws LinkException {
        try {
            return NodePoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new LinkException(Quality.BAD_CONFIGURATION_ERROR, Told.problem(e.getMessage()));
        }
    }
}
