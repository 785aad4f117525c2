package io.millwright.connect.mqtt;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.reactivex.schedulers.Schedulers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.TrustManagerFactory;

/// What the clients of both versions of MQTT are made of.
final class ClientParts {

    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;

    private ClientParts() {}

    /// One Netty thread for all connections; messages are handed over on it.
    static MqttClientExecutorConfig executors() {
        return MqttClientExecutorConfig.builder()
                .nettyThreads(1)
                .applicationScheduler(Schedulers.from(Runnable::run))
                .build();
    }

    static MqttClientTransportConfig transport(BrokerSettings settings) throws LinkException {
        var transport = MqttClientTransportConfig.builder()
                .serverHost(settings.address().host())
                .serverPort(settings.address().port())
                .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .mqttConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
        return settings.address().tls() ? transport.sslConfig(tls(settings)).build() : transport.build();
    }

    private static MqttClientSslConfig tls(BrokerSettings settings) throws LinkException {
        var tls = MqttClientSslConfig.builder().handshakeTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
        return settings.caFile().isEmpty()
                ? tls.build()
                : tls.trustManagerFactory(trust(settings.caFile().get())).build();
    }

    private static TrustManagerFactory trust(Path caFile) throws LinkException {
        try (InputStream in = Files.newInputStream(caFile)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust;
        } catch (IOException | GeneralSecurityException e) {
            throw LinkException.refused(
                    Quality.BAD_CONFIGURATION_ERROR,
                    "the ca-file %s cannot be used: %s".formatted(caFile, e.getMessage()));
        }
    }

    /// The bytes of the password, for a user who has one.
    static byte[] password(BrokerSettings settings) throws LinkException {
        if (settings.passwordFile().isEmpty()) {
            return new byte[0];
        }
        var file = settings.passwordFile().get();
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElse("").getBytes(StandardCharsets.UTF_8);
        } catch (IOException | UncheckedIOException e) {
            throw LinkException.refused(
                    Quality.BAD_CONFIGURATION_ERROR, "the password file %s cannot be read".formatted(file));
        }
    }

    /// Waits for the broker's answer.
    static <T> T await(CompletableFuture<T> answer, BrokerSettings settings) throws LinkException {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw BrokerFault.of(settings, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new LinkException(
                    Quality.BAD_TIMEOUT,
                    "the broker %s did not answer within %d s".formatted(settings.address(), ANSWER_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LinkException(Quality.BAD_SHUTDOWN, "interrupted");
        }
    }
}
