/// The network as an engineer knows it: [stations, bridges, links and streams][NetworkModel] by their names,
/// with quantities that know their unit.
///
/// [PlantNetworks] takes it from a plant file, [TopologyFile] from GraphML and node-link JSON. [GateProblem] is
/// what a scheduler is asked, [PortGraph] what an analysis of worst cases is asked; both say their results in
/// the network's names.
@NullMarked
package io.millwright.network.model;

import org.jspecify.annotations.NullMarked;
