package io.millwright.connect.mqtt;
/// Settings.
public record BrokerSettings() {}
