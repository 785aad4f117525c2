package io.millwright.connect.mqtt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.millwright.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// A broker whose packets are damaged on the way.
class HostileBrokerTest {

    private static final int CASES = 300;

    /// CONNACK, SUBACK, PUBLISH of QoS 0, 1 and 2, PUBREL, PUBACK, PINGRESP and DISCONNECT as MQTT 5 has them (clause
    /// 3), in hexadecimal.
    private static final List<String> PACKETS = List.of(
            "2003000000",
            "9004000100" + "01",
            "3008" + "0003702f7800" + "3431",
            "320a" + "0003702f78000100" + "3431",
            "340a" + "0003702f78000200" + "3431",
            "62020002",
            "40020001",
            "d000",
            "e00100");

    private static byte[] damaged(RandomGenerator random) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex(PACKETS.getFirst()));
        for (int i = 0; i < 20; i++) {
            out.writeBytes(HexFormat.of().parseHex(PACKETS.get(random.nextInt(PACKETS.size()))));
        }
        byte[] bytes = out.toByteArray();
        for (int i = random.nextInt(1, 8); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    @Test
    void whateverItSendsTheConnectionEndsWithAReason() throws Exception {
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Property.check(CASES, random -> {
                byte[] sent = damaged(random);
                String reason = reasonFor(listener, sent);
                assertFalse(reason.contains("Exception") || reason.contains("null"), reason);
            });
        }
    }

    private static String reasonFor(ServerSocket listener, byte[] sent) throws Exception {
        Thread broker = Thread.ofVirtual().start(() -> serve(listener, sent));
        var address = new BrokerAddress("127.0.0.1", listener.getLocalPort(), false);
        var settings = BrokerSettings.clean(address, "c", Optional.empty(), Optional.empty(), Optional.empty());
        var lost = new CompletableFuture<LinkException>();
        String reason;
        try (var connection = BrokerConnection.open(
                settings, message -> message.acknowledgement().run(), lost::complete)) {
            var _ = connection.subscribing(List.of("p/x"), 1);
            var _ = connection.publish(new MqttPublication("p/y", new byte[1], 1, false));
            reason = lost.get(20, TimeUnit.SECONDS).getMessage();
        } catch (LinkException e) {
            reason = e.getMessage();
        }
        assertTrue(broker.join(Duration.ofSeconds(20)));
        return reason;
    }

    private static void serve(ServerSocket listener, byte[] sent) {
        try (Socket socket = listener.accept()) {
            var _ = socket.getInputStream().read(new byte[100]);
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The client may close at any byte.
        }
    }
}
