package io.millwright.connect;

/// One point of a device, as browsing finds it.
///
/// @param point how a plant file names it, e.g. `ns=2;s=Tank1.Inflow`
/// @param name the device's own display name for it
/// @param type the data type in the protocol's words, e.g. `Double` or `float32`; empty for a folder
/// @param depth how many levels beneath the start, 0 for the first
/// @param readable whether it has a value
/// @param writable whether it takes a value
public record PointDescription(String point, String name, String type, int depth, boolean readable, boolean writable) {}
