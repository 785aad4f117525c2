package io.millwright.node.net;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.millwright.model.Network;
import io.millwright.model.text.BitRates;
import io.millwright.model.text.Durations;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A network in the notation of the plant file: what stands under `network` there, as JSON.
///
/// @param links each with its two ends
/// @param domains none where the network is one whole
public record NetworkView(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, DomainView> domains,
        Map<String, SwitchView> switches,
        Map<String, StationView> stations,
        List<LinkView> links,
        Map<String, StreamView> streams) {

    /// A switch.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record SwitchView(
            int ports,
            String rate,
            int queues,
            String processing,
            String forwarding,
            @Nullable GatesView gates,
            @Nullable String shaper,
            @Nullable String domain) {}

    /// A domain.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DomainView(
            String kind, @Nullable String budget, @Nullable String sync) {}

    /// Limits of gates.
    public record GatesView(int entries, String tick) {}

    /// A station.
    public record StationView(List<String> carries) {}

    /// A link.
    ///
    /// @param delay one time or a range; of radio links an object of percentiles
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LinkView(
            List<String> between,
            String rate,
            Object delay,
            @Nullable String kind,
            @Nullable String cycle,
            @Nullable String slot) {}

    /// A stream. Its timing is called `class`.
    ///
    /// @param jitter not there where any is right, which is so where a plant file says nothing of it
    public record StreamView(
            String talker,
            List<String> listeners,
            String size,
            String period,
            String deadline,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String jitter,

            @JsonProperty("class") String timing,
            int redundancy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BigDecimal loss) {}

    /// The network of a plant.
    public static NetworkView of(Network network) {
        var switches = new LinkedHashMap<String, SwitchView>();
        network.switches()
                .forEach(s -> switches.put(
                        s.name(),
                        new SwitchView(
                                s.ports(),
                                BitRates.format(s.bitsPerSecond()),
                                s.queues(),
                                Durations.format(s.processing()),
                                word(s.forwarding()),
                                s.gates()
                                        .map(g -> new GatesView(g.entries(), Durations.format(g.tick())))
                                        .orElse(null),
                                s.shaper().map(NetworkView::shaper).orElse(null),
                                s.domain().orElse(null))));
        var stations = new LinkedHashMap<String, StationView>();
        network.stations().forEach(s -> stations.put(s.name(), new StationView(s.carries())));
        var streams = new LinkedHashMap<String, StreamView>();
        network.streams().forEach(s -> streams.put(s.name(), stream(s)));
        var links = network.links().stream().map(NetworkView::link).toList();
        var domains = new LinkedHashMap<String, DomainView>();
        network.domains()
                .forEach(d -> domains.put(
                        d.name(),
                        new DomainView(
                                word(d.kind()),
                                d.budget().map(Durations::format).orElse(null),
                                d.sync().isZero() ? null : Durations.format(d.sync()))));
        return new NetworkView(domains, switches, stations, links, streams);
    }

    private static String shaper(Network.Shaper shaper) {
        return switch (shaper) {
            case Network.CreditShaper(long bitsPerSecond) -> BitRates.format(bitsPerSecond);
            case Network.AsynchronousShaper() -> "asynchronous";
        };
    }

    private static LinkView link(Network.Link link) {
        var between = List.of(link.one(), link.other());
        var rate = BitRates.format(link.bitsPerSecond());
        var delay = Durations.format(link.propagation());
        return switch (link.medium()) {
            case Network.Cable() -> new LinkView(between, rate, delay, null, null, null);
            case Network.Radio(var kind, var percentiles) -> {
                var byShare = new LinkedHashMap<String, String>();
                percentiles.forEach(p -> byShare.put(
                        p.share().movePointRight(2).stripTrailingZeros().toPlainString() + "%",
                        Durations.format(p.delay())));
                yield new LinkView(between, rate, byShare, kind, null, null);
            }
            case Network.Pon(var cycle, var bytes) ->
                new LinkView(between, rate, delay, "pon", Durations.format(cycle), bytes + "B");
        };
    }

    private static StreamView stream(Network.Stream stream) {
        return new StreamView(
                stream.talker(),
                stream.listeners(),
                stream.bytes() + "B",
                Durations.format(stream.period()),
                Durations.format(stream.deadline()),
                isAny(stream) ? null : Durations.format(stream.jitter()),
                word(stream.timing()),
                stream.redundant() ? 2 : 1,
                stream.loss().signum() == 0 ? null : stream.loss());
    }

    /// Delays differ by no more than the longest, and moments within a period by no more than that.
    private static boolean isAny(Network.Stream stream) {
        return stream.jitter().compareTo(stream.deadline()) >= 0
                && stream.jitter().compareTo(stream.period()) >= 0;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
