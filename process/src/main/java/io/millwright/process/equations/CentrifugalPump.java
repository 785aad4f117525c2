package io.millwright.process.equations;

/// A centrifugal pump against a pipe: where its head curve crosses the pipe's.
///
/// J. F. Gülich, "Centrifugal Pumps", sections 3.4 (affinity laws) and 11 (interaction with the system): the pump
/// gives H = H0 (n/n0)² - c Q², the pipe takes H = Hs + r Q². The efficiency is a parabola in Q n0/n with its top at
/// the best point, so that it, too, follows the affinity laws.
///
/// @param nominalRpm the speed n0 for which the curve is given, 1/min
/// @param shutOffHead H0, the head without flow at n0, m
/// @param curve c, m per (m³/h)²
/// @param bestFlow flow of the best efficiency at n0, m³/h
/// @param bestEfficiency 0 to 1
/// @param staticHead Hs, m
/// @param pipe r, m per (m³/h)²
/// @param vanes number of vanes of the impeller
public record CentrifugalPump(
        double nominalRpm,
        double shutOffHead,
        double curve,
        double bestFlow,
        double bestEfficiency,
        double staticHead,
        double pipe,
        int vanes) {

    private static final double WATER_DENSITY = 998;
    private static final double GRAVITY = 9.80665;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double EFFICIENCY_MIN = 0.05;

    /// What it does at one speed.
    ///
    /// @param flow m³/h
    /// @param head m
    /// @param efficiency 0 to 1
    /// @param shaftWatts power taken at the shaft
    public record Operation(double flow, double head, double efficiency, double shaftWatts) {}

    /// Where it works at this speed.
    ///
    /// @param rpm speed, 1/min
    /// @param efficiencyLoss share of head and efficiency that wear or clogging has taken, 0 to below 1
    public Operation at(double rpm, double efficiencyLoss) {
        double ratio = rpm / nominalRpm;
        double shutOff = shutOffHead * ratio * ratio * (1 - efficiencyLoss);
        double flow = Math.sqrt(Math.max(0, shutOff - staticHead) / (curve + pipe));
        double head = shutOff - curve * flow * flow;
        double offBest = ratio == 0 ? 0 : flow / ratio / bestFlow - 1;
        double efficiency = Math.max(EFFICIENCY_MIN, bestEfficiency * (1 - offBest * offBest) * (1 - efficiencyLoss));
        double watts = WATER_DENSITY * GRAVITY * head * flow / SECONDS_PER_HOUR / efficiency;
        return new Operation(flow, head, efficiency, watts);
    }
}
