package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.server.Administration;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.HandleServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A primary or a mirror of 88.118.7 on free loopback ports, with a ledger that outlives it.
final class FollowedNode implements AutoCloseable {

    static final String PREFIX = AdministeredNode.PREFIX;
    static final Identity STEWARD = AdministeredNode.BY_SECRET;

    final Ledger ledger;
    final HandleServer server;
    private final HandleClient client;

    private FollowedNode(Ledger ledger, boolean primary, UnaryOperator<Administration> settings) throws IOException {
        this.ledger = ledger;
        var administration = Administration.by(Set.of(STEWARD.reference())).withKey(AdministeredNode.RSA_KEYS);
        server = HandleServer.bind(
                ServerSettings.freePorts().withAdministration(settings.apply(administration)), 1, Time.system());
        server.serve(ledger, primary ? server.site() : mirror(server.site()), 0);
        client = HandleClient.to(Endpoint.tcp(server.tcpAddress().orElseThrow()));
    }

    /// Its stewards' record is registered if it is not.
    static FollowedNode primary(Ledger ledger) throws IOException {
        return primary(ledger, administration -> administration);
    }

    static FollowedNode primary(Ledger ledger, UnaryOperator<Administration> settings) throws IOException {
        if (ledger.find(AdministeredNode.OWNER).isEmpty()) {
            ledger.commit(new Change.Home(PREFIX)).join();
            ledger.commit(new Change.Create(owner())).join();
        }
        return new FollowedNode(ledger, true, settings);
    }

    static FollowedNode mirror(Ledger ledger) throws IOException {
        return new FollowedNode(ledger, false, administration -> administration);
    }

    private static HandleRecord owner() {
        var all = new Administrator(Administrator.ALL, STEWARD.reference()).encode();
        return new HandleRecord(
                AdministeredNode.OWNER,
                List.of(
                        value(100, "HS_ADMIN", all, Permissions.PUBLISHED),
                        value(
                                STEWARD.reference().index(),
                                "HS_SECKEY",
                                AdministeredNode.SECRET,
                                Permissions.SECRET)));
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

    private static Site mirror(Site s) {
        return new Site(
                s.version(),
                s.protocolMajor(),
                s.protocolMinor(),
                s.serial(),
                0,
                s.hashOption(),
                s.hashFilter(),
                s.attributes(),
                s.servers());
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
