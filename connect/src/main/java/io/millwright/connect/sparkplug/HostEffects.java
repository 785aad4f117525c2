package io.millwright.connect.sparkplug;

import io.millwright.model.Sample;
import java.util.ArrayList;
import java.util.List;

/// What a host session wants done: samples to be stored, in order, and edge nodes to be asked for a rebirth.
///
/// @param samples grows as the session goes on
/// @param rebirths names of edge nodes
record HostEffects(List<Sample> samples, List<String> rebirths) {

    HostEffects() {
        this(new ArrayList<>(), new ArrayList<>());
    }
}
