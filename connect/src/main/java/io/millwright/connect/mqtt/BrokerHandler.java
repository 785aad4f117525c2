package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnAckVariableHeader;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttUnsubAckMessage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The client's side of one MQTT connection. Its state belongs to the channel's event loop; what others call hands the
/// work over to it.
final class BrokerHandler extends SimpleChannelInboundHandler<io.netty.handler.codec.mqtt.MqttMessage> {

    private static final int ADMISSION_SECONDS = 5;

    private final BrokerSettings settings;
    private final MqttConnectMessage connect;
    private final Consumer<MqttMessage> messages;
    private final LossNotice notice;
    private final CompletableFuture<Boolean> admission = new CompletableFuture<>();
    private volatile @Nullable Wire wire;
    private volatile boolean left;
    private long readNanos;

    /// What there is once the socket is open.
    private record Wire(Channel channel, Arrivals arrivals, Departures departures) {}

    BrokerHandler(
            BrokerSettings settings, MqttConnectMessage connect, Consumer<MqttMessage> messages, LossNotice notice) {
        this.settings = settings;
        this.connect = connect;
        this.messages = messages;
        this.notice = notice;
    }

    /// Completes when the broker admits us, with whether it had kept our session; fails if it does not.
    CompletableFuture<Boolean> admission() {
        return admission;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        if (left) {
            var _ = channel.close();
            return;
        }
        wire = new Wire(
                channel, new Arrivals(channel, settings.receiveMaximum(), messages), new Departures(settings, channel));
        var _ = ctx.writeAndFlush(connect, ctx.voidPromise());
        var _ = ctx.executor().schedule(this::checkAdmission, ADMISSION_SECONDS, TimeUnit.SECONDS);
    }

    private void checkAdmission() {
        if (!admission.isDone()) {
            end(BrokerFault.silent(settings, ADMISSION_SECONDS));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, io.netty.handler.codec.mqtt.MqttMessage message) {
        readNanos = System.nanoTime();
        Wire open = wire;
        if (message.decoderResult().isFailure()) {
            end(message.decoderResult().cause());
        } else if (message instanceof MqttConnAckMessage answer && !admission.isDone()) {
            admitted(answer.variableHeader());
        } else if (open != null && admission.isDone()) {
            read(open, message);
        } else {
            end(BrokerFault.noBroker(
                    settings,
                    Told.of("mqtt-first-packet", "its first packet is {packet}")
                            .with("packet", message.fixedHeader().messageType())));
        }
    }

    private void read(Wire open, io.netty.handler.codec.mqtt.MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> open.arrivals().arrived((MqttPublishMessage) message);
            case PUBREL -> open.arrivals().released(id(message));
            case PUBACK, PUBCOMP -> open.departures().published(id(message), reason(message));
            case PUBREC -> open.departures().received(id(message), reason(message));
            case SUBACK -> {
                var answer = (MqttSubAckMessage) message;
                open.departures().subscribed(id(message), answer.payload().reasonCodes());
            }
            case UNSUBACK -> {
                var payload = ((MqttUnsubAckMessage) message).payload();
                open.departures()
                        .subscribed(
                                id(message),
                                payload == null
                                        ? List.of()
                                        : payload.unsubscribeReasonCodes().stream()
                                                .map(Short::intValue)
                                                .toList());
            }
            case DISCONNECT -> {
                int reason = message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header
                        ? Byte.toUnsignedInt(header.reasonCode())
                        : 0;
                end(BrokerFault.dismissal(settings, reason));
            }
            case PINGRESP -> {}
            default ->
                end(new LinkException(Told.of("broker-sends", "{broker} sends {packet}, which no broker does")
                        .with("broker", settings.address())
                        .with("packet", message.fixedHeader().messageType())));
        }
    }

    private static int id(io.netty.handler.codec.mqtt.MqttMessage message) {
        return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
    }

    private static int reason(io.netty.handler.codec.mqtt.MqttMessage message) {
        return message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
                ? Byte.toUnsignedInt(header.reasonCode())
                : 0;
    }

