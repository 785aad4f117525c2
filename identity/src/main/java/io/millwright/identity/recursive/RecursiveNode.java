package io.millwright.identity.recursive;

import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.server.Recursion;
import io.millwright.identity.server.SourceRates;
import io.millwright.identity.wire.MalformedException;
import io.millwright.model.Time;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// Finds out what its clients ask for, beginning at a root, and keeps it.
///
/// ```java
/// var recursion = new RecursiveNode(rootSites, ClientSettings.usual(), RecursionSettings.usual(), Time.system());
/// server.serve(new MemoryRegistry(List.of()), recursion);
/// ```
///
/// - Answers are kept for as long as their values' TTLs allow, refusals for a time of our own; both in bounded memory.
/// - Clients that ask for the same share one search; what is asked for often is fetched again before its end.
/// - When nobody answers, an answer that is no longer fresh is given, with TTLs of 0 and a value of type
///   `MILLWRIGHT.STALE` that tells its age in seconds.
/// - Who wants more than public values, an answer signed by its source, or one from a primary server, has the request
///   passed on octet for octet; a challenge and its answer too. Of these nothing is kept.
/// - Requests that were passed on too often, and searches that take too many steps, are refused.
public final class RecursiveNode implements Recursion {

    private static final Endpoint MEMORY = Endpoint.udp(InetSocketAddress.createUnresolved("memory", 0));
    private static final int FOR_THE_SOURCE = OpFlag.CERTIFIED | OpFlag.AUTHORITATIVE | OpFlag.RECURSIVE_IDENTITY;

    private final ClientSettings client;
    private final RecursionSettings settings;
    private final Time time;
    private final Answers answers;
    private final SourceRates rates;
    private final Flights flights;
    private final PassedOn passedOn;
    private final RecursionCounters counters = new RecursionCounters();
    private final Map<Lookup, CompletableFuture<Resolution>> lookups = new ConcurrentHashMap<>();
    private volatile List<Site> root;

    /// What describes a service is being asked for; see [Flights] for the depth.
    private record Lookup(QueryKey query, int depth) {}

    private final List<BiConsumer<Body.ResolutionRequest, Resolver.Hop>> observers = new CopyOnWriteArrayList<>();

    /// @param root the sites that answer for handles `0.NA/…`
    /// @param client how patient to be with others
    public RecursiveNode(List<Site> root, ClientSettings client, RecursionSettings settings, Time time) {
        this.root = List.copyOf(root);
        this.client = client;
        this.settings = settings;
        this.time = time;
        answers = new Answers(settings, time);
        rates = new SourceRates(
                SourceRates.Grouping.HOSTS, settings.clientRate(), settings.clientBurst(), settings.clientsMax());
        flights = new Flights(settings.fetchesMax(), counters.coalesced);
        passedOn = new PassedOn(client, time);
    }

    /// Searches begin there from now on: the root has moved, or tells more than was known of it.
    public void rootIs(List<Site> sites) {
        root = List.copyOf(sites);
    }

    public RecursionStatistics statistics() {
        return answers.statistics(counters);
    }

    /// What is kept of an answer.
    ///
    /// @param state whether it can be told as it is
    /// @param age how long ago it was answered; zero for a refusal, whose age is not told
    public record Remembered(State state, Duration age) {
        public enum State {
            FRESH,
            STALE,
            /// That there is no such handle, or that nobody answers.
            REFUSAL
        }
    }

    /// What is kept of the answer to a query. Looking counts as asking for it.
    public Optional<Remembered> remembered(Body.ResolutionRequest query) {
        return switch (answers.known(QueryKey.of(query))) {
            case Answers.Known.Fresh(var _, long age, boolean _) -> remembered(Remembered.State.FRESH, age);
            case Answers.Known.Stale(var _, long age, boolean _) -> remembered(Remembered.State.STALE, age);
            case Answers.Known.Refusal _ -> remembered(Remembered.State.REFUSAL, 0);
            case Answers.Known.Nothing _ -> Optional.empty();
        };
    }

