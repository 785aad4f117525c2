package io.millwright.connect.sparkplug;

/// The host application's side.
final class HostSession {}
