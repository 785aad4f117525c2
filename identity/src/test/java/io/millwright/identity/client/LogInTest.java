package io.millwright.identity.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.server.Administration;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Log-ins of the Chinese system (operations 2000 and 2001), one for a connection, and again when the node says so.
class LogInTest {

    enum By {
        PASSWORD(AdministeredNode.BY_SECRET),
        RSA(AdministeredNode.BY_RSA),
        ED25519(AdministeredNode.BY_ED25519),
        SM2(AdministeredNode.BY_SM2);

        final Identity identity;

        By(Identity identity) {
            this.identity = identity;
        }
    }

    private static HandleRecord record(int number) {
        return new HandleRecord(
                Handle.of("88.118.7/" + number), List.of(HandleValue.published(1, "DESC", "x", number)));
    }

    private static void succeeds(Result result) {
        assertInstanceOf(Result.Done.class, result, result.toString());
    }

    /// "Log in first" (408), the log-in, its proof, the request: four messages; then one for each request.
    @ParameterizedTest
    @EnumSource
    void oneLogInServesManyRequests(By by) throws Exception {
        try (var node = new AdministeredNode();
                var client =
                        HandleClient.to(Endpoint.tcp(node.server.tcpAddress().orElseThrow()))) {
            var admin = client.loggedInAs(by.identity);
            for (int i = 0; i < 10; i++) {
                succeeds(admin.create(record(i)));
            }
            assertEquals(13, node.server.statistics().requests());
            assertEquals(1, node.server.openConnections());
        }
    }

    /// Code 407: the log-in was too long ago.
    @Test
    void anOldLogInIsMadeAnew() throws Exception {
        var time = new ManualTime(Time.system().epochNanos());
        var steward = AdministeredNode.BY_SECRET;
        try (var node = new AdministeredNode(Administration.by(Set.of(steward.reference())), time);
                var client = HandleClient.to(
                        Endpoint.tcp(node.server.tcpAddress().orElseThrow()), ClientSettings.usual(), time)) {
            var admin = client.loggedInAs(steward);
            succeeds(admin.create(record(1)));
            time.advance(Duration.ofHours(25));
            succeeds(admin.create(record(2)));
            assertEquals(8, node.server.statistics().requests());
        }
    }

    /// A node that was started again knows of no log-in, and the connection is gone.
    @Test
    void aNodeThatWasStartedAgainIsLoggedInAt() throws Exception {
        var records = new MemoryRegistry(List.of());
        var first = FollowedNode.primary(records);
        var address = first.server.tcpAddress().orElseThrow();
        try (var client = HandleClient.to(Endpoint.tcp(address))) {
            var admin = client.loggedInAs(FollowedNode.STEWARD);
            succeeds(admin.create(record(1)));
            first.close();
            assertInstanceOf(Result.Unreachable.class, admin.create(record(2)));
            try (var again = FollowedNode.primary(records, administration -> administration, address.getPort())) {
                succeeds(admin.create(record(2)));
                assertEquals(4, again.server.statistics().requests());
            }
        }
    }

    @Test
    void whoCannotProveItIsNotLoggedIn() throws Exception {
        try (var node = new AdministeredNode();
                var client =
                        HandleClient.to(Endpoint.tcp(node.server.tcpAddress().orElseThrow()))) {
            var guess = new Identity.SecretKey(AdministeredNode.BY_SECRET.reference(), Octets.utf8("guessed"));
            var refused = assertInstanceOf(
                    Result.Refused.class, client.loggedInAs(guess).create(record(1)));
            assertEquals(ResponseCode.CREDENTIAL_REFUSED, refused.code());
            var query = Body.ResolutionRequest.all(AdministeredNode.OWNER);
            assertInstanceOf(
                    Resolution.Found.class,
                    client.loggedInAs(AdministeredNode.BY_RSA).resolve(query));
        }
    }

    @Test
    void logInsAreForConnections() throws Exception {
        try (var node = new AdministeredNode();
                var client =
                        HandleClient.to(Endpoint.udp(node.server.udpAddress().orElseThrow()))) {
            assertThrows(IllegalArgumentException.class, () -> client.loggedInAs(AdministeredNode.BY_SECRET));
        }
    }
}
