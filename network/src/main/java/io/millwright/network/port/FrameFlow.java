package io.millwright.network.port;

import io.millwright.network.curve.Data;
import io.millwright.network.curve.TokenBucket;
import java.util.List;

/// Frames from one source that take one way. All sizes are those on the wire: with preamble, start of frame and
/// gap, 20 octets more than the frame with its checksum.
///
/// @param id its name
/// @param trafficClass its traffic class at all ports, 0 to 7
/// @param path the ports it passes, as places in [PortNetwork#ports()]; none twice
/// @param smallest its smallest frame; above zero
/// @param largest its largest frame
/// @param arrivals what its source sends, frames counted as a whole when they come; the burst is not below the
///     largest frame, the rate above zero
public record FrameFlow(
        String id, int trafficClass, List<Integer> path, Data smallest, Data largest, TokenBucket arrivals) {

    public FrameFlow {
        path = List.copyOf(path);
    }
}
