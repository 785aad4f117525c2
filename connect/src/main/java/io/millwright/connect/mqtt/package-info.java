/// MQTT 5 and 3.1.1 (OASIS): signals that arrive as messages on topics of a broker, and what every protocol on top of
/// MQTT shares: [BrokerSettings] and the [BrokerConnection] made from them.
@NullMarked
package io.millwright.connect.mqtt;

import org.jspecify.annotations.NullMarked;
