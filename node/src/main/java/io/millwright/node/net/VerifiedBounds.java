package io.millwright.node.net;

import io.millwright.certificate.bounds.BoundFigures;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// What `mw net verify` says of bounds that were derived again.
final class VerifiedBounds {

    private VerifiedBounds() {}

    static Object json(BoundFigures figures) {
        var json = new LinkedHashMap<String, Object>();
        json.put("verdict", "verified");
        json.put("flows", byFlow(figures));
        json.put("claims", figures.claims());
        json.put("bounds", figures.delays().size());
        return json;
    }

    private static Map<String, Map<String, String>> byFlow(BoundFigures figures) {
        var flows = new LinkedHashMap<String, Map<String, String>>();
        figures.delays()
                .forEach(d ->
                        flows.computeIfAbsent(d.flow(), _ -> new TreeMap<>()).put(d.method(), d.delay()));
        return flows;
    }

    static String text(BoundFigures figures) {
        var text = new StringBuilder(
                "verified\n  derived   %d bounds of %d flows, by way of %d claims of what comes to servers"
                        .formatted(figures.delays().size(), figures.flows(), figures.claims()));
        byFlow(figures)
                .forEach((flow, delays) ->
                        text.append("\n  ").append(flow).append("  ").append(delays));
        return text.toString();
    }
}
