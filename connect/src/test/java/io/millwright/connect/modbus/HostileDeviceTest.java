package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millwright.connect.Link;
import io.millwright.connect.LinkException;
import io.millwright.connect.Recorder;
import io.millwright.connect.Signals;
import io.millwright.model.Connection;
import io.millwright.model.Value;
import io.millwright.testkit.Await;
import io.millwright.testkit.Property;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Whatever a device answers: a value, or a sentence that says what is wrong, and soon.
final class HostileDeviceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void requestsEndWithAValueOrASentence() {
        Property.check(15, random -> {
            try (var server = hostile(random);
                    var link = link(server.port(), new Recorder())) {
                assertTimeoutPreemptively(SOON, () -> {
                    for (int i = 0; i < 8; i++) {
                        ask(link, i);
                    }
                });
            }
        });
    }

    private static void ask(Link link, int which) {
        try {
            switch (which) {
                case 0, 4 -> link.read("holding/0:float32");
                case 1 -> link.read("coil/3");
                case 2 -> link.read("input/7:string:9");
                case 3 -> link.write("holding/5", Value.of(7L));
                case 5 -> link.write("holding/5:bit3", Value.of(true));
                case 6 -> link.write("coil/5", Value.of(true));
                default -> link.read("discrete/5");
            }
        } catch (LinkException e) {
            assertSentence(e.getMessage());
        }
    }

    @Test
    void pollingGoesOnWithoutAStackTrace() {
        Property.check(8, random -> {
            var recorder = new Recorder();
            try (var server = hostile(random);
                    var link = link(server.port(), recorder)) {
                link.start(List.of(Signals.of("t/a", "holding/0:float32"), Signals.of("t/b", "coil/0")));
                Await.until("several requests", () -> server.requests.size() > 5);
                recorder.states().forEach(state -> assertSentence(state.reason()));
            }
        });
    }

    private static void assertSentence(String text) {
        assertFalse(text.contains("Exception") || text.contains("unexpected") || text.contains("\n"), text);
    }

    private static Link link(int port, Recorder recorder) {
        var connection = new Connection("plc", "modbus-tcp", "127.0.0.1:" + port, Map.of("timeout", "50ms"));
        return new ModbusTcpProtocol().open(connection, recorder.context(Path.of("unused")));
    }

    /// A right answer, damaged in one way or another.
    private static PduServer hostile(SplittableRandom random) throws Exception {
        return new PduServer((header, pdu) -> {
            synchronized (random) {
                return switch (random.nextInt(8)) {
                    case 0 -> bytes(random, random.nextInt(600));
                    case 1 -> PduServer.framed(header, bytes(random, 1 + random.nextInt(260)));
                    case 2 -> PduServer.framed(header, new byte[] {(byte) (pdu[0] | 0x80), (byte) random.nextInt(256)});
                    case 3 -> PduServer.framed(header, new byte[] {pdu[0]});
                    case 4 -> lying(random, header, pdu);
                    case 5 -> damaged(random, PduServer.framed(header, right(pdu)));
                    case 6 -> twice(PduServer.framed(header, right(pdu)));
                    default -> PduServer.framed(header, right(pdu));
                };
            }
        });
    }

    private static byte[] right(byte[] pdu) {
        int count = ByteBuffer.wrap(pdu).getShort(3) & 0xFFFF;
        return switch (pdu[0]) {
            case 1, 2 ->
                ByteBuffer.allocate(2 + (count + 7) / 8)
                        .put(pdu[0])
                        .put((byte) ((count + 7) / 8))
                        .array();
            case 3, 4 ->
                ByteBuffer.allocate(2 + 2 * count)
                        .put(pdu[0])
                        .put((byte) (2 * count))
                        .array();
            default -> pdu;
        };
    }

    /// A length that is not that of what follows.
    private static byte[] lying(SplittableRandom random, byte[] header, byte[] pdu) {
        byte[] frame = PduServer.framed(header, right(pdu));
        ByteBuffer.wrap(frame).putShort(4, (short) random.nextInt(65_536));
        return frame;
    }

    private static byte[] damaged(SplittableRandom random, byte[] frame) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
        return frame;
    }

    private static byte[] twice(byte[] frame) {
        return ByteBuffer.allocate(2 * frame.length).put(frame).put(frame).array();
    }

    private static byte[] bytes(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
