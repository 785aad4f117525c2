package io.millwright.connect.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.testkit.Await;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Mosquitto behind TLS, with certificates that OpenSSL makes.
class BrokerTlsTest {

    @TempDir
    Path folder;

    @BeforeEach
    void certificates() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not installed");
        openssl("req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=plant-ca -keyout ca.key -out ca.pem");
        openssl("req -newkey rsa:2048 -nodes -subj /CN=broker -keyout broker.key -out broker.csr");
        Files.writeString(folder.resolve("names"), "subjectAltName=DNS:localhost\n");
        openssl("x509 -req -in broker.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names"
                + " -out broker.pem");
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        File log = folder.resolve("openssl.log").toFile();
        Process process = new ProcessBuilder(("/usr/bin/openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, () -> "see " + log);
    }

    private Mosquitto broker() {
        return new Mosquitto(
                folder,
                "cafile " + folder.resolve("ca.pem"),
                "certfile " + folder.resolve("broker.pem"),
                "keyfile " + folder.resolve("broker.key"));
    }

    private static BrokerConnection open(Mosquitto broker, String host, Optional<Path> caFile, List<String> heard)
            throws LinkException {
        var address = BrokerAddress.parse("mqtts://" + host + ":" + broker.port(), BrokerAddress.SCHEMES);
        return BrokerConnection.open(
                BrokerSettings.clean(address, "tls", Optional.empty(), Optional.empty(), caFile),
                message -> heard.add(new String(message.payload())),
                _ -> {});
    }

    @Test
    void messagesPassWhenTheIssuerIsNamed() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        try (var broker = broker();
                var listener = open(broker, "localhost", Optional.of(folder.resolve("ca.pem")), heard)) {
            listener.subscribe(List.of("p/x"), 1);
            var settings = BrokerSettings.clean(
                    BrokerAddress.parse("mqtts://localhost:" + broker.port(), BrokerAddress.SCHEMES),
                    "publisher",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(folder.resolve("ca.pem")));
            try (var publisher = BrokerConnection.open(settings, _ -> {}, _ -> {})) {
                assertTrue(publisher
                        .publish(new MqttPublication("p/x", "41".getBytes(), 2, false))
                        .get(10, TimeUnit.SECONDS));
            }
            Await.until("the message comes", () -> heard.equals(List.of("41")));
        }
    }

    @Test
    void anUnknownIssuerIsRefused() throws Exception {
        try (var broker = broker()) {
            var refused =
                    assertThrows(LinkException.class, () -> open(broker, "localhost", Optional.empty(), List.of()));
            assertEquals(Quality.BAD_CERTIFICATE_UNTRUSTED, refused.quality());
            assertTrue(refused.isRefusal());
            assertTrue(refused.getMessage().contains("name its issuer in ca-file"), refused.getMessage());
        }
    }

    /// The certificate speaks of localhost, not of this address (RFC 9525, clause 6).
    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (var broker = broker()) {
            var refused = assertThrows(
                    LinkException.class,
                    () -> open(broker, "127.0.0.1", Optional.of(folder.resolve("ca.pem")), List.of()));
            assertEquals(Quality.BAD_CERTIFICATE_UNTRUSTED, refused.quality());
        }
    }

    @Test
    void aFileWithoutCertificatesIsSaidToBeWrong() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "no certificate\n");
        try (var broker = broker()) {
            var refused =
                    assertThrows(LinkException.class, () -> open(broker, "localhost", Optional.of(wrong), List.of()));
            assertTrue(refused.getMessage().contains("wrong.pem cannot be used"), refused.getMessage());
        }
    }

    /// A broker that speaks MQTT without TLS.
    @Test
    void aPlainBrokerIsSaidNotToSpeakTls() throws Exception {
        try (var broker = new Mosquitto(folder)) {
            var failed =
                    assertThrows(LinkException.class, () -> open(broker, "localhost", Optional.empty(), List.of()));
            assertTrue(!failed.getMessage().contains("Exception"), failed.getMessage());
        }
    }
}
