package io.millwright.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What one plant file describes.
///
/// @param name the plant's name
/// @param prefix the prefix of its identifiers, e.g. `88.118.7`
/// @param assets its assets, in the order of the file
/// @param connections its connections, in the order of the file
public record Plant(String name, String prefix, List<Asset> assets, List<Connection> connections) {

    public Plant {
        assets = List.copyOf(assets);
        connections = List.copyOf(connections);
    }

    /// Every signal of every asset, in the order of the file.
    public Stream<Signal> signals() {
        return assets.stream().flatMap(a -> a.signals().stream());
    }

    public Optional<Asset> asset(String assetName) {
        return assets.stream().filter(a -> a.name().equals(assetName)).findFirst();
    }

    public Optional<Connection> connection(String connectionName) {
        return connections.stream().filter(c -> c.name().equals(connectionName)).findFirst();
    }
}
