package io.millwright.network.bounds;

import io.millwright.network.curve.RateLatency;

/// A place where flows wait: the output port of a bridge, a link, a processor. Whenever data waits, it serves
/// at least what its curve guarantees for the time since the waiting began (a strict service curve; Le Boudec
/// and Thiran, definition 1.3.2).
///
/// @param id its name in the graph
/// @param service what it guarantees; its rate is above zero
public record Server(String id, RateLatency service) {}
