package io.millwright.network.failure;

/// What changes at one device from a schedule to its alternative. Windows are counted in a hyperperiod.
///
/// @param node the device
/// @param needed whether the streams that move need it: a list of gates, a route or an offset is new. Where
///     not, what no frame uses any more can be cleared later, or never
/// @param lists how many of its ports get another list of gates
/// @param windowsAdded times in which a gate is open now
/// @param windowsRemoved times in which one was open and is not any more
/// @param routesAdded streams and ports to which they are sent on
/// @param routesRemoved streams and ports to which they are not sent on any more
/// @param talkers streams that begin here and get another offset, or stop
public record DeviceChange(
        int node,
        boolean needed,
        int lists,
        long windowsAdded,
        long windowsRemoved,
        int routesAdded,
        int routesRemoved,
        int talkers) {}
