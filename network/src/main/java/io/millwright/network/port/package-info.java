/// Worst-case bounds for frames through the ports of bridges (IEEE 802.1Q-2022, clause 8.6.8): queues by
/// traffic class, strict priority, frame preemption, credit-based shapers, gates, asynchronous shaping and
/// cyclic queuing.
///
/// A [PortNetwork] is read by [PortFile] and bounded by [PortAnalysis]. From the highest class down, what a
/// port leaves for a class is a service curve ([ClassService]), which depends on what comes of the classes
/// above; with it the delays of the class are bounded in all its queues, and what comes of it to each, for the
/// classes below. Each class is then also a graph of servers, for the analyses of `bounds`. Why the curves hold
/// stands in `docs/reference/network-ports.md`.
@NullMarked
package io.millwright.network.port;

import org.jspecify.annotations.NullMarked;
