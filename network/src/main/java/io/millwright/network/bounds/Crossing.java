package io.millwright.network.bounds;

import io.millwright.network.curve.TokenBucket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Flows that are together on a stretch of a way, in order of arrival.
///
/// @param from the place on the way where they join, or where the stretch begins
/// @param to the place before which they leave, or where the stretch ends
/// @param flows who they are
/// @param arrivals what comes of them at the first
record Crossing(int from, int to, FlowSet flows, TokenBucket arrivals) {

    /// All others than one flow on a stretch of its way.
    static List<Crossing> of(Routes routes, OrderedBounds bounds, int[] path, int flow, int from, int to) {
        var crossings = new ArrayList<Crossing>();
        for (int t = from; t < to; t++) {
            int place = t;
            var joining = Arrays.stream(routes.flowsAt(path[t]))
                    .filter(f -> f != flow && (place == from || !routes.goes(f, path[place - 1], path[place])));
            var byEnd = Routes.grouped(joining, f -> end(routes, path, f, place, to));
            byEnd.forEach((end, flows) ->
                    crossings.add(new Crossing(place, end, flows, bounds.arrivals(flows, path[place]))));
        }
        return crossings;
    }

    private static int end(Routes routes, int[] path, int flow, int from, int limit) {
        int end = from + 1;
        while (end < limit && routes.goes(flow, path[end - 1], path[end])) {
            end++;
        }
        return end;
    }

    /// Their names.
    List<String> names(Routes routes) {
        return flows.stream().mapToObj(f -> routes.graph().flows().get(f).id()).toList();
    }
}
