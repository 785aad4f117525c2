package io.millwright.node.id;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Mirror;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.client.Result;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.recursive.RecursionSettings;
import io.millwright.identity.recursive.RecursionStatistics;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import io.millwright.node.command.Address;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/// What `mw id lab` tries, one after the other. Each trial is a real exchange over the network.
final class Lab {

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final long LOOK_NANOS = 20_000_000L;
    private static final int LONG = 3600;
    private static final int SHORT = 2;
    private static final String PUMP = LabTree.FIRST_ENTERPRISE + "/pump-1";
    private static final String VALVE = LabTree.OTHER_ENTERPRISE + "/valve-1";

    private final LabTree tree;
    private final Time time;
    private final List<LabReport.Check> checks = new ArrayList<>();
    private final List<LabReport.Search> searches = new ArrayList<>();

    Lab(LabTree tree, Time time) {
        this.tree = tree;
        this.time = time;
    }

    /// What came out of a trial.
    private record Seen(boolean held, String what) {}

    private void check(String what, Callable<Seen> trial) throws Exception {
        long began = time.monotonicNanos();
        var seen = trial.call();
        double millis = Math.round((time.monotonicNanos() - began) / 1e5) / 10.0;
        checks.add(new LabReport.Check(what, seen.held(), seen.what(), millis));
    }

    LabReport run() throws Exception {
        check("seven nodes start", () -> {
            tree.start();
            return new Seen(true, "root, national, second-level, two enterprises, mirror, recursive");
        });
        var members = tree.nodes().entrySet().stream()
                .map(e -> new LabReport.Member(
                        e.getKey(),
                        Address.text(e.getValue().address()),
                        String.join(", ", e.getValue().ledger().prefixes())))
                .toList();
        register();
        resolve();
        caching();
        refusals();
        absences();
        boolean held = checks.stream().allMatch(LabReport.Check::held);
        return new LabReport(held, members, List.copyOf(checks), List.copyOf(searches));
    }

    private void register() throws Exception {
        check("each level registers the prefix below", () -> {
            tree.delegate("root", LabTree.NATIONAL, "national");
            tree.delegate("national", LabTree.SECOND, "second-level");
            tree.delegate("second-level", LabTree.FIRST_ENTERPRISE, "enterprise", "mirror");
            tree.delegate("second-level", LabTree.OTHER_ENTERPRISE, "other enterprise");
            return new Seen(true, "0.NA/88, 0.NA/88.118, 0.NA/88.118.7, 0.NA/88.118.8");
        });
        check("each level registers an identifier", () -> {
            var results = List.of(
                    create("national", LabTree.NATIONAL + "/standard", LONG),
                    create("second-level", LabTree.SECOND + "/catalogue", LONG),
                    create("enterprise", PUMP, LONG),
                    create("other enterprise", VALVE, SHORT));
            boolean held = results.stream().allMatch(r -> r instanceof Result.Done);
            return new Seen(held, results.stream().map(Answers::words).toList().toString());
        });
    }

    private Result create(String node, String code, int ttl) {
        var steward = new Administrator(Administrator.ALL, tree.steward(node).reference());
        var values = List.of(
                value(1, ValueTypes.DESC, Octets.utf8(code), Permissions.PUBLISHED, ttl),
                value(9, "NOTE", Octets.utf8("for administrators"), Permissions.ADMINISTRATORS_ONLY, ttl),
                value(IdNodeSettings.ADMIN_INDEX, ValueTypes.HS_ADMIN, steward.encode(), Permissions.PUBLISHED, ttl));
        return tree.as(node, client -> client.create(new HandleRecord(Handle.of(code), values)));
    }

    private static HandleValue value(int index, String type, Octets data, Permissions permissions, int ttl) {
        return new HandleValue(index, type, data, permissions, TimeToLive.relative(ttl), 0, List.of());
    }

    private static boolean tells(Resolution resolution, String code) {
        return resolution instanceof Resolution.Found(var found, var _)
                && found.textOf(ValueTypes.DESC).filter(code::equals).isPresent();
    }

