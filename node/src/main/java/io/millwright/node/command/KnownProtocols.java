package io.millwright.node.command;

import io.millwright.connect.Protocols;
import io.millwright.connect.modbus.ModbusTcpProtocol;
import io.millwright.connect.mqtt.MqttProtocol;
import io.millwright.connect.opcua.OpcUaProtocol;
import io.millwright.connect.sparkplug.SparkplugProtocol;

/// The protocols that this program speaks.
final class KnownProtocols {

    static final Protocols ALL =
            Protocols.of(new ModbusTcpProtocol(), new OpcUaProtocol(), new SparkplugProtocol(), new MqttProtocol());

    private KnownProtocols() {}
}
