package io.millwright.network.bounds;

import io.millwright.network.curve.TokenBucket;
import java.util.List;

/// Data from one source that takes one way.
///
/// @param id its name in the graph
/// @param path the servers it passes, as places in [ServerGraph#servers()]; none twice
/// @param arrivals what its source sends; the rate is above zero
public record Flow(String id, List<Integer> path, TokenBucket arrivals) {

    public Flow {
        path = List.copyOf(path);
    }
}
