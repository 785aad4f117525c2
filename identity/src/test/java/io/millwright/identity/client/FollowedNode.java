package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.Administration;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/// A primary or a mirror of 88.118.7 on free loopback ports, with a ledger that outlives it.
final class FollowedNode implements AutoCloseable {

    static final String PREFIX = AdministeredNode.PREFIX;
    /// A disk that stands still for some seconds fails no test.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    static final Identity STEWARD = AdministeredNode.BY_SECRET;

    /// An administrator with a key of SM2.
    static final Identity BY_SM2 = new Identity.PrivateKey(
            of(303), new SigningKey.Sm2((ECPrivateKeyParameters) AdministeredNode.SM2_KEYS.getPrivate()));

    final Ledger ledger;
    final HandleServer server;
    private final HandleClient client;

    private FollowedNode(Ledger ledger, boolean primary, UnaryOperator<Administration> settings, int port)
            throws IOException {
        this.ledger = ledger;
        var administration = Administration.by(Set.of(STEWARD.reference(), BY_SM2.reference()))
                .withKey(AdministeredNode.RSA_KEYS);
        server = HandleServer.bind(
                ServerSettings.on(InetAddress.getLoopbackAddress(), port, ServerSettings.CLOSED)
                        .withTimeouts(PATIENCE, PATIENCE)
                        .withAdministration(settings.apply(administration)),
                1,
                Time.system());
        server.serve(ledger, primary ? server.site() : server.site().withPrimaryMask(0), 0);
        var patient = ClientSettings.usual().withConnectTimeout(PATIENCE).withAnswerTimeout(PATIENCE);
        client = HandleClient.to(Endpoint.tcp(server.tcpAddress().orElseThrow()), patient, Time.system());
    }

    /// Its stewards' record is registered if it is not.
    static FollowedNode primary(Ledger ledger) throws IOException {
        return primary(ledger, administration -> administration);
    }

    static FollowedNode primary(Ledger ledger, UnaryOperator<Administration> settings) throws IOException {
        return primary(ledger, settings, 0);
    }

    static FollowedNode primary(Ledger ledger, UnaryOperator<Administration> settings, int port) throws IOException {
        if (ledger.find(AdministeredNode.OWNER).isEmpty()) {
            ledger.commit(new Change.Home(PREFIX)).join();
            ledger.commit(new Change.Create(owner())).join();
        }
        return new FollowedNode(ledger, true, settings, port);
    }

    static FollowedNode mirror(Ledger ledger) throws IOException {
        return new FollowedNode(ledger, false, administration -> administration, 0);
    }

    /// Says that the stewards may do everything with a record.
    static List<HandleValue> administrators() {
        return List.of(administrator(100, STEWARD), administrator(101, BY_SM2));
    }

    private static HandleValue administrator(int index, Identity who) {
        var all = new Administrator(Administrator.ALL, who.reference()).encode();
        return value(index, "HS_ADMIN", all, Permissions.PUBLISHED);
    }

    private static HandleRecord owner() {
        return new HandleRecord(
                AdministeredNode.OWNER,
                List.of(
                        administrator(100, STEWARD),
                        administrator(101, BY_SM2),
                        value(STEWARD.reference().index(), "HS_SECKEY", AdministeredNode.SECRET, Permissions.SECRET),
                        value(
                                303,
                                "HS_PUBKEY",
                                new VerificationKey.Sm2((ECPublicKeyParameters) AdministeredNode.SM2_KEYS.getPublic())
                                        .encode(),
                                Permissions.PUBLISHED)));
    }

    static HandleValue value(int index, String type, Octets data, Permissions permissions) {
        return new HandleValue(index, type, data, permissions, TimeToLive.DAY, 1, List.of());
    }

    static ValueReference of(int index) {
        return new ValueReference(AdministeredNode.OWNER, index);
    }

    static HandleRecord record(int number, String text) {
        return new HandleRecord(
                Handle.of(PREFIX + "/" + number), List.of(HandleValue.published(1, "DESC", text, number)));
    }

    AdministeringClient session() throws Exception {
        return session(STEWARD);
    }

    AdministeringClient session(Identity identity) throws Exception {
        var key = VerificationKey.decode(server.site().servers().getFirst().publicKey());
        return switch (client.as(identity).openSession(key)) {
            case AdministeringClient.Opening.Opened(var opened) -> opened;
            case AdministeringClient.Opening.Refused(var why) -> throw new AssertionError(why.toString());
        };
    }

    AdministeringClient administrator() {
        return client.as(STEWARD);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
