package io.millwright.identity.client;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.model.Time;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// Changes a site whose servers share the handles among them by hash: what is about one handle goes to the server that
/// holds it, what is about a prefix to all of them (RFC 3652, sections 3.1.3 and 3.7).
public final class SiteClient implements AutoCloseable {

    private final Site site;
    private final List<HandleClient> servers = new ArrayList<>();
    private final Identity identity;

    private SiteClient(Site site, Identity identity) {
        this.site = site;
        this.identity = identity;
    }

    /// @throws IllegalArgumentException if a server has no door for administration by TCP: its answers may be long
    public static SiteClient to(Site site, Identity identity, ClientSettings settings, Time time) {
        var client = new SiteClient(site, identity);
        for (var server : site.servers()) {
            client.servers.add(HandleClient.to(Endpoint.tcp(door(server)), settings, time));
        }
        return client;
    }

    private static InetSocketAddress door(SiteServer server) {
        return server.doors().stream()
                .filter(d -> d.protocol() == SiteServer.TCP && (d.purpose() & SiteServer.ADMINISTRATION) != 0)
                .findFirst()
                .map(d -> new InetSocketAddress(server.inetAddress(), d.port()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "server " + Integer.toUnsignedString(server.id()) + " of the site takes no changes by TCP"));
    }

    /// The server that holds a handle.
    public AdministeringClient holding(Handle handle) {
        return servers.get(ServerHash.serverOf(handle, site)).as(identity);
    }

    /// Lists the handles under a prefix, server by server.
    ///
    /// @return of the first server that did not tell all, or of the last
    public Result list(String prefix, Consumer<Handle> each) {
        return atAll(server -> server.list(prefix, each));
    }

    /// Has every server answer for a prefix. Doing it again after a failure completes it.
    ///
    /// @return of the first server that did not, or of the last
    public Result home(String prefix) {
        return atAll(server -> server.home(prefix));
    }

    /// Has no server answer for a prefix any more. Doing it again after a failure completes it.
    ///
    /// @return of the first server that did not, or of the last
    public Result unhome(String prefix) {
        return atAll(server -> server.unhome(prefix));
    }

    private Result atAll(Function<AdministeringClient, Result> action) {
        Result last = new Result.Done(new Body.Empty());
        for (var server : servers) {
            last = action.apply(server.as(identity));
            if (!(last instanceof Result.Done)) {
                return last;
            }
        }
        return last;
    }

    @Override
    public void close() {
        servers.forEach(HandleClient::close);
    }
}
