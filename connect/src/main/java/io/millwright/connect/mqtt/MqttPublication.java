package io.millwright.connect.mqtt;

/// A message to be published, now or as a will.
///
/// @param topic where to
/// @param payload its bytes; not to be changed
/// @param qos 0, 1 or 2
/// @param retain whether the broker keeps it for later subscribers
public record MqttPublication(String topic, byte[] payload, int qos, boolean retain) {}
