package io.millwright.node.net;

import io.millwright.certificate.bounds.BoundFigures;
import io.millwright.certificate.ports.PortFigures;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `mw net verify` says of bounds that were derived again.
final class VerifiedBounds {

    private static final MathContext UP = new MathContext(9, RoundingMode.CEILING);
    private static final int MOST_PLACES = 30;

    private final Map<String, Map<String, String>> byFlow = new LinkedHashMap<>();
    private final Map<String, Map<Integer, String>> backlogs = new LinkedHashMap<>();
    private final Map<String, Integer> counted = new LinkedHashMap<>();
    private final String derived;

    private VerifiedBounds(String derived) {
        this.derived = derived;
    }

    static VerifiedBounds of(BoundFigures figures) {
        int bounds = figures.delays().size();
        var verified = new VerifiedBounds("%d bounds of %d flows, by way of %d claims of what comes to servers"
                .formatted(bounds, figures.flows(), figures.claims()));
        figures.delays().forEach(d -> verified.add(d.flow(), d.method(), d.delay()));
        verified.counted.put("claims", figures.claims());
        verified.counted.put("bounds", bounds);
        return verified;
    }

    static VerifiedBounds of(PortFigures figures) {
        int bounds = figures.delays().size();
        var verified = new VerifiedBounds("%d bounds of %d flows, by way of %d queues of %d ports"
                .formatted(bounds, figures.flows(), figures.queues(), figures.ports()));
        figures.delays().forEach(d -> verified.add(d.flow(), d.method(), d.delay()));
        figures.backlogs()
                .forEach(b -> verified.backlogs
                        .computeIfAbsent(b.port(), _ -> new TreeMap<>())
                        .put(b.trafficClass(), b.bits()));
        verified.counted.put("ports", figures.ports());
        verified.counted.put("queues", figures.queues());
        verified.counted.put("bounds", bounds);
        return verified;
    }

    private void add(String flow, String method, String delay) {
        byFlow.computeIfAbsent(flow, _ -> new TreeMap<>()).put(method, delay);
    }

    Object json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("verdict", "verified");
        json.put("flows", byFlow);
        if (!backlogs.isEmpty()) {
            json.put("backlogs", backlogs);
        }
        json.putAll(counted);
        return json;
    }

    String text() {
        var text = new StringBuilder("verified\n  derived   ")
                .append(derived)
                .append("\n  delays    in seconds where the network has units; rounded up");
        byFlow.forEach((flow, delays) -> text.append("\n  ")
                .append(flow)
                .append("  ")
                .append(delays.entrySet().stream()
                        .map(d -> d.getKey() + " " + roundedUp(d.getValue()))
                        .collect(Collectors.joining(", "))));
        return text.toString();
    }

    /// A fraction as a decimal that is no less.
    private static String roundedUp(String fraction) {
        int slash = fraction.indexOf('/');
        var numerator = new BigDecimal(slash < 0 ? fraction : fraction.substring(0, slash));
        var denominator = slash < 0 ? BigDecimal.ONE : new BigDecimal(fraction.substring(slash + 1));
        var rounded = numerator.divide(denominator, UP).stripTrailingZeros();
        return Math.abs(rounded.scale()) > MOST_PLACES ? rounded.toString() : rounded.toPlainString();
    }
}