    private void resolve() throws Exception {
        for (var code : List.of(LabTree.NATIONAL + "/standard", LabTree.SECOND + "/catalogue", PUMP, VALVE)) {
            check(code + " is found from the root", () -> {
                var hops = new ArrayList<Resolver.Hop>();
                var resolution = tree.search(code, hops);
                searches.add(new LabReport.Search(code, TraceLine.of(hops)));
                long referrals = hops.stream()
                        .filter(h -> h.answer() instanceof Resolution.Referred)
                        .count();
                long expected = code.chars().filter(c -> c == '.').count();
                return new Seen(
                        tells(resolution, code) && referrals == expected,
                        TraceLine.words(resolution) + " after " + hops.size() + " questions, " + referrals
                                + " referrals");
            });
        }
    }

    private IdNode recursive() {
        return tree.node("recursive");
    }

    private RecursionStatistics statistics() {
        return recursive().recursion().orElseThrow();
    }

    private void caching() throws Exception {
        check("the recursive node finds it", () -> found(PUMP));
        check("asked again, it answers from memory", () -> {
            long before = statistics().fetched();
            var seen = found(PUMP);
            return new Seen(seen.held() && statistics().fetched() == before, seen.what() + ", nobody was asked");
        });
        check("what does not exist is remembered too", () -> {
            var first = LabTree.ask(recursive(), LabTree.FIRST_ENTERPRISE + "/nothing");
            long before = statistics().negative();
            var second = LabTree.ask(recursive(), LabTree.FIRST_ENTERPRISE + "/nothing");
            boolean held = first instanceof Resolution.NotFound && second instanceof Resolution.NotFound;
            return new Seen(held && statistics().negative() == before + 1, TraceLine.words(second));
        });
        check("clients that ask at once share a search", this::together);
        check("what is asked for often is fetched before its end", this::prefetched);
        check("a proof goes through to the node that holds it", () -> {
            var query = Body.ResolutionRequest.all(Handle.of(PUMP));
            try (var client = HandleClient.to(Endpoint.tcp(recursive().address()))) {
                var stranger = client.resolve(query);
                var steward = client.as(tree.steward("enterprise")).resolve(query);
                boolean held = values(stranger) == 2 && values(steward) == 3;
                return new Seen(held, values(steward) + " values for the steward, " + values(stranger) + " for others");
            }
        });
    }

    private static int values(Resolution resolution) {
        return resolution instanceof Resolution.Found(var found, var _)
                ? found.values().size()
                : 0;
    }

    private Seen found(String code) {
        var resolution = LabTree.ask(recursive(), code);
        return new Seen(tells(resolution, code), TraceLine.words(resolution));
    }

