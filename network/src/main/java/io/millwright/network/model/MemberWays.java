package io.millwright.network.model;

import io.millwright.network.schedule.Redundancy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// The ways of the two members of a redundant stream where no schedule says them: the pair that takes least time
/// together, and shares nothing but what nobody can avoid.
final class MemberWays {

    private final List<NetworkModel.Link> timed;
    private final GateProblem.Links links;

    /// @throws Unfit if the links cannot be had by a schedule
    MemberWays(NetworkModel network) {
        timed = network.timed();
        links = GateProblem.linksOf(network);
    }

    /// The ports on the way of each member to a listener; none where there are no two such ways.
    List<List<Ways.Port>> of(NetworkModel.Stream stream, String listener) {
        var trees = Redundancy.ways(links.topology(), GateProblem.stream(stream, links.names()));
        var ways = new ArrayList<List<Ways.Port>>();
        for (var tree : trees) {
            var entering = new HashMap<Integer, Integer>();
            tree.forEach(i -> entering.put(links.topology().links().get(i).to(), i));
            var way = new ArrayDeque<Ways.Port>();
            var link = entering.get(links.names().listener(listener));
            while (link != null) {
                way.addFirst(port(link));
                link = entering.get(links.topology().links().get(link).from());
            }
            ways.add(List.copyOf(way));
        }
        return ways;
    }

    /// Each link is there twice, one direction after the other.
    private Ways.Port port(int index) {
        var link = timed.get(index / 2);
        return index % 2 == 0
                ? new Ways.Port(link.one(), link.other(), link)
                : new Ways.Port(link.other(), link.one(), link);
    }
}
