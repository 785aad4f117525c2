package io.millwright.node.id;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.Exchange;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ProtocolVersion;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.node.command.FailedError;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What nodes say of themselves, and what is registered of them.
final class Sites {

    /// A node that moves is found again after an hour.
    private static final TimeToLive TTL = TimeToLive.relative(3600);

    private static final int FIRST_INDEX = 1;

    private Sites() {}

    /// The site of a node, as it tells it.
    ///
    /// @throws FailedError if it does not answer
    static Site at(InetSocketAddress address) {
        try (var client = HandleClient.to(Endpoint.tcp(address))) {
            return switch (client.siteInformation()) {
                case Exchange.Answered(var message, var _, int _)
                when message.body() instanceof Body.SiteResponse(var site) -> site;
                case Exchange.Answered(var _, var from, int _) ->
                    throw new FailedError(from + " does not tell its site");
                case Exchange.Failed(var at, var why) -> throw new FailedError("no answer from " + at + ": " + why);
                case Exchange.Garbled(var at, var why) ->
                    throw new FailedError(at + " does not speak the Handle protocol: " + why);
            };
        }
    }

    /// What can be assumed of a node that does not answer: it resolves by UDP and TCP at its address, and signs
    /// nothing.
    static Site presumed(InetSocketAddress address) {
        var doors = List.of(
                new SiteServer.Door(SiteServer.RESOLUTION, SiteServer.UDP, address.getPort()),
                new SiteServer.Door(SiteServer.RESOLUTION, SiteServer.TCP, address.getPort()));
        return new Site(
                Site.LAYOUT_VERSION,
                ProtocolVersion.NEWEST.major(),
                ProtocolVersion.NEWEST.minor(),
                0,
                Site.PRIMARY,
                Site.HASH_BY_ALL,
                Octets.EMPTY,
                List.of(),
                List.of(SiteServer.at(1, address.getAddress(), doors)));
    }

    /// What a node signs with, as somebody says who is trusted.
    static Site withKey(Site site, VerificationKey key) {
        var servers = site.servers().stream()
                .map(s -> new SiteServer(s.id(), s.address(), key.encode(), s.doors()))
                .toList();
        return new Site(
                site.version(),
                site.protocolMajor(),
                site.protocolMinor(),
                site.serial(),
                site.primaryMask(),
                site.hashOption(),
                site.hashFilter(),
                site.attributes(),
                servers);
    }

    /// Values that say who answers for a prefix, and for the prefixes below it.
    static List<HandleValue> values(List<Site> sites, int seconds) {
        var values = new ArrayList<HandleValue>();
        for (var type : List.of(ValueTypes.HS_SITE, ValueTypes.HS_SITE_PREFIX)) {
            for (var site : sites) {
                values.add(new HandleValue(
                        FIRST_INDEX + values.size(),
                        type,
                        site.encode(),
                        Permissions.PUBLISHED,
                        TTL,
                        seconds,
                        List.of()));
            }
        }
        return values;
    }

    /// The same site as one that takes no changes.
    static Site mirror(Site site) {
        return site.withPrimaryMask(0);
    }

    /// The doors of the primary server that already answers for a prefix, in words; nothing if none is registered but
    /// this site itself.
    static Optional<String> otherPrimary(Site root, String prefix, Site own) {
        var resolver = new Resolver(List.of(root), ClientSettings.usual(), Time.system());
        return resolver.resolve(Handle.ofPrefix(prefix)) instanceof Resolution.Found(var found, var _)
                ? otherPrimary(found, own)
                : Optional.empty();
    }

    private static Optional<String> otherPrimary(HandleRecord found, Site own) {
        for (var value : found.valuesOf(ValueTypes.HS_SITE)) {
            try {
                var site = Site.decode(value.data());
                if (site.isPrimary() && !isSame(site, own)) {
                    return Optional.of(ValueText.of(value));
                }
            } catch (MalformedException e) {
                // What cannot be read claims nothing.
            }
        }
        return Optional.empty();
    }

    /// Whether a door of one is a door of the other.
    private static boolean isSame(Site one, Site other) {
        return one.servers().stream()
                .anyMatch(a -> other.servers().stream()
                        .anyMatch(b -> a.address().equals(b.address())
                                && a.doors().stream().anyMatch(d -> b.doors().contains(d))));
    }
}
