package io.millwright.network.schedule;

import io.millwright.network.schedule.Timetable.Place;
import java.util.Arrays;
import java.util.List;

/// Where and when a stream's frames are sent: those of one period, repeated in every period.
///
/// @param links the tree, as indexes of the topology, parents before children
/// @param startsNanos for each of these links the start of the transmission, from the start of the period; the
///     earliest lies within the period, others may be beyond it
/// @param queues for each of these links the queue
public record Placement(List<Integer> links, List<Long> startsNanos, List<Integer> queues) {

    public Placement {
        links = List.copyOf(links);
        startsNanos = List.copyOf(startsNanos);
        queues = List.copyOf(queues);
    }

    static Placement of(Place place) {
        return new Placement(
                Arrays.stream(place.course().links).boxed().toList(),
                Arrays.stream(place.starts()).boxed().toList(),
                Arrays.stream(place.queues()).boxed().toList());
    }

    /// From the start of the period to the start of the first transmission.
    public long offsetNanos() {
        return startsNanos.stream().mapToLong(Long::longValue).min().orElse(0);
    }

    /// From the start of the first transmission to the end of the last arrival at a listener.
    public long delayNanos(Topology topology, Stream stream) {
        long last = 0;
        for (int i = 0; i < links.size(); i++) {
            var link = topology.links().get(links.get(i));
            if (stream.destinations().contains(link.to())) {
                last = Math.max(
                        last, startsNanos.get(i) + link.transmissionNanos(stream.octets()) + link.propagationNanos());
            }
        }
        return last - offsetNanos();
    }
}
