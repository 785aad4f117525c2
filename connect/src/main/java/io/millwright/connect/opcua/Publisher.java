package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaStructuredType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.NotificationMessage;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.PublishResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.StatusChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.SubscriptionAcknowledgement;
import org.jspecify.annotations.Nullable;

/// Takes up the messages of one subscription, each once and in the server's order (OPC 10000-4, 5.14.1).
///
/// A few requests are always at the server, which answers one when it has something to say. Their answers are taken up
/// by one thread in the order of the requests, so that none is mistaken for lost because another thread saw the next
/// one first. What is missing all the same, e.g. after the connection was interrupted, is asked for once more if the
/// server says that it still has it; what came before is left out. While the sink has no room, nothing is asked for,
/// and the server queues.
final class Publisher {

    /// One that is answered while the other is on its way.
    private static final int MOST_ASKED = 2;

    private static final int MOST_AT_ONCE = 1000;

    private final OpcUaSession session;
    private final ItemSubscription subscription;
    private final UInteger timeoutMillis;
    private final LongAdder lost;
    private final Deque<CompletableFuture<PublishResponse>> asked = new ArrayDeque<>();
    private final List<SubscriptionAcknowledgement> taken = new ArrayList<>();
    private int mostAsked = MOST_ASKED;
    private int activations;
    private int next = 1;

    /// @param lost counts the messages that the server sent but no longer has
    Publisher(OpcUaSession session, ItemSubscription subscription, OpcUaSettings settings, LongAdder lost) {
        this.session = session;
        this.subscription = subscription;
        this.lost = lost;
        timeoutMillis = uint(subscription.silence().plus(settings.timeout()).toMillis());
    }

    /// Goes on after an interruption. What was asked for on a connection that was closed is not answered any more.
    void resume() {
        if (session.activations() != activations) {
            asked.clear();
        }
    }

    /// Waits for the next message and delivers it.
    ///
    /// @throws Interruption if there will be none until the connection is mended
    /// @throws LinkException if there will never be one
    void takeNext() throws Interruption, LinkException, InterruptedException {
        activations = session.activations();
        while (asked.size() < mostAsked) {
            asked.add(ask());
        }
        try {
            PublishResponse response = session.await(asked.getFirst());
            asked.removeFirst();
            take(response);
        } catch (ExecutionException e) {
            asked.removeFirst();
            failed(e.getCause());
        }
    }

    private CompletableFuture<PublishResponse> ask() {
        var acknowledged = taken.toArray(SubscriptionAcknowledgement[]::new);
        taken.clear();
        var client = session.client();
        return client.getSessionAsync()
                .thenCompose(s -> client.sendRequestAsync(new PublishRequest(
                        client.newRequestHeader(s.getAuthenticationToken(), timeoutMillis), acknowledged)))
                .thenApply(PublishResponse.class::cast);
    }

    private void failed(@Nullable Throwable thrown) throws Interruption, LinkException, InterruptedException {
        long code =
                UaException.extractStatusCode(thrown).map(StatusCode::value).orElse(StatusCodes.Bad_UnexpectedError);
        if (code == StatusCodes.Bad_TooManyPublishRequests && mostAsked > 1) {
            mostAsked--;
        } else if (code == StatusCodes.Bad_Timeout) {
            throw new LinkException(
                    Quality.BAD_TIMEOUT,
                    Told.of("opcua-nothing-published", "the server sends nothing for the subscription any more"));
        } else if (code == StatusCodes.Bad_NoSubscription || code == StatusCodes.Bad_SubscriptionIdInvalid) {
            throw new LinkException(
                    Quality.BAD_NO_COMMUNICATION,
                    Told.of("opcua-forgotten", "the server forgot the subscription: {status}")
                            .with("status", Failures.name(code)));
        } else {
            session.requireInterrupted(thrown);
        }
    }

    private void take(PublishResponse response) throws Interruption, LinkException, InterruptedException {
        NotificationMessage message = response.getNotificationMessage();
        if (message == null || !subscription.id().equals(response.getSubscriptionId())) {
            return;
        }
        int sequence = message.getSequenceNumber().intValue();
        if (sequence - next > 0) {
            fill(sequence, response.getAvailableSequenceNumbers());
        }
        deliver(message);
    }

    /// Asks once more for what is missing before a message. The list names what the server still has; it may be long
    /// or wrong.
    private void fill(int sequence, UInteger @Nullable [] available)
            throws Interruption, LinkException, InterruptedException {
        List<Integer> there = Stream.of(available == null ? new UInteger[0] : available)
                .filter(Objects::nonNull)
                .map(UInteger::intValue)
                .filter(s -> s - next >= 0 && s - sequence < 0)
                .distinct()
                .sorted(Comparator.comparingInt(s -> s - next))
                .limit(MOST_AT_ONCE)
                .toList();
        lost.add(Integer.toUnsignedLong(sequence - next) - there.size());
        for (int missing : there) {
            try {
                deliver(session.client()
                        .republish(subscription.id(), uint(Integer.toUnsignedLong(missing)))
                        .getNotificationMessage());
            } catch (UaException e) {
                if (e.getStatusCode().value() != StatusCodes.Bad_MessageNotAvailable) {
                    session.requireInterrupted(e);
                }
                lost.increment();
            }
        }
        next = sequence;
    }

    /// Delivers a message unless that was done before. One without content is a keep-alive: it is not acknowledged,
    /// and has the number of the message that will come next.
    private void deliver(NotificationMessage message) throws LinkException {
        ExtensionObject[] content = message.getNotificationData();
        int sequence = message.getSequenceNumber().intValue();
        if (content == null || content.length == 0) {
            return;
        }
        if (taken.size() < MOST_AT_ONCE) {
            taken.add(new SubscriptionAcknowledgement(subscription.id(), message.getSequenceNumber()));
        }
        if (sequence - next >= 0) {
            // From the greatest number it goes on with 1.
            next = sequence == -1 ? 1 : sequence + 1;
            for (ExtensionObject part : content) {
                deliver(part);
            }
        }
    }

    private void deliver(ExtensionObject part) throws LinkException {
        switch (decoded(part, session.client().getStaticEncodingContext())) {
            case DataChangeNotification changes
            when changes.getMonitoredItems() != null -> subscription.deliver(List.of(changes.getMonitoredItems()));
            case StatusChangeNotification change ->
                throw new LinkException(
                        Quality.BAD_NO_COMMUNICATION,
                        Told.of("opcua-ended", "the server ended the subscription: {status}")
                                .with("status", Failures.name(change.getStatus().value())));
            default -> {
                // Nothing that was asked for.
            }
        }
    }

    /// Reads a part of a message, for which the server may have written anything.
    static UaStructuredType decoded(ExtensionObject part, EncodingContext context) throws LinkException {
        try {
            return part.decode(context);
        } catch (RuntimeException | VirtualMachineError e) {
            // The library believes the dimensions that a matrix claims to have, below zero and beyond all memory.
            throw new LinkException(
                    Quality.BAD_DECODING_ERROR,
                    Told.of("opcua-unreadable", "the server sends a message that cannot be read"));
        }
    }
}
