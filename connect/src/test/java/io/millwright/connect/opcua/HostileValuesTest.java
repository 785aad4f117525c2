package io.millwright.connect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.LinkException;
import io.millwright.model.Reading;
import io.millwright.model.Value;
import io.millwright.testkit.Property;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.core.encoding.DefaultEncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryDecoder;
import org.eclipse.milo.opcua.stack.core.encoding.binary.OpcUaBinaryEncoder;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeNotification;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemNotification;
import org.junit.jupiter.api.Test;

/// Values and messages as a hostile server encodes them.
final class HostileValuesTest {

    /// Scalar or array, seldom with dimensions, of which the library believes any number.
    private static final int[] FORMS = {0, 0, 0, 0, 0, 0, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3};

    private static final EncodingContext CONTEXT = DefaultEncodingContext.INSTANCE;

    /// What the library decodes, we take; the value is one of ours or missing with a status that says so.
    @Test
    void whatCanBeDecodedBecomesAReading() {
        var decoded = new AtomicInteger();
        Property.check(3_000, random -> {
            DataValue value;
            try {
                value = new OpcUaBinaryDecoder(CONTEXT)
                        .setBuffer(Unpooled.wrappedBuffer(dataValue(random)))
                        .decodeDataValue();
            } catch (RuntimeException | OutOfMemoryError e) {
                // Not decoded: here only what was decoded is looked at.
                return;
            }
            decoded.incrementAndGet();
            Reading reading = Variants.reading(value, random.nextBoolean(), 5);
            Variants.serverNanos(value, 5);
            if (reading.value() instanceof Value.Missing && value.value().value() != null) {
                assertTrue(reading.quality().isBad(), value + " became " + reading);
            }
        });
        assertTrue(decoded.get() > 20 || System.getProperty("mw.seed") != null, "hardly any of them is a value");
    }

    /// The encoding mask with a Variant, its type and perhaps an array, and then noise (OPC 10000-6, 5.2.2.17).
    private static byte[] dataValue(SplittableRandom random) {
        byte[] bytes = noise(random, 3 + random.nextInt(60));
        bytes[0] = (byte) (1 | random.nextInt(64));
        bytes[1] = (byte) (random.nextInt(26) | FORMS[random.nextInt(FORMS.length)] << 6);
        if (bytes.length > 6 && random.nextBoolean()) {
            bytes[2] = (byte) random.nextInt(4);
            bytes[3] = bytes[4] = bytes[5] = 0;
        }
        return bytes;
    }

    /// A message that was damaged is delivered as far as it can be read, or refused in a sentence.
    @Test
    void damagedMessagesAreReadOrRefused() {
        Property.check(3_000, random -> {
            byte[] bytes = random.nextInt(4) == 0 ? noise(random, random.nextInt(80)) : damaged(random, message());
            try {
                Publisher.decoded(ExtensionObject.of(ByteString.of(bytes), notification()), CONTEXT);
            } catch (LinkException e) {
                assertEquals("the server sends a message that cannot be read", e.getMessage());
            }
        });
    }

    /// A value in a value in a value: the stack must not overflow.
    @Test
    void deepNestingIsRefused() {
        var bytes = new byte[1_000_000];
        // One item, its handle, and then DataValues (mask 1) whose Variant (type 23) is a DataValue.
        bytes[0] = 1;
        for (int i = 8; i + 1 < bytes.length; i += 2) {
            bytes[i] = 1;
            bytes[i + 1] = 23;
        }
        var part = ExtensionObject.of(ByteString.of(bytes), notification());
        assertThrows(LinkException.class, () -> Publisher.decoded(part, CONTEXT));
    }

    /// A matrix of 2^20 times 2^10 elements, in a few bytes.
    @Test
    void hugeMatrixIsRefused() {
        byte[] bytes = {1, 0, 0, 0, 0, 0, 0, 0, 1, (byte) (11 | 0xC0), 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 16, 0, 0, 4, 0, 0};
        var part = ExtensionObject.of(ByteString.of(bytes), notification());
        assertThrows(LinkException.class, () -> Publisher.decoded(part, CONTEXT));
    }

    private static NodeId notification() {
        return DataChangeNotification.BINARY_ENCODING_ID
                .toNodeId(CONTEXT.getNamespaceTable())
                .orElseThrow();
    }

    private static byte[] message() {
        var buffer = Unpooled.buffer();
        var encoder = new OpcUaBinaryEncoder(CONTEXT).setBuffer(buffer);
        var items = new MonitoredItemNotification[] {
            new MonitoredItemNotification(UInteger.valueOf(0), new DataValue(Variant.of(1.5))),
            new MonitoredItemNotification(UInteger.valueOf(1), new DataValue(Variant.of("text"))),
            new MonitoredItemNotification(UInteger.valueOf(2), new DataValue(Variant.of(new Integer[] {1, 2})))
        };
        encoder.encodeStruct(null, new DataChangeNotification(items, null), DataChangeNotification.TYPE_ID);
        var bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }

    private static byte[] damaged(SplittableRandom random, byte[] message) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            message[random.nextInt(message.length)] = (byte) random.nextInt(256);
        }
        return message;
    }

    private static byte[] noise(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
