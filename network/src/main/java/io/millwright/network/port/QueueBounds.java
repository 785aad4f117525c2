package io.millwright.network.port;

import io.millwright.network.curve.ConcaveCurve;
import io.millwright.network.curve.Data;
import io.millwright.network.curve.Time;

/// The bounds of one class in all its queues; ports and flows by their places in the network.
sealed interface QueueBounds permits ClassDelays, CyclicQueues {

    /// What becomes ready to be sent at a port.
    ConcaveCurve ready(int port);

    /// The longest time from being ready until a frame's time on the link is over.
    Time sending(int port);

    /// The longest time from coming to the queue until a frame's time on the link is over.
    Time longest(int port);

    /// No more data are in the queue or being sent at once, in whole frames.
    Data backlog(int port);

    /// The longest time that a flow needs from the queue at one port of its way to the next queue, or to its
    /// receiver.
    Time passing(int flow, int place);

    /// Whether flows of the class delay each other in a cycle.
    boolean isCyclic();
}
