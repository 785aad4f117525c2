package io.millwright.network.bounds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Flows that came the same way to a server since they met the first that is not settled.
///
/// @param first that first server
/// @param server where it ends
/// @param before the way that it goes on from, by its place among all of them; -1 where the server is the first
///     that is not settled
/// @param origin the settled server that the flows came from before all this, or [Routes#SOURCE]
/// @param flows the flows
record JointWay(int first, int server, int before, int origin, FlowSet flows) {

    private record Place(int server, int before, int origin) {}

    /// All ways over servers that are not settled, each after the one that it goes on from.
    static List<JointWay> all(Routes routes, Dependencies dependencies) {
        var numbers = new HashMap<Place, Integer>();
        var places = new ArrayList<Place>();
        var flows = new ArrayList<FlowSet.Collector>();
        for (int flow = 0; flow < routes.graph().flows().size(); flow++) {
            int before = -1;
            int origin = Routes.SOURCE;
            for (int server : routes.path(flow)) {
                if (dependencies.isSettled(server)) {
                    origin = server;
                } else {
                    before = number(new Place(server, before, origin), numbers, places, flows);
                    flows.get(before).add(flow);
                }
            }
        }
        var ways = new ArrayList<JointWay>();
        for (int k = 0; k < places.size(); k++) {
            var place = places.get(k);
            int first = place.before() < 0
                    ? place.server()
                    : ways.get(place.before()).first();
            ways.add(new JointWay(
                    first,
                    place.server(),
                    place.before(),
                    place.origin(),
                    flows.get(k).set()));
        }
        return ways;
    }

    private static int number(
            Place place, Map<Place, Integer> numbers, List<Place> places, List<FlowSet.Collector> flows) {
        return numbers.computeIfAbsent(place, _ -> {
            places.add(place);
            flows.add(new FlowSet.Collector());
            return places.size() - 1;
        });
    }
}
