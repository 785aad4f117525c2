package io.millwright.model;

/// A machine that runs workloads.
///
/// @param name its name, which is also its station's name in the network
/// @param tier where it stands
/// @param cores how many processor cores it has
/// @param memoryBytes how much memory it has
/// @param realtimeCores how many of the cores are kept for real-time work, at most all
public record ComputeNode(String name, Tier tier, int cores, long memoryBytes, int realtimeCores) {

    public ComputeNode {
        if (realtimeCores > cores) {
            throw new IllegalArgumentException(
                    name + " keeps " + realtimeCores + " cores for real-time work and has only " + cores);
        }
    }

    /// The tiers of control, network and compute.
    public enum Tier {
        /// At the machine.
        FIELD,
        /// In the plant.
        EDGE,
        /// In the company's data centre.
        CENTRE
    }
}
