package io.millwright.identity.client;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ReferenceList;
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Where to ask for a handle: sites, and of each the server that holds the handle by hash (RFC 3652, section 3.1).
final class ServiceSite {

    private static final int SITES_MAX = 16;

    /// A door and the key of the server behind it.
    ///
    /// @param publicKey in the form of an HS_PUBKEY value; empty if the server signs nothing
    record Door(Endpoint endpoint, Octets publicKey) {}

    private ServiceSite() {}

    /// The sites that values of a type describe; those that cannot be read are left out.
    static List<Site> of(List<HandleValue> values, String type) {
        var sites = new ArrayList<Site>();
        for (var value : values) {
            if (value.hasType(type) && sites.size() < SITES_MAX) {
                try {
                    sites.add(Site.decode(value.data()));
                } catch (MalformedException e) {
                    // What cannot be read is left out; another site may be told rightly.
                }
            }
        }
        return sites;
    }

    static List<Site> of(List<HandleValue> values) {
        return of(values, ValueTypes.HS_SITE);
    }

    /// The HS_SITE values that the HS_PRIMARY value of a handle refers to, not more than [#SITES_MAX].
    static List<ValueReference> primaries(HandleRecord found) {
        for (var value : found.valuesOf(ValueTypes.HS_PRIMARY)) {
            try {
                var named = ReferenceList.decode(value.data()).references();
                return named.subList(0, Math.min(named.size(), SITES_MAX));
            } catch (MalformedException e) {
                // What cannot be read names nothing.
            }
        }
        return List.of();
    }

    /// The doors at which the handle can be asked for, the quickest first: UDP, TCP, HTTP; of primary sites before
    /// others if the handle is to be changed.
    static List<Door> doors(List<Site> sites, Handle handle, int purpose) {
        boolean change = purpose == SiteServer.ADMINISTRATION;
        return sites.stream()
                .filter(site -> !site.servers().isEmpty() && (!change || site.isPrimary()))
                .map(site -> site.servers().get(ServerHash.serverOf(handle, site)))
                .flatMap(server -> server.doors().stream()
                        .filter(door -> (door.purpose() & purpose) != 0)
                        .sorted(Comparator.comparingInt(SiteServer.Door::protocol))
                        .flatMap(door -> endpoint(server, door).stream())
                        .map(endpoint -> new Door(endpoint, server.publicKey())))
                .toList();
    }

    private static Optional<Endpoint> endpoint(SiteServer server, SiteServer.Door door) {
        if (door.port() < 1 || door.port() > 65_535) {
            return Optional.empty();
        }
        var address = new InetSocketAddress(server.inetAddress(), door.port());
        return switch (door.protocol()) {
            case SiteServer.UDP -> Optional.of(Endpoint.udp(address));
            case SiteServer.TCP -> Optional.of(Endpoint.tcp(address));
            case SiteServer.HTTP -> Optional.of(Endpoint.http(address));
            default -> Optional.empty();
        };
    }
}
