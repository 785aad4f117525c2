package io.millwright.node.api;

import io.millwright.node.plc.ControlDesk;
import io.millwright.node.runtime.PlantRuntime;
import io.millwright.node.tree.NodeTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What an [HttpServer] tells of.
///
/// @param plant a running plant; nothing where there are identifiers alone
/// @param identifiers the nodes of identifiers
/// @param version of the program, for those who ask
public record Served(Optional<PlantRuntime> plant, NodeTree identifiers, String version) {

    /// A plant with its own node of identifiers.
    static Served plant(PlantRuntime runtime) {
        return new Served(
                Optional.of(runtime), runtime.identity().tree(runtime.plant().prefix()), runtime.version());
    }

    /// Nodes of identifiers alone.
    public static Served identifiers(NodeTree tree, String version) {
        return new Served(Optional.empty(), tree, version);
    }

    /// What there is to ask for: pages of the console depend on it.
    ///
    /// @param plant whether there are a plant and its values
    /// @param plc whether there is control logic
    record AboutView(String version, boolean plant, boolean plc) {}

    /// The virtual PLC, where there is one.
    Optional<ControlDesk> desk() {
        return plant.flatMap(PlantRuntime::control).map(ControlDesk::new);
    }

    List<Route> routes() {
        var routes = new ArrayList<Route>();
        var about = new AboutView(version, plant.isPresent(), desk().isPresent());
        routes.add(Route.get(
                "/about",
                "What this server tells of: a plant, or identifiers alone.",
                List.of(),
                AboutView.class,
                _ -> about));
        plant.ifPresent(runtime -> routes.addAll(new PlantRoutes(runtime).all()));
        plant.ifPresent(
                runtime -> routes.addAll(new NetworkRoutes(runtime.plant().network()).all()));
        desk().ifPresent(d -> routes.addAll(new PlcRoutes(d).all()));
        desk().ifPresent(d -> routes.addAll(new RecordRoutes(d).all()));
        routes.addAll(new IdentifierRoutes(identifiers).all());
        return routes;
    }
}
