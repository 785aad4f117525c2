package io.millwright.network.port;

import io.millwright.network.curve.ConvexCurve;

/// What a port guarantees to the queue of a class, in bits on the wire that have been sent.
///
/// @param inOrder what is guaranteed since some earlier moment at which nothing of the class waited (a min-plus
///     service curve): enough for a queue in order of arrival
/// @param strict what is guaranteed within any time in which frames of the class wait; nowhere above the other
record ClassService(ConvexCurve inOrder, ConvexCurve strict) {}
