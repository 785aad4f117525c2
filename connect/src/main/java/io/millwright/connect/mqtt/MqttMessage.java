package io.millwright.connect.mqtt;

/// A message that a broker delivered.
///
/// @param topic the topic it was published to
/// @param payload its bytes; not to be changed
/// @param qos 0, 1 or 2
/// @param retained whether the broker had kept it from before the subscription
/// @param acknowledgement tells the broker that the message is safe; does nothing at QoS 0; to be run once at most.
///     A message that is not acknowledged comes again after the next connect.
public record MqttMessage(String topic, byte[] payload, int qos, boolean retained, Runnable acknowledgement) {}
