package io.millwright.connect.sparkplug;

/// The edge node's side.
final class EdgeNodeSession {}
