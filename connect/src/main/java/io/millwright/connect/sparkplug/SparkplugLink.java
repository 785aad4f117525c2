package io.millwright.connect.sparkplug;

/// The shell.
final class SparkplugLink {}
