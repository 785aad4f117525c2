package io.millwright.model;

import java.util.List;

/// A group of things with the same security requirements (IEC 62443-3-2, zones). A thing is in one zone at most.
///
/// @param name its name
/// @param members the names of assets, stations, switches and compute nodes
public record Zone(String name, List<String> members) {

    public Zone {
        members = List.copyOf(members);
    }
}
