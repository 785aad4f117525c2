package io.millwright.certificate.schedule;

import java.util.List;

/// A plan that can be replayed: every stream has a tree, every frame an offset and on each link a queue whose
/// gate is open long enough at some time.
///
/// @param hyperperiod the least common multiple of all periods, in ns
/// @param frames how many are released in a hyperperiod
/// @param passages how often a frame is sent on a link in a hyperperiod
/// @param entries by port, how many entries its gate list has
record Plan(List<Flow> flows, List<Port> ports, long hyperperiod, long frames, long passages, int[] entries) {}
