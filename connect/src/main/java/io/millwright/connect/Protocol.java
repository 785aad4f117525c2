package io.millwright.connect;

import io.millwright.model.Connection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A protocol that devices speak. Holds no state and opens nothing until [#open].
public interface Protocol {

    /// The name used in plant files, e.g. `modbus-tcp`.
    String name();

    /// The URI schemes by which a bare endpoint on the command line is known to speak this protocol, e.g. `opc.tcp`.
    /// An endpoint written with one of them is a right endpoint of this protocol.
    default Set<String> schemes() {
        return Set.of(name());
    }

    /// Everything wrong with a connection of this protocol: endpoint, unknown settings, values of settings. Empty
    /// when it is right. Does not touch the network.
    List<Problem> check(Connection connection);

    /// What is wrong with a point of this protocol, and what would be right; empty when it is right.
    Optional<String> checkPoint(String point);

    /// A link to the device. Returns at once: the link connects by itself when it is started or first asked.
    ///
    /// @param connection a connection that [#check] found right
    Link open(Connection connection, LinkContext context);

    /// A mistake in one setting of a connection.
    ///
    /// @param setting the setting's key, `endpoint` for the endpoint
    /// @param message what is wrong and what would be right
    record Problem(String setting, String message) {}
}
