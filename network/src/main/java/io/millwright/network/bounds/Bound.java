package io.millwright.network.bounds;

import io.millwright.network.curve.Time;
import java.util.List;

/// A proved bound of a flow's delay from its source to the end of its way.
///
/// @param method how it was found
/// @param delay no bit is longer under way
/// @param steps how it came about, along the flow's way
public record Bound(Method method, Time delay, List<Step> steps) {}
