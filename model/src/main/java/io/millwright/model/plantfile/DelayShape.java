package io.millwright.model.plantfile;

import io.millwright.model.DurationRange;
import io.millwright.model.Network;
import io.millwright.model.text.Durations;
import io.millwright.model.text.Phrase;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/// The delay of a link: one time, a range, or percentiles that were measured.
record DelayShape() implements Shape<DelayShape.Delay> {

    private static final Notation<DurationRange> RANGE = Notation.of(
            "a duration or a range of durations", Durations.RANGE, Durations::parseRange, "2us", "1us..3us", "0s");
    private static final String PERCENTILE = "^[0-9]{1,2}(\\.[0-9]{1,9})?%$";
    private static final Pattern FORM = Pattern.compile(PERCENTILE);

    /// What is said of a delay.
    ///
    /// @param percentiles that were measured, ascending; none where the range is all there is
    record Delay(DurationRange range, List<Network.Percentile> percentiles) {}

    @Override
    public @Nullable Delay read(Node node, Node owner, PlantReader reader) {
        if (!(node instanceof MappingNode mapping)) {
            DurationRange range = RANGE.read(node, owner, reader);
            return range == null ? null : new Delay(range, List.of());
        }
        var percentiles = new ArrayList<Network.Percentile>();
        for (PlantReader.Entry entry : reader.entries(mapping)) {
            Duration delay = PlantShape.DURATION.read(entry.valueNode(), entry.keyNode(), reader);
            if (!FORM.matcher(entry.key()).matches()) {
                reader.report(
                        entry.keyNode(),
                        Phrase.of("no-percentile", "\"{text}\" is no percentile", "text", entry.key()),
                        Optional.of(Phrase.of("percentile-like", "write it like {example}", "example", "\"99.9%\"")));
                return null;
            }
            if (delay == null) {
                return null;
            }
            var share = new BigDecimal(entry.key().replace("%", "")).movePointLeft(2);
            var last = percentiles.isEmpty()
                    ? new Network.Percentile(BigDecimal.ZERO, Duration.ZERO)
                    : percentiles.getLast();
            if (share.compareTo(last.share()) <= 0 || delay.compareTo(last.delay()) < 0) {
                reader.report(
                        entry.keyNode(),
                        Phrase.of(
                                "percentile-order",
                                "the percentile {text} is out of order, or its delay is shorter than the one before",
                                "text",
                                entry.key()),
                        Optional.of(
                                Phrase.of("percentiles-ascend", "write percentiles and delays in ascending order")));
                return null;
            }
            percentiles.add(new Network.Percentile(share, delay));
        }
        if (percentiles.isEmpty()) {
            reader.report(
                    node,
                    Phrase.of("no-percentiles", "there are no percentiles"),
                    Optional.of(Phrase.of("percentiles-like", "write {example}", "example", "{\"99.9%\": 7ms}")));
            return null;
        }
        return new Delay(new DurationRange(Duration.ZERO, percentiles.getLast().delay()), percentiles);
    }

    @Override
    public Map<String, Object> schema(ProtocolRules rules) {
        return Map.of(
                "anyOf",
                List.of(
                        RANGE.schema(rules),
                        Map.of(
                                "type",
                                "object",
                                "propertyNames",
                                Map.of("pattern", PERCENTILE),
                                "minProperties",
                                1,
                                "additionalProperties",
                                PlantShape.DURATION.schema(rules))));
    }

    @Override
    public String what() {
        return "a duration, a range of durations or a mapping from percentiles";
    }
}
