package io.millwright.connect.mqtt;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// What the broker delivers, from its arrival to its acknowledgement. Acknowledgements are sent in the order of arrival
/// (MQTT 5, clause 4.6), many in one go. Used by the connection's event loop; [MqttMessage#acknowledgement] by anybody.
///
/// While more waits than is allowed, nothing is read. A broker that keeps to the receive maximum never gets there, but
/// under MQTT 3.1.1 there is none, and Mosquitto 2.0.11 exceeds it when it has a backlog: for each acknowledgement it
/// sends as many messages as the maximum allows in all.
final class Arrivals {

    /// How many bytes of messages of QoS 1 and 2 may wait for their acknowledgement.
    static final long WAITING_BYTES_MAX = 32L << 20;

    private static final class Arrival {
        final int id;
        final int qos;
        final int bytes;
        volatile boolean acknowledged;

        Arrival(int id, int qos, int bytes) {
            this.id = id;
            this.qos = qos;
            this.bytes = bytes;
        }
    }

    private final Channel channel;
    private final int limit;
    private final Consumer<MqttMessage> messages;
    private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    /// Identifiers of QoS 2 between their arrival and the broker's release.
    private final Set<Integer> unreleased = new HashSet<>();
    private long waitingBytes;

    /// @param limit how many messages may wait for their acknowledgement
    /// @param messages takes the messages, in order; must not block
    Arrivals(Channel channel, int limit, Consumer<MqttMessage> messages) {
        this.channel = channel;
        this.limit = limit;
        this.messages = messages;
    }

    void arrived(MqttPublishMessage message) {
        byte[] payload = ByteBufUtil.getBytes(message.payload());
        String topic = message.variableHeader().topicName();
        int qos = message.fixedHeader().qosLevel().value();
        boolean retained = message.fixedHeader().isRetain();
        if (qos == 0) {
            messages.accept(new MqttMessage(topic, payload, qos, retained, () -> {}));
            return;
        }
        int id = message.variableHeader().packetId();
        if (qos == 2 && !unreleased.add(id)) {
            // It comes again because our PUBREC was lost, or is still to be sent.
            if (waiting.stream().noneMatch(arrival -> arrival.id == id)) {
                var _ = channel.writeAndFlush(Packets.reply(MqttMessageType.PUBREC, id), channel.voidPromise());
            }
            return;
        }
        var arrival = new Arrival(id, qos, payload.length);
        waiting.add(arrival);
        waitingBytes += arrival.bytes;
        if (waiting.size() >= limit || waitingBytes >= WAITING_BYTES_MAX) {
            channel.config().setAutoRead(false);
        }
        messages.accept(new MqttMessage(topic, payload, qos, retained, () -> acknowledge(arrival)));
    }

    private void acknowledge(Arrival arrival) {
        arrival.acknowledged = true;
        if (sending.compareAndSet(false, true)) {
            channel.eventLoop().execute(this::sendAcknowledgements);
        }
    }

    private void sendAcknowledgements() {
        sending.set(false);
        boolean some = false;
        for (Arrival first = waiting.peek(); first != null && first.acknowledged; first = waiting.peek()) {
            waiting.remove();
            waitingBytes -= first.bytes;
            MqttMessageType type = first.qos == 1 ? MqttMessageType.PUBACK : MqttMessageType.PUBREC;
            var _ = channel.write(Packets.reply(type, first.id), channel.voidPromise());
            some = true;
        }
        if (some) {
            channel.flush();
            if (waiting.size() < limit && waitingBytes < WAITING_BYTES_MAX) {
                channel.config().setAutoRead(true);
            }
        }
    }

    /// The broker lets go of a message of QoS 2.
    void released(int id) {
        unreleased.remove(id);
        var _ = channel.writeAndFlush(Packets.reply(MqttMessageType.PUBCOMP, id), channel.voidPromise());
    }
}
