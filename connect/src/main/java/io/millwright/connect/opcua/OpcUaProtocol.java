package io.millwright.connect.opcua;

import io.millwright.connect.Link;
import io.millwright.connect.LinkContext;
import io.millwright.connect.Protocol;
import io.millwright.model.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// OPC UA over `opc.tcp`, `opc-ua` in plant files. The endpoint is `opc.tcp://host:port/path`.
///
/// | setting | meaning | usual |
/// |---|---|---|
/// | `security` | security policy: `Basic256Sha256`, `Aes128_Sha256_RsaOaep`, `Aes256_Sha256_RsaPss`, `None` |
/// `Basic256Sha256` |
/// | `mode` | `Sign` or `SignAndEncrypt` | `SignAndEncrypt` |
/// | `user`, `password-file` | who logs in, and the file that holds the password; not without security | anonymous |
/// | `publishing` | how often the server sends what it sampled, 1ms–10min | 100ms |
/// | `timeout` | how long an answer may take, 100ms–1min | 5s |
///
/// A point is a NodeId, e.g. `ns=2;s=Tank1.Inflow` or `nsu=urn:plant;s=Tank1.Inflow`; with `@[3]` behind it the
/// fourth element of an array. A signal is sampled by the server at its `every`. Status codes, the overflow bit among
/// them, and source times are kept as they come; where there is no source time the server's is taken.
///
/// Numbers, truth values and texts become what they are. A DateTime becomes ISO 8601 text, a ByteString Base64, other
/// scalars their text in the standard's notation, an array of scalars a JSON array as text. Structures are
/// `BadNotSupported`.
///
/// Who may be talked to is decided by certificates in the security folder of the link's context: `own` holds this
/// node's, made on first use; `trusted` the servers' or their authorities'; `issuers` authorities that complete a
/// chain; a server that is not trusted is left in `rejected`.
public final class OpcUaProtocol implements Protocol {

    @Override
    public String name() {
        return "opc-ua";
    }

    @Override
    public Set<String> schemes() {
        return Set.of("opc.tcp");
    }

    @Override
    public List<Problem> check(Connection connection) {
        var problems = new ArrayList<Problem>();
        OpcUaSettings.read(connection, problems);
        return problems;
    }

    @Override
    public Optional<String> checkPoint(String point) {
        try {
            NodePoint.parse(point);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Link open(Connection connection, LinkContext context) {
        return new OpcUaLink(connection.name(), OpcUaSettings.read(connection, new ArrayList<>()), context);
    }
}
