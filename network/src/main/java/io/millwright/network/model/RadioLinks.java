package io.millwright.network.model;

import io.millwright.model.Network;
import io.millwright.model.Network.Percentile;
import io.millwright.model.Network.Radio;
import io.millwright.network.curve.Time;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which of the measured percentiles of a radio link counts.
///
/// There is one for each link, as its far end discards what is later, whosever it is. Each stream spreads the loss
/// that it tolerates evenly over the radio links of its ways; a link takes the least percentile that suffices for
/// every stream that passes it, and the highest there is where none does.
final class RadioLinks {

    private static final int DIGITS = 30;

    private RadioLinks() {}

    /// The same network with one percentile for each radio link.
    ///
    /// @param model in which radio links have their highest percentiles
    /// @param links the links as the plant file tells them, in the same order
    static NetworkModel chosen(NetworkModel model, List<Network.Link> links) {
        var tolerated = tolerated(model);
        var chosen = new ArrayList<NetworkModel.Link>();
        for (int i = 0; i < links.size(); i++) {
            var link = model.links().get(i);
            chosen.add(
                    links.get(i).medium() instanceof Radio(var _, var percentiles)
                            ? radio(link, least(percentiles, tolerated.getOrDefault(link, BigDecimal.ONE)))
                            : link);
        }
        return new NetworkModel(model.bridges(), model.stations(), chosen, model.streams());
    }

    /// A radio link by one percentile.
    static NetworkModel.Link radio(NetworkModel.Link link, Percentile percentile) {
        return new NetworkModel.Link(
                link.one(),
                link.other(),
                link.rate(),
                new TimeRange(Time.ZERO, Nanos.of(percentile.delay())),
                BigDecimal.ONE.subtract(percentile.share()),
                link.slot());
    }

    private static Percentile least(List<Percentile> percentiles, BigDecimal loss) {
        return percentiles.stream()
                .filter(p -> BigDecimal.ONE.subtract(p.share()).compareTo(loss) <= 0)
                .findFirst()
                .orElse(percentiles.getLast());
    }

    /// How many of its frames each link may lose at most, so that every stream has no more losses than it tolerates.
    private static Map<NetworkModel.Link, BigDecimal> tolerated(NetworkModel model) {
        var ways = new Ways(model);
        var tolerated = new HashMap<NetworkModel.Link, BigDecimal>();
        for (var stream : model.streams()) {
            for (var listener : stream.listeners()) {
                var radio = ways.way(stream, listener).stream()
                        .map(Ways.Port::link)
                        .filter(l -> l.late().signum() > 0)
                        .toList();
                for (var link : radio) {
                    var share = stream.loss().divide(BigDecimal.valueOf(radio.size()), DIGITS, RoundingMode.DOWN);
                    tolerated.merge(link, share, BigDecimal::min);
                }
            }
        }
        return tolerated;
    }
}
