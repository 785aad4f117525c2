package io.millwright.node.command;

import io.millwright.connect.Protocols;
import io.millwright.model.Connection;
import io.millwright.model.plantfile.ProtocolRules;
import java.util.List;
import java.util.Optional;

/// Tells the reader of plant files what the drivers know.
record ConnectRules(Protocols protocols) implements ProtocolRules {

    @Override
    public List<String> names() {
        return protocols.names();
    }

    @Override
    public List<Complaint> check(Connection connection) {
        return protocols.check(connection).stream()
                .map(problem -> new Complaint(problem.setting(), problem.message()))
                .toList();
    }

    @Override
    public Optional<String> checkPoint(String protocol, String point) {
        return protocols.named(protocol).orElseThrow().checkPoint(point);
    }
}
