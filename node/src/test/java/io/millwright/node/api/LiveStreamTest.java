package io.millwright.node.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.testkit.Property;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LiveStreamTest {

    private static final SignalName LEVEL = SignalName.of("tank-1", "level");
    private static final SignalName SPEED = SignalName.of("pump-1", "speed");

    @Test
    void anEventIsAnArrayOfNameValueStatusAndTimesInMilliseconds() {
        var sample = new Sample(LEVEL, Value.of(1.25), Quality.BAD_TIMEOUT, 1_700_000_000_123_456_789L, 2_000_000L);

        // 0x800A0000 = 2148139008; times are cut to microseconds
        assertEquals(
                "event: samples\ndata: [[\"tank-1/level\",1.25,2148139008,1700000000123.456,2]]\n\n",
                LiveStream.encode(List.of(sample)));
    }

    @Test
    void valuesThatJsonCannotCarryAreTextsAndMissingOnesNull() {
        assertTrue(encoded(Value.of(Double.NEGATIVE_INFINITY)).contains(",\"-Infinity\","));
        assertTrue(encoded(Value.of(Double.NaN)).contains(",\"NaN\","));
        assertTrue(encoded(Value.missing()).contains(",null,"));
        assertTrue(encoded(Value.of(true)).contains(",true,"));
        assertTrue(encoded(Value.of(Long.MIN_VALUE)).contains(",-9223372036854775808,"));
    }

    /// An independent JSON reader gets every text back, whatever stands in it, and a line break never ends the
    /// event early.
    @Test
    void anyTextComesThroughWhole() {
        var json = JsonMapper.shared();
        Property.check(500, random -> {
            var text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.appendCodePoint(random.nextInt(4) == 0 ? random.nextInt(0x10FFFF) & ~0xD800 : random.nextInt(128));
            }
            var event = encoded(Value.of(text.toString()));
            var data = event.substring(event.indexOf('['), event.length() - 2);
            assertEquals(text.toString(), json.readTree(data).get(0).get(1).asString());
            assertEquals(2, event.strip().lines().count());
        });
    }

    @Test
    void onlyTheWantedSignalsAreSent() throws Exception {
        var stream = new LiveStream(Set.of(SPEED));
        stream.offer(List.of(sample(LEVEL, 1), sample(SPEED, 2)));
        assertEquals(List.of("pump-1/speed 2.0"), sent(stream));
    }

    /// A slow subscriber is shown what is current, and the queue stays bounded.
    @Test
    void aSubscriberThatIsFarBehindGetsTheNewestOfEachSignal() throws Exception {
        var stream = new LiveStream(Set.of());
        for (int i = 0; i <= 10_000; i++) {
            stream.offer(List.of(sample(LEVEL, i), sample(SPEED, -i)));
        }
        assertEquals(List.of("tank-1/level 10000.0", "pump-1/speed -10000.0"), sent(stream));
    }

    private static List<String> sent(LiveStream stream) throws Exception {
        var out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                stream.end();
            }
        };
        stream.send(out, () -> "{}");
        var data = out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(l -> l.startsWith("data: ["))
                .findFirst()
                .orElseThrow();
        var found = new java.util.ArrayList<String>();
        JsonMapper.shared()
                .readTree(data.substring(6))
                .forEach(row ->
                        found.add(row.get(0).asString() + " " + row.get(1).asDouble()));
        return found;
    }

    private static Sample sample(SignalName name, double value) {
        return new Sample(name, Value.of(value), Quality.GOOD, 0, 0);
    }

    private static String encoded(Value value) {
        return LiveStream.encode(List.of(new Sample(LEVEL, value, Quality.GOOD, 0, 0)));
    }
}
