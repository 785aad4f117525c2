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
/// @param control its control logic, in the order of the file
/// @param predictive predictive controllers beside it, in the order of the file
/// @param recording how much is kept of what its control logic does
/// @param simulation process models in the place of its devices, in the order of the file
/// @param network its network; [Network#NONE] where the file describes none
/// @param compute its compute nodes, in the order of the file
/// @param apps its applications, in the order of the file
/// @param zones its security zones, in the order of the file
public record Plant(
        String name,
        String prefix,
        List<Asset> assets,
        List<Connection> connections,
        List<Program> control,
        List<Predictive> predictive,
        RecordingLimits recording,
        List<SimulatedProcess> simulation,
        Network network,
        List<ComputeNode> compute,
        List<App> apps,
        List<Zone> zones) {

    public Plant {
        assets = List.copyOf(assets);
        connections = List.copyOf(connections);
        control = List.copyOf(control);
        predictive = List.copyOf(predictive);
        simulation = List.copyOf(simulation);
        compute = List.copyOf(compute);
        apps = List.copyOf(apps);
        zones = List.copyOf(zones);
    }

    /// A plant of assets and connections alone.
    public Plant(String name, String prefix, List<Asset> assets, List<Connection> connections) {
        this(
                name,
                prefix,
                assets,
                connections,
                List.of(),
                List.of(),
                RecordingLimits.USUAL,
                List.of(),
                Network.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    /// The same plant under another name and with other connections.
    public Plant with(String otherName, List<Connection> otherConnections) {
        return new Plant(
                otherName,
                prefix,
                assets,
                otherConnections,
                control,
                predictive,
                recording,
                simulation,
                network,
                compute,
                apps,
                zones);
    }

    /// The same plant with other process models.
    public Plant with(List<SimulatedProcess> otherSimulation) {
        return new Plant(
                name,
                prefix,
                assets,
                connections,
                control,
                predictive,
                recording,
                otherSimulation,
                network,
                compute,
                apps,
                zones);
    }

    /// The same plant with other control logic.
    public Plant withControl(List<Program> otherControl, List<Predictive> otherPredictive) {
        return new Plant(
                name,
                prefix,
                assets,
                connections,
                otherControl,
                otherPredictive,
                recording,
                simulation,
                network,
                compute,
                apps,
                zones);
    }

    /// Every signal of every asset, in the order of the file.
    public Stream<Signal> signals() {
        return assets.stream().flatMap(a -> a.signals().stream());
    }

    /// The asset of this name, if there is one.
    public Optional<Asset> asset(String assetName) {
        return assets.stream().filter(a -> a.name().equals(assetName)).findFirst();
    }

    /// The connection of this name, if there is one.
    public Optional<Connection> connection(String connectionName) {
        return connections.stream().filter(c -> c.name().equals(connectionName)).findFirst();
    }
}
