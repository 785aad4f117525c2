package io.millwright.connect.sparkplug;

import io.millwright.connect.mqtt.MqttPublication;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;

/// What an edge node's session wants done: messages to publish and commands to obey, in order.
final class EdgeEffects {

    /// A host wants a metric to have a value.
    record Command(String device, String metric, Value value) {}

    final List<MqttPublication> publications = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    /// Whether to leave the broker after that and to come back with a new birth and death sequence number.
    boolean leave;
}