    private Seen together() throws Exception {
        int clients = 20;
        long before = statistics().fetched();
        var code = LabTree.SECOND + "/catalogue";
        var answers = new ArrayList<Future<Seen>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                answers.add(threads.submit(() -> found(code)));
            }
        }
        boolean held = true;
        for (var answer : answers) {
            held &= answer.get().held();
        }
        long fetched = statistics().fetched() - before;
        return new Seen(held && fetched <= 2, clients + " clients, " + fetched + " search");
    }

    private Seen prefetched() {
        long before = statistics().prefetched();
        boolean held = await(() -> found(VALVE).held() && statistics().prefetched() > before);
        return new Seen(held, "fetched again in the second half of its " + SHORT + " s");
    }

    private boolean await(Callable<Boolean> condition) {
        long deadline = time.monotonicNanos() + PATIENCE_NANOS;
        try {
            while (!condition.call()) {
                if (time.monotonicNanos() - deadline > 0) {
                    return false;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    private void refusals() throws Exception {
        check("a prefix that nobody has", () -> {
            var resolution = LabTree.ask(recursive(), "99/thing");
            return new Seen(resolution instanceof Resolution.NotResponsible, TraceLine.words(resolution));
        });
        check("a second primary of a prefix is refused", () -> {
            try (var second = tree.secondPrimary()) {
                return new Seen(false, "it was started at " + second.address());
            } catch (UsageError e) {
                var why = String.valueOf(e.getMessage());
                return new Seen(why.contains("already"), why);
            }
        });
        check("a prefix is not delegated twice", () -> {
            var again = DelegateCommand.record(
                    LabTree.FIRST_ENTERPRISE,
                    List.of(tree.node("other enterprise").site()),
                    tree.steward("second-level").reference());
            var result = tree.as("second-level", client -> client.create(again));
            boolean held =
                    result instanceof Result.Refused(int code, var _) && code == ResponseCode.HANDLE_ALREADY_EXISTS;
            return new Seen(held, Answers.words(result));
        });
        check("a directory that leads in a circle is refused", () -> {
            tree.delegate("root", "66", "national");
            var lie = DelegateCommand.record(
                    "66", List.of(recursive().site()), tree.steward("root").reference());
            tree.as("root", client -> client.put(lie));
            var resolution = LabTree.ask(recursive(), "66/thing");
            boolean held = resolution instanceof Resolution.Refused(int code, var _)
                    && code == ResponseCode.RECURSION_LIMIT_EXCEEDED;
            return new Seen(held, TraceLine.words(resolution));
        });
        check("who asks too often is refused", this::tooOften);
    }

    private Seen tooOften() throws IOException {
        int refused = 0;
        try (var limited = tree.anotherRecursive(RecursionSettings.usual().withRate(1, 10))) {
            for (int i = 0; i < 20; i++) {
                boolean busy = LabTree.ask(limited, PUMP) instanceof Resolution.Refused(int code, var _)
                        && code == ResponseCode.SERVER_BUSY;
                refused += busy ? 1 : 0;
            }
        }
        boolean held = refused >= 10 && refused < 20;
        return new Seen(held, refused + " of 20 questions, where 10 at once are allowed, those to others among them");
    }

    private void absences() throws Exception {
        check("the mirror follows its primary", () -> new Seen(await(this::isMirrored), mirrored()));
        check("after an absence it catches up", () -> {
            tree.stop("mirror");
            for (int i = 2; i <= 4; i++) {
                Answers.done(create("enterprise", LabTree.FIRST_ENTERPRISE + "/pump-" + i, LONG));
            }
            tree.startAgain("mirror");
            boolean missed = !isMirrored();
            return new Seen(await(this::isMirrored), mirrored() + (missed ? "; it had missed 3 identifiers" : ""));
        });
        check("when the primary is stopped, the mirror answers", () -> {
            tree.stop("enterprise");
            var hops = new ArrayList<Resolver.Hop>();
            var resolution = tree.search(LabTree.FIRST_ENTERPRISE + "/pump-4", hops);
            searches.add(new LabReport.Search(LabTree.FIRST_ENTERPRISE + "/pump-4", TraceLine.of(hops)));
            var by = hops.getLast().endpoint().address();
            boolean held = tells(resolution, LabTree.FIRST_ENTERPRISE + "/pump-4")
                    && by.getPort() == tree.node("mirror").address().getPort();
            return new Seen(held, TraceLine.words(resolution) + " from the mirror");
        });
        check("when nobody answers, an old answer is given with its age", () -> {
            found(VALVE);
            tree.stop("other enterprise");
            LockSupport.parkNanos((SHORT + 1) * 1_000_000_000L);
            var resolution = LabTree.ask(recursive(), VALVE);
            var age = resolution instanceof Resolution.Found(var found, var _)
                    ? found.textOf(ValueTypes.STALE).orElse("")
                    : "";
            return new Seen(tells(resolution, VALVE) && !age.isEmpty(), "from memory, " + age + " s old");
        });
        check("stopped nodes come back with what they had", () -> {
            tree.startAgain("enterprise");
            tree.startAgain("other enterprise");
            var resolution = tree.search(VALVE, new ArrayList<>());
            return new Seen(
                    tells(resolution, VALVE) && tells(tree.search(PUMP, new ArrayList<>()), PUMP),
                    TraceLine.words(resolution));
        });
    }

    private boolean isMirrored() {
        var primary = tree.node("enterprise").ledger();
        var mirror = tree.node("mirror").ledger();
        var start = Handle.of("");
        return mirror.prefixes().equals(primary.prefixes())
                && mirror.records(start, 100).equals(primary.records(start, 100));
    }

    private String mirrored() {
        return tree.node("mirror")
                .following()
                .filter(p -> p instanceof Mirror.Progress.CaughtUp)
                .map(Follower::words)
                .orElse("not followed yet");
    }
}