    private static Optional<Remembered> remembered(Remembered.State state, long ageNanos) {
        return Optional.of(new Remembered(state, Duration.ofNanos(ageNanos)));
    }

    /// Tells the questions of every search, until what is returned is run.
    ///
    /// @param observer is told the query that a search is for, and one question of it with its answer
    public Runnable observe(BiConsumer<Body.ResolutionRequest, Resolver.Hop> observer) {
        observers.add(observer);
        return () -> observers.remove(observer);
    }

    @Override
    public boolean admits(InetAddress asker) {
        boolean admitted = rates.admits(asker, time.monotonicNanos());
        if (!admitted) {
            counters.refused.increment();
        }
        return admitted;
    }

    @Override
    public boolean isQuick(Body.ResolutionRequest query, Header header) {
        return !isForTheSource(header) && answers.isAtHand(QueryKey.of(query));
    }

    private static boolean isForTheSource(Header header) {
        return (header.flags() & FOR_THE_SOURCE) != 0 || !header.has(OpFlag.PUBLIC_ONLY);
    }

    @Override
    public Said resolve(Body.ResolutionRequest query, Asked asked) {
        int depth = asked.header().recursionCount();
        if (depth > settings.depthMax()) {
            counters.refused.increment();
            return told(
                    ResponseCode.RECURSION_LIMIT_EXCEEDED,
                    depth + " servers have passed the request on; at most " + settings.depthMax() + " may");
        }
        if (isForTheSource(asked.header())) {
            return passOn(query.handle(), asked);
        }
        return switch (answers.known(QueryKey.of(query))) {
            case Answers.Known.Fresh(var answer, long age, boolean hot) -> {
                counters.fresh.increment();
                if (hot) {
                    counters.prefetched.increment();
                    var _ = search(query, asked);
                }
                yield new Said.Told(answer.code(), answer.fresh(query.handle(), age));
            }
            case Answers.Known.Refusal(var refusal) -> {
                counters.negative.increment();
                yield new Said.Told(refusal.code(), refusal.fresh(query.handle(), 0));
            }
            case Answers.Known.Stale stale -> stale.failed() ? stale(query, stale) : fetched(query, asked, stale);
            case Answers.Known.Nothing() -> fetched(query, asked);
        };
    }

    private Said stale(Body.ResolutionRequest query, Answers.Known.Stale stale) {
        counters.stale.increment();
        return new Said.Told(ResponseCode.SUCCESS, stale.answer().stale(query.handle(), stale.ageNanos()));
    }

    private CompletableFuture<KeptAnswer> search(Body.ResolutionRequest query, Asked asked) {
        int depth = asked.header().recursionCount();
        return flights.join(QueryKey.of(query), depth, () -> {
            counters.fetched.increment();
            var observed = resolver(asked).observed(hop -> {
                charge(asked);
                observers.forEach(o -> o.accept(query, hop));
            });
            return answers.keep(QueryKey.of(query), observed.resolve(query));
        });
    }

    private Said fetched(Body.ResolutionRequest query, Asked asked) {
        return said(query, asked, search(query, asked).join());
    }

    /// Waits for a new answer, but not for long.
    private Said fetched(Body.ResolutionRequest query, Asked asked, Answers.Known.Stale stale) {
        long patience = settings.patience().toNanos();
        var answer = search(query, asked)
                .thenApply(Optional::of)
                .completeOnTimeout(Optional.empty(), patience, TimeUnit.NANOSECONDS)
                .join()
                .filter(found -> !Answers.isFailure(found));
        return answer.isPresent() ? said(query, asked, answer.get()) : stale(query, stale);
    }

    private Said said(Body.ResolutionRequest query, Asked asked, KeptAnswer answer) {
        return answer.code() == ResponseCode.AUTHENTICATION_NEEDED
                ? passOn(query.handle(), asked)
                : new Said.Told(answer.code(), answer.fresh(query.handle(), 0));
    }

