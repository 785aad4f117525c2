package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.Told;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Sockets to brokers. All connections of a process share one Netty event loop of one thread.
final class Transport {

    private static final int CONNECT_SECONDS = 5;

    /// Created with the first connection.
    private static final class Loop {
        static final EventLoopGroup GROUP =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("mqtt", true), NioIoHandler.newFactory());
    }

    private Transport() {}

    /// Opens a socket and hands what comes over it to the handler, which hears too when that fails.
    ///
    /// @throws LinkException if the settings of TLS cannot be used
    static void connect(BrokerSettings settings, BrokerHandler handler) throws LinkException {
        BrokerAddress address = settings.address();
        SslContext tls = address.tls() ? tls(settings.caFile().orElse(null)) : null;
        ChannelFuture opening = new Bootstrap()
                .group(Loop.GROUP)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TimeUnit.SECONDS.toMillis(CONNECT_SECONDS))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        ChannelPipeline pipeline = channel.pipeline();
                        if (tls != null) {
                            pipeline.addLast(tls.newHandler(channel.alloc(), address.host(), address.port()));
                        }
                        pipeline.addLast(
                                new FlushConsolidationHandler(),
                                new MqttDecoder(BrokerSettings.MAX_MESSAGE_BYTES),
                                MqttEncoder.INSTANCE,
                                handler);
                    }
                })
                .connect(address.host(), address.port());
        opening.addListener(done -> {
            if (!done.isSuccess()) {
                handler.end(done.cause());
            }
        });
    }

    /// Certificates are checked against the file, or the JDK's authorities, and the host's name.
    private static SslContext tls(@Nullable Path caFile) throws LinkException {
        try {
            SslContextBuilder builder =
                    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).endpointIdentificationAlgorithm("HTTPS");
            return caFile == null
                    ? builder.build()
                    : builder.trustManager(caFile.toFile()).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw LinkException.refused(
                    Quality.BAD_CONFIGURATION_ERROR,
                    Told.of("mqtt-ca-file", "the ca-file {file} cannot be used: {reason}")
                            .with("file", caFile)
                            .with("reason", e.getMessage()));
        }
    }
}
