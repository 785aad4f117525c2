package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Reading;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Time;
import io.millwright.model.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A short visit to a broker: a connection of its own for one question.
final class BrokerVisit {

    private static final int WAITING_MAX = 10_000;
    private static final SignalName ASKED = SignalName.of("asked", "point");

    private final MqttSettings settings;
    private final Time time;
    private final LinkedBlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>(WAITING_MAX);

    BrokerVisit(MqttSettings settings, Time time) {
        this.settings = settings;
        this.time = time;
    }

    private BrokerConnection connect() throws LinkException {
        // What does not fit is left out: a visit looks around, it does not keep.
        return BrokerConnection.open(settings.broker().visitor(), message -> messages.offer(message), _ -> {});
    }

    /// Waits for the retained message or the next one.
    Reading read(MqttPoint point, Duration patience) throws LinkException {
        var reader = new TopicReader(new JsonPayload(), settings.sourceTime());
        reader.add(ASKED, point);
        long until = time.monotonicNanos() + patience.toNanos();
        try (BrokerConnection connection = connect()) {
            connection.subscribe(List.of(point.topic()), 0);
            var samples = new ArrayList<Sample>(1);
            while (samples.isEmpty()) {
                MqttMessage message = next(until);
                if (message == null) {
                    throw new LinkException(
                            Quality.BAD_TIMEOUT,
                            Told.of(
                                            "mqtt-nothing-published",
                                            "nothing was published for {point} within {seconds} s, and the broker "
                                                    + "keeps nothing for it")
                                    .with("point", point)
                                    .with("seconds", patience.toSeconds()));
                }
                reader.read(message, time.epochNanos(), samples);
            }
            Sample sample = samples.getFirst();
            return new Reading(sample.value(), sample.quality(), sample.sourceNanos());
        }
    }

    /// @return whether somebody heard it, as far as the broker says
    boolean publish(MqttPublication publication) throws LinkException {
        try (BrokerConnection connection = connect()) {
            return BrokerConnection.await(connection.publish(publication), settings.broker());
        }
    }

    /// Listens for as long as the patience lasts.
    void browse(TopicTree tree, Duration patience) throws LinkException {
        long until = time.monotonicNanos() + patience.toNanos();
        try (BrokerConnection connection = connect()) {
            connection.subscribe(List.of(tree.filter()), 0);
            MqttMessage message = next(until);
            while (message != null && !tree.isFull()) {
                tree.add(message);
                message = next(until);
            }
        }
    }

    private @Nullable MqttMessage next(long untilNanos) {
        try {
            return messages.poll(untilNanos - time.monotonicNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