    private Said busy() {
        counters.refused.increment();
        return told(ResponseCode.SERVER_BUSY, "too many searches are under way; try again later");
    }

    private static Said told(int code, String text) {
        return new Said.Told(code, Body.ErrorResponse.of(text));
    }

    private Said passOn(Handle handle, Asked asked) {
        counters.passedOn.increment();
        return flights.among(() -> {
                    var doors = resolver(asked).resolutionOf(handle);
                    return passedOn.send(asked, doors);
                })
                .orElseGet(this::busy);
    }

    @Override
    public Optional<Said> continued(Asked answer) {
        return passedOn.poserOf(answer).map(poser -> {
            counters.passedOn.increment();
            return flights.among(() -> passedOn.send(answer, List.of(poser))).orElseGet(this::busy);
        });
    }

    /// Who makes this node ask others pays for each of its questions as for one of its own.
    private Resolver resolver(Asked asked) {
        int depth = asked.header().recursionCount();
        return new Resolver(root, client.withRecursionCount(depth + 1), time)
                .remembering(new Recalling(depth))
                .observed(_ -> charge(asked));
    }

    private void charge(Asked asked) {
        rates.charge(asked.client(), 1, time.monotonicNanos());
    }

    /// What one search remembers: what describes services is kept with the answers, and asked for once however many
    /// searches need it.
    private final class Recalling implements Resolver.Memory {

        private final int depth;
        private boolean awaited;

        Recalling(int depth) {
            this.depth = depth;
        }

        @Override
        public Resolution recall(Body.ResolutionRequest query, Supplier<Resolution> search) {
            var key = QueryKey.of(query);
            var known = answers.known(key);
            try {
                return switch (known) {
                    case Answers.Known.Fresh(var answer, long _, boolean _) ->
                        new Resolution.Found(answer.found(), MEMORY);
                    case Answers.Known.Refusal(var refusal) -> refused(query.handle(), refusal);
                    case Answers.Known.Stale stale
                    when stale.failed() -> new Resolution.Found(stale.answer().found(), MEMORY);
                    case Answers.Known.Stale stale -> {
                        var resolution = shared(key, search);
                        boolean failed = Answers.isFailure(answers.answerOf(resolution));
                        yield failed ? new Resolution.Found(stale.answer().found(), MEMORY) : resolution;
                    }
                    case Answers.Known.Nothing() -> shared(key, search);
                };
            } catch (MalformedException e) {
                throw new IllegalStateException("what was kept cannot be read", e);
            }
        }

        /// A search that others may be waiting for waits for no other: two that need each other's would wait for ever.
        private Resolution shared(QueryKey key, Supplier<Resolution> search) {
            if (awaited) {
                return kept(key, search);
            }
            var lookup = new Lookup(key, depth);
            var own = new CompletableFuture<Resolution>();
            var other = lookups.putIfAbsent(lookup, own);
            if (other != null) {
                counters.coalesced.increment();
                return other.join();
            }
            awaited = true;
            try {
                own.complete(kept(key, search));
            } catch (RuntimeException e) {
                own.completeExceptionally(e);
            } finally {
                awaited = false;
                lookups.remove(lookup);
            }
            return own.join();
        }

        private Resolution kept(QueryKey key, Supplier<Resolution> search) {
            var resolution = search.get();
            answers.keep(key, resolution);
            return resolution;
        }
    }

    private static Resolution refused(Handle handle, KeptAnswer refusal) throws MalformedException {
        return switch (refusal.code()) {
            case ResponseCode.HANDLE_NOT_FOUND -> new Resolution.NotFound(handle);
            case ResponseCode.SERVER_NOT_RESPONSIBLE -> new Resolution.NotResponsible(handle, refusal.text());
            default -> new Resolution.Refused(refusal.code(), refusal.text());
        };
    }
}
