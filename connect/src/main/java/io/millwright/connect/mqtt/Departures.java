package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/// What we ask of the broker, from its sending to its answer. Used by the connection's event loop only.
final class Departures {

    private static final int IDS = 65_535;
    private static final int WAITING_MAX = 100_000;
    /// No matching subscribers (MQTT 5, table 3.4).
    private static final int NOBODY = 0x10;

    private static final Told NOT_TAKEN =
            Told.of("broker-not-taken", "the broker {broker} does not take the message for {topic}: {reason}");
    private static final Told NOT_SUBSCRIBED =
            Told.of("broker-subscription", "the broker {broker} refuses the subscription to {topic}: {reason}");

    /// A question on its way.
    private sealed interface Question {
        CompletableFuture<?> answer();

        record Publishing(MqttPublication publication, CompletableFuture<Boolean> answer) implements Question {}

        record Subscribing(List<String> filters, CompletableFuture<Void> answer) implements Question {}
    }

    private final BrokerSettings settings;
    private final Channel channel;
    private final Map<Integer, Question> questions = new HashMap<>();
    private final ArrayDeque<Question.Publishing> waiting = new ArrayDeque<>();
    private int publishing;
    private int brokersMaximum = IDS;
    private int last;

    Departures(BrokerSettings settings, Channel channel) {
        this.settings = settings;
        this.channel = channel;
    }

    /// How many messages of QoS 1 and 2 the broker takes ahead of its acknowledgements.
    void allow(int receiveMaximum) {
        brokersMaximum = receiveMaximum;
    }

    void publish(MqttPublication publication, CompletableFuture<Boolean> answer) {
        var question = new Question.Publishing(publication, answer);
        if (publication.qos() == 0) {
            var _ = channel.writeAndFlush(Packets.publish(publication, 0)).addListener(done -> {
                if (done.isSuccess()) {
                    answer.complete(true);
                } else {
                    answer.completeExceptionally(BrokerFault.of(settings, done.cause()));
                }
            });
        } else if (publishing < brokersMaximum) {
            send(question);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(question);
        } else {
            answer.completeExceptionally(new LinkException(
                    Quality.BAD_COMMUNICATION_ERROR,
                    Told.of("broker-slow", "the broker {broker} does not take what is published as fast as it comes")
                            .with("broker", settings.address())));
        }
    }

    private void send(Question.Publishing question) {
        publishing++;
        ask(question, id -> Packets.publish(question.publication(), id));
    }

    void subscribe(List<String> filters, int qos, CompletableFuture<Void> answer) {
        ask(new Question.Subscribing(filters, answer), id -> Packets.subscribe(filters, qos, id));
    }

    void unsubscribe(List<String> filters) {
        ask(new Question.Subscribing(filters, new CompletableFuture<>()), id -> Packets.unsubscribe(filters, id));
    }

    private void ask(Question question, IntFunction<Object> packet) {
        if (questions.size() >= IDS) {
            question.answer()
                    .completeExceptionally(
                            new LinkException(Told.of("broker-answers-nothing", "the broker {broker} answers nothing")
                                    .with("broker", settings.address())));
            return;
        }
        do {
            last = last % IDS + 1;
        } while (questions.containsKey(last));
        questions.put(last, question);
        var _ = channel.writeAndFlush(packet.apply(last), channel.voidPromise());
    }

    /// PUBACK, or PUBREC that refuses, or PUBCOMP.
    ///
    /// @param reason the reason code of MQTT 5; 0 under 3.1.1
    void published(int id, int reason) {
        if (questions.remove(id) instanceof Question.Publishing done) {
            publishing--;
            if (reason < BrokerFault.FIRST_ERROR) {
                done.answer().complete(reason != NOBODY);
            } else {
                done.answer()
                        .completeExceptionally(new LinkException(
                                Quality.BAD_COMMUNICATION_ERROR,
                                about(NOT_TAKEN, done.publication().topic(), reason)));
            }
            Question.Publishing next = waiting.poll();
            if (next != null) {
                send(next);
            }
        }
    }

    /// PUBREC: the broker has a message of QoS 2.
    void received(int id, int reason) {
        if (reason >= BrokerFault.FIRST_ERROR) {
            published(id, reason);
        } else {
            var _ = channel.writeAndFlush(Packets.reply(MqttMessageType.PUBREL, id), channel.voidPromise());
        }
    }

    /// SUBACK or UNSUBACK.
    ///
    /// @param reasons one for each filter; none in an UNSUBACK of 3.1.1
    void subscribed(int id, List<Integer> reasons) {
        if (questions.remove(id) instanceof Question.Subscribing done) {
            for (int i = 0; i < Math.min(reasons.size(), done.filters().size()); i++) {
                if (reasons.get(i) >= BrokerFault.FIRST_ERROR) {
                    done.answer()
                            .completeExceptionally(LinkException.refused(
                                    Quality.BAD_USER_ACCESS_DENIED,
                                    about(NOT_SUBSCRIBED, done.filters().get(i), reasons.get(i))));
                    return;
                }
            }
            done.answer().complete(null);
        }
    }

    private Told about(Told told, String topic, int reason) {
        return told.with("broker", settings.address()).with("topic", topic).with("reason", BrokerFault.reason(reason));
    }

    /// The connection is gone: nothing is answered any more.
    void end(LinkException why) {
        var unanswered = List.copyOf(questions.values());
        questions.clear();
        unanswered.forEach(question -> question.answer().completeExceptionally(why));
        waiting.forEach(question -> question.answer().completeExceptionally(why));
        waiting.clear();
    }
}
