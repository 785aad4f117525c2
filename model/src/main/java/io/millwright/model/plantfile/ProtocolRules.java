package io.millwright.model.plantfile;

import io.millwright.model.Connection;
import java.util.List;
import java.util.Optional;

/// What the protocols know about plant files: their names, their settings and the notation of their points.
public interface ProtocolRules {

    /// The names of all protocols, e.g. `modbus-tcp`.
    List<String> names();

    /// Everything wrong with a connection.
    ///
    /// @param connection a connection whose protocol is one of [#names]
    List<Complaint> check(Connection connection);

    /// What is wrong with a point, and what would be right; empty when it is right.
    ///
    /// @param protocol one of [#names]
    /// @param point the point in the protocol's notation
    Optional<String> checkPoint(String protocol, String point);

    /// A mistake in one setting of a connection.
    ///
    /// @param setting the key of the setting, `endpoint` for the endpoint
    /// @param message what is wrong and what would be right
    record Complaint(String setting, String message) {}
}
