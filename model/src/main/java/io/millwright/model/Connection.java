package io.millwright.model;

import java.util.Map;
import java.util.Optional;

/// A link to a device or server in one protocol, as the plant file describes it.
///
/// @param name its name in the plant file
/// @param protocol which protocol: `modbus-tcp`, `opc-ua`, `sparkplug` or `mqtt`
/// @param endpoint where the device listens, in the protocol's own form, e.g. `127.0.0.1:1502` or
/// `opc.tcp://127.0.0.1:4840`
/// @param settings what else the protocol needs, e.g. `unit`, `security`, `group`; which there are and which values
///     they take is the protocol's affair
public record Connection(String name, String protocol, String endpoint, Map<String, String> settings) {

    public Connection {
        settings = Map.copyOf(settings);
    }

    /// The value of a setting, if the plant file gives one.
    public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
    }
}
