package io.millwright.connect.opcua;

import io.millwright.connect.HostPort;
import io.millwright.connect.Protocol.Problem;
import io.millwright.connect.Settings;
import io.millwright.model.Connection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;

/// What a connection of OPC UA is made of.
///
/// @param url `opc.tcp://host:port/path`
/// @param address where the server listens
/// @param security the security policy, exactly this one
/// @param mode whether messages are signed only or encrypted as well; none with the policy `None`
/// @param user who logs in with the password in the file; empty for anonymous
/// @param publishing how often the server sends what it sampled
/// @param timeout how long an answer may take
record OpcUaSettings(
        String url,
        HostPort address,
        SecurityPolicy security,
        MessageSecurityMode mode,
        Optional<String> user,
        Optional<Path> passwordFile,
        Duration publishing,
        Duration timeout) {

    private static final String SCHEME = "opc.tcp://";
    private static final int PORT = 4840;
    private static final Set<String> KEYS =
            Set.of("security", "mode", "user", "password-file", "publishing", "timeout");

    /// Reads a connection, noting what is wrong with it.
    static OpcUaSettings read(Connection connection, List<Problem> problems) {
        var settings = new Settings(connection);
        HostPort address = address(connection.endpoint(), settings);
        SecurityPolicy security = SecurityPolicy.valueOf(settings.choice(
                "security",
                List.of("Basic256Sha256", "Aes128_Sha256_RsaOaep", "Aes256_Sha256_RsaPss", "None"),
                "Basic256Sha256"));
        MessageSecurityMode mode = MessageSecurityMode.valueOf(
                settings.choice("mode", List.of("Sign", "SignAndEncrypt"), "SignAndEncrypt"));
        if (security == SecurityPolicy.None) {
            mode = MessageSecurityMode.None;
        }
        checkUser(connection, security, settings);
        Duration publishing =
                settings.duration("publishing", Duration.ofMillis(1), Duration.ofMinutes(10), Duration.ofMillis(100));
        Duration timeout =
                settings.duration("timeout", Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofSeconds(5));
        settings.allow(KEYS);
        problems.addAll(settings.problems());
        return new OpcUaSettings(
                connection.endpoint(),
                address,
                security,
                mode,
                connection.setting("user"),
                connection.setting("password-file").map(Path::of),
                publishing,
                timeout);
    }

    private static HostPort address(String endpoint, Settings settings) {
        try {
            if (endpoint.startsWith(SCHEME)) {
                String rest = endpoint.substring(SCHEME.length());
                int slash = rest.indexOf('/');
                return HostPort.parse(slash < 0 ? rest : rest.substring(0, slash), PORT);
            }
            settings.problem("endpoint", "\"" + endpoint + "\" does not begin with " + SCHEME);
        } catch (IllegalArgumentException e) {
            settings.problem("endpoint", "\"" + endpoint + "\": " + e.getMessage());
        }
        return new HostPort("localhost", PORT);
    }

    private static void checkUser(Connection connection, SecurityPolicy security, Settings settings) {
        if (connection.setting("password").isPresent()) {
            settings.problem(
                    "password", "a password does not stand in a plant file; name a password-file that holds it");
        }
        if (connection.setting("user").isPresent()
                != connection.setting("password-file").isPresent()) {
            settings.problem("user", "user and password-file go together; give both or neither");
        }
        if (connection.setting("user").isPresent() && security == SecurityPolicy.None) {
            settings.problem("security", "a password is not sent to a server without security; leave out `security`");
        }
    }
}