    private void admitted(MqttConnAckVariableHeader answer) {
        Wire open = wire;
        if (answer.connectReturnCode() != MqttConnectReturnCode.CONNECTION_ACCEPTED || open == null) {
            end(BrokerFault.refusal(
                    settings, Byte.toUnsignedInt(answer.connectReturnCode().byteValue())));
            return;
        }
        open.departures().allow(property(answer, MqttProperties.RECEIVE_MAXIMUM, 65_535));
        int keepAlive = property(answer, MqttProperties.SERVER_KEEP_ALIVE, settings.keepAliveSeconds());
        if (keepAlive > 0) {
            long half = TimeUnit.SECONDS.toNanos(keepAlive) / 2;
            var _ = open.channel().eventLoop().schedule(() -> keepAlive(open, half), half, TimeUnit.NANOSECONDS);
        }
        admission.complete(answer.isSessionPresent());
    }

    private static int property(MqttConnAckVariableHeader answer, int property, int otherwise) {
        return answer.properties().getProperty(property) instanceof IntegerProperty given ? given.value() : otherwise;
    }

    /// Every half keep-alive time. While we do not read, the broker's silence says nothing.
    private void keepAlive(Wire open, long half) {
        long silence = System.nanoTime() - readNanos;
        if (!open.channel().isActive()) {
            return;
        }
        if (!open.channel().config().isAutoRead()) {
            readNanos = System.nanoTime();
        } else if (silence >= 3 * half) {
            end(new LinkException(
                    Quality.BAD_TIMEOUT,
                    Told.of("broker-quiet", "the broker {broker} has been silent for {seconds} s")
                            .with("broker", settings.address())
                            .with("seconds", TimeUnit.NANOSECONDS.toSeconds(silence))));
            return;
        }
        var _ = open.channel().writeAndFlush(Packets.PING, open.channel().voidPromise());
        var _ = open.channel().eventLoop().schedule(() -> keepAlive(open, half), half, TimeUnit.NANOSECONDS);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end(BrokerFault.hangsUp(settings));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end(cause);
    }

    /// Closes the connection and says why; the first reason counts. May be called by anybody.
    void end(Throwable cause) {
        LinkException why = BrokerFault.of(settings, cause);
        notice.disconnected(why);
        admission.completeExceptionally(why);
        Wire open = wire;
        if (open != null) {
            var _ = open.channel().close();
            open.channel().eventLoop().execute(() -> open.departures().end(why));
        }
    }

    /// Says goodbye and closes the connection.
    void leave() {
        left = true;
        Wire open = wire;
        if (open != null) {
            var _ = open.channel().writeAndFlush(Packets.DISCONNECT).addListener(ChannelFutureListener.CLOSE);
        }
    }

    CompletableFuture<Boolean> publish(MqttPublication publication) {
        var answer = new CompletableFuture<Boolean>();
        onWire(answer, open -> open.departures().publish(publication, answer));
        return answer;
    }

    CompletableFuture<Void> subscribe(List<String> filters, int qos) {
        var answer = new CompletableFuture<Void>();
        onWire(answer, open -> open.departures().subscribe(filters, qos, answer));
        return answer;
    }

    void unsubscribe(List<String> filters) {
        onWire(new CompletableFuture<Void>(), open -> open.departures().unsubscribe(filters));
    }

    private void onWire(CompletableFuture<?> answer, Consumer<Wire> work) {
        Wire open = wire;
        if (open != null) {
            open.channel().eventLoop().execute(() -> {
                if (open.channel().isActive()) {
                    work.accept(open);
                } else {
                    answer.completeExceptionally(gone());
                }
            });
        } else {
            answer.completeExceptionally(gone());
        }
    }

    private LinkException gone() {
        return new LinkException(
                Quality.BAD_NOT_CONNECTED,
                Told.of("broker-gone", "the connection to {broker} is gone").with("broker", settings.address()));
    }
}
