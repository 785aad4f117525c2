package io.millwright.model.plantfile;

import io.millwright.model.Connection;
import java.util.List;
import java.util.Optional;

/// Rules of three protocols, as strict as these tests need: one setting of one protocol, and no empty register.
final class SampleRules implements ProtocolRules {

    @Override
    public List<String> names() {
        return List.of("modbus-tcp", "opc-ua", "sparkplug");
    }

    @Override
    public List<Complaint> check(Connection connection) {
        boolean right = connection
                .setting("security")
                .map(s -> s.equals("Basic256Sha256"))
                .orElse(true);
        return right ? List.of() : List.of(new Complaint("security", "unknown policy; write Basic256Sha256"));
    }

    @Override
    public Optional<String> checkPoint(String protocol, String point) {
        return protocol.equals("modbus-tcp") && !point.startsWith("holding/")
                ? Optional.of("\"" + point + "\" is no register; write holding/ADDRESS:TYPE")
                : Optional.empty();
    }
}
