package io.millwright.connect.mqtt;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/// Turns the messages of one topic into samples. Parses each payload once, however many signals it holds.
///
/// A sample's source time is the payload's where it has one, else the time of receipt. A time that cannot be read makes
/// the sample uncertain. So does a retained message without a time: the broker does not say how old it is.
final class TopicReader {

    private final JsonPayload json;
    private final Optional<SourceTime> sourceTime;
    private final List<SignalName> plain = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();

    private record Member(SignalName signal, JsonPointer pointer) {}

    TopicReader(JsonPayload json, Optional<SourceTime> sourceTime) {
        this.json = json;
        this.sourceTime = sourceTime;
    }

    void add(SignalName signal, MqttPoint point) {
        point.pointer().ifPresentOrElse(p -> members.add(new Member(signal, p)), () -> plain.add(signal));
    }

    /// Adds the samples of a message to the batch.
    void read(MqttMessage message, long receivedNanos, List<Sample> batch) {
        if (!plain.isEmpty()) {
            readPlain(message, receivedNanos, batch);
        }
        if (!members.isEmpty()) {
            readMembers(message, receivedNanos, batch);
        }
    }

    private void readPlain(MqttMessage message, long receivedNanos, List<Sample> batch) {
        Optional<Value> value = PlainPayload.read(message.payload());
        Quality quality = value.isEmpty() ? Quality.BAD_DECODING_ERROR : age(message);
        for (SignalName signal : plain) {
            batch.add(new Sample(signal, value.orElse(Value.missing()), quality, receivedNanos, receivedNanos));
        }
    }

    private static Quality age(MqttMessage message) {
        return message.retained() ? Quality.UNCERTAIN_LAST_USABLE_VALUE : Quality.GOOD;
    }

    private void readMembers(MqttMessage message, long receivedNanos, List<Sample> batch) {
        Optional<JsonNode> document = json.parse(message.payload());
        if (document.isEmpty()) {
            for (Member member : members) {
                batch.add(new Sample(
                        member.signal(), Value.missing(), Quality.BAD_DECODING_ERROR, receivedNanos, receivedNanos));
            }
            return;
        }
        SourceTime.Found time = sourceTime.map(t -> t.find(document.get())).orElseGet(SourceTime.Found.Absent::new);
        long sourceNanos = time instanceof SourceTime.Found.At(long at) ? at : receivedNanos;
        Quality byTime = switch (time) {
            case SourceTime.Found.At _ -> Quality.GOOD;
            case SourceTime.Found.Absent _ -> age(message);
            case SourceTime.Found.Unreadable _ -> Quality.UNCERTAIN;
        };
        for (Member member : members) {
            JsonPayload.member(document.get(), member.pointer()).ifPresent(found -> {
                Quality quality = found.quality().isGood() ? byTime : found.quality();
                batch.add(new Sample(member.signal(), found.value(), quality, sourceNanos, receivedNanos));
            });
        }
    }
}
