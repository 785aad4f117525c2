package io.millwright.connect.mqtt;

import io.millwright.connect.LinkContext;
import io.millwright.connect.LinkException;
import io.millwright.model.PointAddress;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Takes messages of a broker to the sink, and acknowledges each when the sink has made its samples durable. While one
/// batch is on its way to the disk the next is read; [Arrivals] limits how many.
final class MqttIntake implements SessionHandler {

    private static final int FILTERS_PER_SUBSCRIPTION = 500;
    private static final int AHEAD_NANOS_MAX = 1_000_000_000;

    private final MqttSettings settings;
    private final LinkContext context;
    private final List<SignalName> signals;
    private final Map<String, TopicReader> readers = new HashMap<>();
    private final Set<String> strays = new HashSet<>();
    private @Nullable BrokerSession session;
    private @Nullable BrokerConnection connection;
    private @Nullable Quality allBad;
    private long latestSourceNanos = Long.MIN_VALUE;

    MqttIntake(MqttSettings settings, LinkContext context, List<Signal> signals) {
        this.settings = settings;
        this.context = context;
        this.signals = signals.stream().map(Signal::name).toList();
        var json = new JsonPayload();
        for (Signal signal : signals) {
            MqttPoint point =
                    MqttPoint.parse(signal.from().map(PointAddress::point).orElseThrow());
            readers.computeIfAbsent(point.topic(), _ -> new TopicReader(json, settings.sourceTime()))
                    .add(signal.name(), point);
        }
    }

    /// Tells whom to ask for a new connection when the sink does not take more.
    synchronized void attach(BrokerSession owner) {
        session = owner;
    }

    @Override
    public BrokerSettings settings() {
        return settings.broker();
    }

    @Override
    public void connected(BrokerConnection opened) throws LinkException {
        connection = opened;
        var topics = List.copyOf(readers.keySet());
        for (int from = 0; from < topics.size(); from += FILTERS_PER_SUBSCRIPTION) {
            int to = Math.min(topics.size(), from + FILTERS_PER_SUBSCRIPTION);
            subscribe(opened, topics.subList(from, to));
        }
    }

    /// A session that the broker kept has its subscriptions, and its messages must not wait: the answer comes behind
    /// them. They are asked for once more, because the plant file may have changed.
    private void subscribe(BrokerConnection opened, List<String> topics) throws LinkException {
        if (opened.resumed()) {
            var _ = opened.subscribing(topics, settings.qos()).exceptionally(error -> {
                giveUp(BrokerFault.of(settings.broker(), error));
                return null;
            });
        } else {
            opened.subscribe(topics, settings.qos());
        }
    }

    @Override
    public void received(List<MqttMessage> messages) {
        long now = context.time().epochNanos();
        var samples = new ArrayList<Sample>(messages.size());
        var acknowledgements = new ArrayList<Runnable>(messages.size());
        for (MqttMessage message : messages) {
            TopicReader reader = readers.get(message.topic());
            if (reader == null) {
                leaveStray(message.topic());
            } else {
                reader.read(message, now, samples);
            }
            if (message.qos() > 0) {
                acknowledgements.add(message.acknowledgement());
            }
        }
        if (samples.isEmpty()) {
            acknowledgements.forEach(Runnable::run);
        } else {
            noteLatest(samples, now);
            allBad = null;
            var _ = append(samples).whenComplete((_, error) -> {
                if (error == null) {
                    acknowledgements.forEach(Runnable::run);
                } else {
                    stopped(error);
                }
            });
        }
    }

    /// A session remembers what an earlier plant file subscribed to.
    private void leaveStray(String topic) {
        BrokerConnection open = connection;
        if (open != null && strays.add(topic)) {
            open.unsubscribe(List.of(topic));
        }
    }

    private void noteLatest(List<Sample> samples, long now) {
        for (Sample sample : samples) {
            if (sample.sourceNanos() - now < AHEAD_NANOS_MAX) {
                latestSourceNanos = Math.max(latestSourceNanos, sample.sourceNanos());
            }
        }
    }

    private CompletableFuture<Void> append(List<Sample> samples) {
        try {
            return context.sink().append(samples);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// The broker sends again what is not acknowledged only to a new connection, so the present one is given up.
    private void stopped(Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        giveUp(new LinkException(
                Quality.BAD_NO_COMMUNICATION,
                Told.of(
                                "mqtt-not-stored",
                                "messages are not acknowledged, because their samples cannot be stored: {reason}")
                        .with("reason", SystemTold.said(cause.getMessage()))));
    }

    private synchronized void giveUp(LinkException why) {
        if (session != null) {
            session.drop(why);
        }
    }

    /// Every signal turns bad, once for each reason in a row. The samples never lie before the last good ones: a
    /// device clock that runs ahead by less than a second must not hide that the broker is gone.
    @Override
    public void disconnected(LinkException why) {
        connection = null;
        if (why.quality().equals(allBad)) {
            return;
        }
        long now = context.time().epochNanos();
        long since = Math.max(now, latestSourceNanos + 1);
        List<Sample> bad = signals.stream()
                .map(name -> new Sample(name, Value.missing(), why.quality(), since, now))
                .toList();
        Quality reason = why.quality();
        allBad = reason;
        append(bad).exceptionally(_ -> null);
    }

    @Override
    public void leaving(BrokerConnection open) {
        connection = null;
    }

    @Override
    public OptionalLong deadline() {
        return OptionalLong.empty();
    }

    @Override
    public void elapsed() {}
}
