package io.millwright.connect.mqtt;

import io.millwright.connect.LinkException;
import java.util.List;
import java.util.OptionalLong;

/// What a protocol on top of MQTT does with a broker. All calls come from the one thread that owns the session, so
/// that what they change needs no lock.
public interface SessionHandler {

    /// How to connect this time; asked before each attempt.
    BrokerSettings settings();

    /// The broker has admitted us: subscribe now.
    ///
    /// @throws LinkException if that fails; the connection is then given up and made again
    void connected(BrokerConnection connection) throws LinkException;

    /// Messages arrived, in order.
    void received(List<MqttMessage> messages);

    /// The broker is gone, or could not be reached, or refuses. Called for each failed attempt too.
    void disconnected(LinkException why);

    /// A last word before leaving on purpose, while the connection is still there.
    void leaving(BrokerConnection connection);

    /// When [#elapsed] is to be called, by the monotonic clock; empty for not at all.
    OptionalLong deadline();

    /// The deadline has passed.
    void elapsed();
}
