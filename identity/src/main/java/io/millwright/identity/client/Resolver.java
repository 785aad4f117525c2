package io.millwright.identity.client;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Finds the servers that answer for a handle, beginning at a root, and asks them (RFC 3652, section 3.1; RFC
/// 3651, section 4): the root is asked for the handle `0.NA/prefix`; its HS_SITE values, and those of the
/// handles that its HS_SERV values name, tell the sites; of a site the hash tells the server. Referrals are
/// followed. Whatever servers say, the search ends: after [#STEPS_MAX] questions.
///
/// May be used from many threads at once; each call blocks. Nothing is kept from one call to the next, but by a
/// [Memory].
public final class Resolver {

    static final int STEPS_MAX = 24;

    static final int ALIASES_MAX = 8;

    /// No question is asked when a search has taken so long: hanging servers may be many.
    private static final long SEARCH_NANOS_MAX = 20_000_000_000L;

    private final List<Site> root;
    private final ClientSettings settings;
    private final Time time;
    private final boolean certified;
    private final Memory memory;
    private final Consumer<Hop> observer;

    /// Keeps what describes services from one search to the next.
    public interface Memory {

        /// What is known of a query, or what the search finds.
        Resolution recall(Body.ResolutionRequest query, Supplier<Resolution> search);
    }

    /// One question and its answer.
    ///
    /// @param endpoint the door that was asked
    /// @param asked what it was asked for
    /// @param answer what came of it
    /// @param nanos how long it took
    public record Hop(Endpoint endpoint, Body.ResolutionRequest asked, Resolution answer, long nanos) {}

    /// @param root the sites that answer for handles `0.NA/…`
    public Resolver(List<Site> root, ClientSettings settings, Time time) {
        this(root, settings, time, false, (query, search) -> search.get(), hop -> {});
    }

    private Resolver(
            List<Site> root,
            ClientSettings settings,
            Time time,
            boolean certified,
            Memory memory,
            Consumer<Hop> observer) {
        this.root = List.copyOf(root);
        this.settings = settings;
        this.time = time;
        this.certified = certified;
        this.memory = memory;
        this.observer = observer;
    }

    /// A resolver that takes only answers signed with the key that the server's site tells: what the root signs
    /// tells the keys of the next, and so on. Nobody in between can change anything.
    public Resolver certified() {
        return new Resolver(root, settings, time, true, memory, observer);
    }

    /// A resolver that asks a memory before it asks for what describes a service.
    public Resolver remembering(Memory other) {
        return new Resolver(root, settings, time, certified, other, observer);
    }

    /// A resolver that tells each question and its answer.
    public Resolver observed(Consumer<Hop> other) {
        return new Resolver(root, settings, time, certified, memory, other);
    }

    /// Asks for all values of a handle that anyone may read.
    public Resolution resolve(Handle handle) {
        return resolve(Body.ResolutionRequest.all(handle));
    }

    /// Asks for some values of a handle. A handle that has them only under another name (HS_ALIAS) is not followed.
    public Resolution resolve(Body.ResolutionRequest query) {
        return new Search().resolve(query);
    }

    /// Asks for some values of a handle or, where it is an alias, of the handle it stands for; aliases of aliases too,
    /// at most [#ALIASES_MAX] (RFC 3651, section 3.2.5).
    public Resolution resolveAlias(Body.ResolutionRequest query) {
        return new Search().resolveAlias(query);
    }

    /// The doors of the primary servers that take changes of a handle; none if the prefix has no service.
    public List<Endpoint> administrationOf(Handle handle) {
        var search = new Search();
        var own = search.primariesOf(handle);
        return own.isEmpty() ? doorsOf(handle, SiteServer.ADMINISTRATION) : endpoints(own, handle);
    }

    /// The doors of the servers that can be asked for a handle; none if the prefix has no service.
    public List<Endpoint> resolutionOf(Handle handle) {
        return doorsOf(handle, SiteServer.RESOLUTION);
    }

    private static List<Endpoint> endpoints(List<Site> sites, Handle handle) {
        return ServiceSite.doors(sites, handle, SiteServer.ADMINISTRATION).stream()
                .map(ServiceSite.Door::endpoint)
                .toList();
    }

    private List<Endpoint> doorsOf(Handle handle, int purpose) {
        var sites = new Search().sitesOf(handle);
        return sites instanceof Sites.Found(var found)
                ? ServiceSite.doors(found, handle, purpose).stream()
                        .map(ServiceSite.Door::endpoint)
                        .toList()
                : List.of();
    }

    /// Has the server that holds a secret key check a proof (RFC 3652, section 3.5.3). Its answer counts only
    /// if it is signed with the key that its site tells.
    public boolean verifies(Body.VerifyRequest proof) {
        var handle = proof.identity().handle();
        if (!(new Search().sitesOf(handle) instanceof Sites.Found(var sites))) {
            return false;
        }
        for (var door : ServiceSite.doors(sites, handle, SiteServer.RESOLUTION)) {
            try (var client = HandleClient.to(door.endpoint(), settings, time)) {
                var result = client.verify(proof, VerificationKey.decode(door.publicKey()));
                if (result instanceof Result.Done(Body.VerifyResponse(boolean valid))) {
                    return valid;
                }
            } catch (MalformedException e) {
                // A server without a key can vouch for nothing; another one may.
            }
        }
        return false;
    }

    /// What is known of who answers.
    private sealed interface Sites {
        record Found(List<Site> sites) implements Sites {}

        record Unknown(Resolution why) implements Sites {}
    }

    /// One search and the questions it has left.
    private final class Search {

        private final long began = time.monotonicNanos();
        private int steps;
        private final Set<Handle> services = new HashSet<>();

        Resolution resolve(Body.ResolutionRequest query) {
            return switch (sitesOf(query.handle())) {
                case Sites.Found(var sites) -> follow(query, ask(sites, query));
                case Sites.Unknown(var why) -> why;
            };
        }

        Resolution resolveAlias(Body.ResolutionRequest query) {
            var seen = new LinkedHashSet<Handle>();
            for (var asked = query; ; ) {
                if (!seen.add(asked.handle()) || seen.size() > ALIASES_MAX) {
                    String names = String.join(
                            " → ", seen.stream().map(Handle::toString).toList());
                    return new Resolution.Refused(
                            ResponseCode.RECURSION_LIMIT_EXCEEDED,
                            "aliases lead in a circle, or through too many: " + names + " → " + asked.handle());
                }
                var resolution = resolve(Aliases.including(asked));
                var target = Aliases.targetOf(asked, resolution);
                if (target.isEmpty()) {
                    return Aliases.without(asked, resolution);
                }
                asked = new Body.ResolutionRequest(target.get(), query.indexes(), query.types());
            }
        }

        /// The primary sites that a handle names itself (RFC 3651, section 3.2.6); none if it names none.
        List<Site> primariesOf(Handle handle) {
            var query = new Body.ResolutionRequest(handle, List.of(), List.of(ValueTypes.HS_PRIMARY));
            if (!(resolve(query) instanceof Resolution.Found(var found, var _))) {
                return List.of();
            }
            var sites = new ArrayList<Site>();
            for (var reference : ServiceSite.primaries(found)) {
                var site = new Body.ResolutionRequest(reference.handle(), List.of(reference.index()), List.of());
                if (resolve(site) instanceof Resolution.Found(var record, var _)) {
                    ServiceSite.of(record.values()).forEach(s -> sites.add(s.withPrimaryMask(Site.PRIMARY)));
                }
            }
            return sites;
        }

        private Resolution recall(Body.ResolutionRequest query) {
            return memory.recall(query, () -> resolve(query));
        }

        Sites sitesOf(Handle handle) {
            if (handle.describesPrefix()) {
                return new Sites.Found(root);
            }
            var prefix = Handle.ofPrefix(handle.prefix());
            return serviceOf(prefix, recall(serviceQuery(prefix)), ValueTypes.HS_SITE, ValueTypes.HS_SERV);
        }

        private static Body.ResolutionRequest serviceQuery(Handle handle) {
            var types = List.of(
                    ValueTypes.HS_SITE, ValueTypes.HS_SERV, ValueTypes.HS_SITE_PREFIX, ValueTypes.HS_SERV_PREFIX);
            return new Body.ResolutionRequest(handle, List.of(), types);
        }

        private Sites serviceOf(Handle handle, Resolution resolution, String siteType, String serviceType) {
            return switch (resolution) {
                case Resolution.Found(var found, var _) -> serviceOf(handle, found.values(), siteType, serviceType);
                case Resolution.NotFound _ -> unknown(handle, handle + " does not exist");
                default -> new Sites.Unknown(resolution);
            };
        }

        /// The sites that values describe, and those of the handles they name.
        private Sites serviceOf(Handle of, List<HandleValue> values, String siteType, String serviceType) {
            var sites = new ArrayList<>(ServiceSite.of(values, siteType));
            for (var value : values) {
                var named = value.hasType(serviceType) ? Handle.spelled(value.data()) : Optional.<Handle>empty();
                if (named.isEmpty()) {
                    continue;
                }
                var service = named.get();
                if (service.equals(Handle.ROOT)) {
                    sites.addAll(root);
                } else if (services.add(service)) {
                    var there = serviceOf(service, recall(serviceQuery(service)), siteType, serviceType);
                    if (there instanceof Sites.Found(var found)) {
                        sites.addAll(found);
                    }
                }
            }
            return sites.isEmpty() ? unknown(of, "no service is registered in " + of) : new Sites.Found(sites);
        }

        private static Sites unknown(Handle handle, String why) {
            return new Sites.Unknown(new Resolution.NotResponsible(handle, why));
        }

        /// Asks each door in turn until one answers to the point.
        private Resolution ask(List<Site> sites, Body.ResolutionRequest query) {
            var doors = ServiceSite.doors(sites, query.handle(), SiteServer.RESOLUTION);
            Resolution last = new Resolution.NotResponsible(query.handle(), "its service has no door for resolution");
            for (var door : doors) {
                if (time.monotonicNanos() - began > SEARCH_NANOS_MAX) {
                    return new Resolution.Unreachable(door.endpoint(), "others took the time there was");
                }
                if (steps++ >= STEPS_MAX) {
                    return new Resolution.Refused(
                            ResponseCode.RECURSION_LIMIT_EXCEEDED,
                            "more than " + STEPS_MAX + " questions would be needed");
                }
                last = askAt(door, query);
                if (!(last instanceof Resolution.Unreachable) && !(last instanceof Resolution.Garbled)) {
                    return last;
                }
            }
            return last;
        }

        private Resolution askAt(ServiceSite.Door door, Body.ResolutionRequest query) {
            long began = time.monotonicNanos();
            var answer = answerOf(door, query);
            observer.accept(new Hop(door.endpoint(), query, answer, time.monotonicNanos() - began));
            return answer;
        }

        private Resolution answerOf(ServiceSite.Door door, Body.ResolutionRequest query) {
            try (var client = HandleClient.to(door.endpoint(), settings, time)) {
                return certified
                        ? client.resolve(query, VerificationKey.decode(door.publicKey()))
                        : client.resolve(query);
            } catch (MalformedException e) {
                return new Resolution.Garbled(door.endpoint(), "its site tells no key to check its answers with");
            }
        }

        private Resolution follow(Body.ResolutionRequest query, Resolution resolution) {
            if (!(resolution instanceof Resolution.Referred referred)) {
                return resolution;
            }
            var sites = referredSites(query.handle(), referred);
            return switch (sites) {
                case Sites.Found(var found) -> follow(query, ask(found, query));
                case Sites.Unknown(var why) -> why;
            };
        }

        private Sites referredSites(Handle asked, Resolution.Referred referred) {
            boolean delegated = asked.describesPrefix();
            String siteType = delegated ? ValueTypes.HS_SITE_PREFIX : ValueTypes.HS_SITE;
            String serviceType = delegated ? ValueTypes.HS_SERV_PREFIX : ValueTypes.HS_SERV;
            if (!referred.sites().isEmpty()) {
                return serviceOf(referred.to(), referred.sites(), siteType, serviceType);
            }
            if (steps >= STEPS_MAX || referred.to().equals(asked)) {
                return unknown(asked, "its servers refer to each other in a circle");
            }
            return serviceOf(referred.to(), recall(serviceQuery(referred.to())), siteType, serviceType);
        }
    }
}
