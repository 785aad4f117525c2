package io.millwright.network.schedule;

import java.util.List;

/// Few streams, deadlines and links that cannot go together.
///
/// @param streams ids of the streams
/// @param deadlines ids of those among them whose deadlines matter: with any of these lifted the others come
///     apart
/// @param links those that are too narrow: if any of these had room for all at once, the streams would come
///     apart
/// @param proved whether no method finds a schedule for them; else this one finds none, and does if any one of
///     the streams is left out
public record Conflict(List<Integer> streams, List<Integer> deadlines, List<Link> links, boolean proved) {

    public Conflict {
        streams = List.copyOf(streams);
        deadlines = List.copyOf(deadlines);
        links = List.copyOf(links);
    }
}
