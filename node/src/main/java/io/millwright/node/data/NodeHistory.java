package io.millwright.node.data;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.NodeClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// The history of a running node, by its HTTP API. Times come as milliseconds in a binary64 number, so to about
/// a quarter of a microsecond; numbers that are not finite come as missing.
final class NodeHistory implements History {

    private static final int MOST = 10_000;
    private static final long MILLI = 1_000_000;
    /// Nanoseconds since the epoch end within the next millisecond, which the API does not take any more.
    private static final long LAST_MILLIS = Long.MAX_VALUE / MILLI - 1;

    private final NodeClient client;

    /// @param token the token that the node wants to be shown by callers from other machines
    /// @throws UsageError if the address is none
    NodeHistory(String url, Optional<String> token) {
        client = new NodeClient(url, token);
    }

    @Override
    public List<SignalName> signals() {
        var names = new ArrayList<SignalName>();
        for (JsonNode value : get("values")) {
            names.add(SignalName.parse(value.get("signal").asString()));
        }
        names.sort(null);
        return names;
    }

    @Override
    public void read(SignalName signal, long fromNanos, long toNanos, long limit, Consumer<Sample> each) {
        long from = Math.max(Math.floorDiv(fromNanos, MILLI), 0);
        long to = toNanos >= LAST_MILLIS * MILLI ? LAST_MILLIS : Math.ceilDiv(toNanos, MILLI);
        var left = new long[] {limit};
        walk(signal, from, to, left, sample -> {
            if (sample.sourceNanos() >= fromNanos && sample.sourceNanos() < toNanos && left[0]-- > 0) {
                each.accept(sample);
            }
        });
    }

    /// The API answers with counts per interval where there are too many samples; they say what to ask for
    /// next.
    private void walk(SignalName signal, long from, long to, long[] left, Consumer<Sample> each) {
        if (to <= from || left[0] <= 0) {
            return;
        }
        JsonNode answer = get("history?signal=%s&from=%d&to=%d&buckets=%d"
                .formatted(URLEncoder.encode(signal.toString(), StandardCharsets.UTF_8), from, to, MOST));
        if (answer.get("kind").asString().equals("raw")) {
            samples(signal, answer, each);
            return;
        }
        if (to - from == 1) {
            throw new FailedError("%s has more than %d samples within the millisecond %d; the API cannot list them"
                    .formatted(signal, MOST, from));
        }
        long begin = from;
        long count = 0;
        JsonNode times = answer.get("times");
        for (int i = 0; i < times.size(); i++) {
            long start = (long) Math.floor(times.get(i).asDouble());
            long here = answer.get("count").get(i).asLong();
            if (count > 0 && count + here > MOST * 9 / 10 && start > begin) {
                walk(signal, begin, start, left, each);
                begin = start;
                count = 0;
            }
            count += here;
        }
        if (begin == from) {
            long middle = from + (to - from) / 2;
            walk(signal, from, middle, left, each);
            begin = middle;
        }
        walk(signal, begin, to, left, each);
    }

    private static void samples(SignalName signal, JsonNode raw, Consumer<Sample> each) {
        for (int i = 0; i < raw.get("times").size(); i++) {
            each.accept(new Sample(
                    signal,
                    value(raw.get("values").get(i)),
                    new Quality((int) raw.get("status").get(i).asLong()),
                    nanos(raw.get("times").get(i).asDouble()),
                    nanos(raw.get("receiveTimes").get(i).asDouble())));
        }
    }

    private static long nanos(double millis) {
        long whole = (long) Math.floor(millis);
        return whole * MILLI + Math.round((millis - whole) * MILLI);
    }

    private static Value value(JsonNode json) {
        if (json.isBoolean()) {
            return Value.of(json.asBoolean());
        }
        if (json.isIntegralNumber()) {
            return Value.of(json.asLong());
        }
        if (json.isNumber()) {
            return Value.of(json.asDouble());
        }
        return json.isNull() ? Value.missing() : Value.of(json.asString());
    }

    private JsonNode get(String path) {
        return client.get(path);
    }

    @Override
    public void close() {
        client.close();
    }
}
