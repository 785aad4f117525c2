package io.millwright.network.schedule;

import io.millwright.network.schedule.Timetable.Place;
import java.util.BitSet;
import java.util.List;

/// What a placement that somebody tells must keep to be one at all, whoever else is there.
final class PlacementRules {

    private final Topology topology;
    private final Claims claims;

    PlacementRules(Topology topology, Claims claims) {
        this.topology = topology;
        this.claims = claims;
    }

    /// Whether links lead from the talker, each after the one before it, once to every node and to all
    /// listeners.
    boolean isTree(Stream stream, List<Integer> way) {
        var reached = new BitSet();
        reached.set(topology.place(stream.source()));
        for (int link : way) {
            if (link < 0
                    || link >= topology.links().size()
                    || !reached.get(topology.origin(link))
                    || reached.get(topology.target(link))) {
                return false;
            }
            reached.set(topology.target(link));
        }
        for (int destination : stream.destinations()) {
            if (!reached.get(topology.place(destination))) {
                return false;
            }
        }
        return true;
    }

    /// Whether the first start lies in the first period, others come after what is before them, and queues are
    /// those of frames that wait or do not.
    boolean isInOrder(Stream stream, Place place) {
        long first = place.starts()[0];
        if (first < 0 || first >= stream.periodNanos()) {
            return false;
        }
        for (int i = 0; i < place.starts().length; i++) {
            long ready = place.course().ready(topology, i, place.starts());
            int last = topology.links().get(place.course().links[i]).queues() - 1;
            boolean waits = claims.waits(place, i);
            if (place.starts()[i] < Math.max(ready, first)
                    || place.starts()[i] > first + stream.deadlineNanos()
                    || place.queues()[i] < 0
                    || waits && place.queues()[i] >= last
                    || !waits && place.queues()[i] != last) {
                return false;
            }
        }
        return true;
    }
}
