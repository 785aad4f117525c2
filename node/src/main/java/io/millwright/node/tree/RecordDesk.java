package io.millwright.node.tree;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Result;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.Printable;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.wire.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lists, reads and changes records of a tree's nodes.
///
/// Names are listed from the nodes of this process. Values are asked for and changed by the protocol, with the proof of
/// who asks that it takes: the key itself stays here, and only while the request lasts.
public final class RecordDesk {

    private static final int SEARCHED_MAX = 20_000;
    private static final int SCAN = 1000;
    private static final int AT_ONCE = 4;

    private final NodeTree tree;
    private final Semaphore places = new Semaphore(AT_ONCE);

    public RecordDesk(NodeTree tree) {
        this.tree = tree;
    }

    /// A node that can be asked.
    record Chosen(KnownNode node, RunningNode running) {}

    /// Identifiers under a prefix that contain a text.
    ///
    /// @param after the last identifier of the page before; empty for the first page
    public RecordViews.PageView page(String prefix, String contains, String after, int max) {
        var chosen = holder(
                handle(prefix + "/x"), ledger -> ledger.prefixes().stream().anyMatch(prefix::equalsIgnoreCase));
        var wanted = contains.toLowerCase(Locale.ROOT);
        var ledger = chosen.running().ledger();
        var found = new ArrayList<String>();
        int searched = 0;
        var last = after.isEmpty() ? Handle.of("") : handle(after);
        try {
            while (true) {
                var page = ledger.handles(prefix, last, SCAN);
                for (var handle : page) {
                    last = handle;
                    searched++;
                    if (handle.toString().toLowerCase(Locale.ROOT).contains(wanted)) {
                        found.add(handle.toString());
                    }
                    if (found.size() == max || searched == SEARCHED_MAX) {
                        return page(prefix, chosen, found, Optional.of(last), searched);
                    }
                }
                if (page.size() < SCAN) {
                    return page(prefix, chosen, found, Optional.empty(), searched);
                }
            }
        } catch (IllegalStateException e) {
            throw stopped(chosen.node().name());
        }
    }

    private static RecordViews.PageView page(
            String prefix, Chosen chosen, List<String> found, Optional<Handle> last, int searched) {
        boolean more = last.isPresent()
                && !chosen.running().ledger().handles(prefix, last.get(), 1).isEmpty();
        var next = more ? last.get().toString() : null;
        return new RecordViews.PageView(prefix, chosen.node().name(), found, next, searched);
    }

    private static RefusedException stopped(String name) {
        return new RefusedException(RefusedException.Kind.UNANSWERED, "node " + name + " is stopped");
    }

    /// A running node that answers for the handle. Several can: a prefix's record stands with who delegates it and,
    /// with
    /// the keys, at its own node; and there are mirrors.
    ///
    /// @param likely is true of those to be asked first
    private Chosen holder(Handle handle, Predicate<Ledger> likely) {
        Optional<Chosen> best = Optional.empty();
        int most = -1;
        for (var node : tree.nodes()) {
            var running = node.running().get().filter(r -> holds(r, ledger -> ledger.answersFor(handle)));
            if (running.isPresent()) {
                int rank = (holds(running.get(), likely) ? 2 : 0) + (node.takesChanges() ? 1 : 0);
                if (rank > most) {
                    most = rank;
                    best = Optional.of(new Chosen(node, running.get()));
                }
            }
        }
        return best.orElseThrow(() -> new RefusedException(
                RefusedException.Kind.MISSING,
                "no running node of this tree answers for prefix " + Printable.of(handle.prefix())));
    }

    private Chosen holder(Handle handle) {
        return holder(handle, ledger -> ledger.find(handle).isPresent());
    }

    private static boolean holds(RunningNode running, Predicate<Ledger> condition) {
        try {
            return condition.test(running.ledger());
        } catch (IllegalStateException e) {
            return false; // stopped just now
        }
    }

    private static Handle handle(String text) {
        try {
            var handle = Handle.of(text.strip());
            if (handle.isComplete()) {
                return handle;
            }
        } catch (IllegalArgumentException e) {
            throw RefusedException.wrong(String.valueOf(e.getMessage()));
        }
        throw RefusedException.wrong(
                "\"" + Printable.of(text) + "\" is not an identifier; write prefix/suffix, e.g. 88.118.7/tank-1");
    }

    private static Identity identity(RecordViews.CredentialsView credentials) {
        var named = credentials.administrator().strip();
        int colon = named.indexOf(':');
        var secret = credentials.secret().strip();
        if (colon < 1 || !named.substring(0, colon).matches("[0-9]{1,9}")) {
            throw RefusedException.wrong("`administrator` names no value; write INDEX:HANDLE, e.g. 300:0.NA/88.118.7");
        }
        if (secret.isEmpty()) {
            throw RefusedException.wrong("the secret is missing");
        }
        var reference =
                new ValueReference(handle(named.substring(colon + 1)), Integer.parseInt(named.substring(0, colon)));
        return new Identity.SecretKey(reference, Octets.utf8(secret));
    }

    private interface Task<T> {
        T with(HandleClient client);
    }

    private <T> T at(Chosen chosen, Task<T> task) {
        if (!places.tryAcquire()) {
            throw new RefusedException(
                    RefusedException.Kind.BUSY, AT_ONCE + " requests for records are under way; try again in a moment");
        }
        var endpoint = Endpoint.tcp(chosen.running().address());
        try (var client = HandleClient.to(endpoint, tree.patience(), tree.time())) {
            return task.with(client);
        } finally {
            places.release();
        }
    }

    /// Has the node that holds an administrator's key check the secret.
    public RecordViews.KnownView signIn(RecordViews.CredentialsView credentials) {
        var identity = identity(credentials);
        var reference = identity.reference();
        var chosen = holder(
                reference.handle(),
                ledger -> ledger.find(reference.handle())
                        .flatMap(found -> found.value(reference.index()))
                        .isPresent());
        var prefixes = new ArrayList<String>();
        var result = at(chosen, client -> client.as(identity).listPrefixes(prefix -> prefixes.add(prefix.suffix())));
        boolean known = result instanceof Result.Done
                || result instanceof Result.Refused(int code, var _) && code == ResponseCode.NOT_AUTHORIZED;
        if (!known) {
            throw refused(result);
        }
        return new RecordViews.KnownView(reference.toString(), chosen.node().name(), prefixes);
    }

    private RefusedException refused(Result result) {
        var kind =
                result instanceof Result.Refused ? RefusedException.Kind.FORBIDDEN : RefusedException.Kind.UNANSWERED;
        return new RefusedException(kind, ProtocolWords.of(result));
    }

    /// A record as it is.
    public RecordViews.RecordView read(RecordViews.NamedView named) {
        var handle = handle(named.handle());
        var chosen = holder(handle);
        return at(chosen, client -> current(client, handle, named.credentials()))
                .map(found -> view(chosen, found))
                .orElseThrow(() -> new RefusedException(
                        RefusedException.Kind.MISSING, Printable.of(handle.toString()) + " is not registered"));
    }

    private static RecordViews.RecordView view(Chosen chosen, HandleRecord found) {
        return new RecordViews.RecordView(
                Printable.of(found.handle().toString()),
                Values.revision(found),
                chosen.node().name(),
                chosen.node().takesChanges(),
                Values.views(found));
    }

    private Optional<HandleRecord> current(
            HandleClient client, Handle handle, RecordViews.@Nullable CredentialsView credentials) {
        var query = Body.ResolutionRequest.all(handle);
        var resolution = credentials == null
                ? client.resolve(query)
                : client.as(identity(credentials)).resolve(query);
        return switch (resolution) {
            case Resolution.Found(var found, var _) -> Optional.of(found);
            case Resolution.NotFound _ -> Optional.empty();
            case Resolution.Refused _ ->
                throw new RefusedException(RefusedException.Kind.FORBIDDEN, ProtocolWords.of(resolution));
            default -> throw new RefusedException(RefusedException.Kind.UNANSWERED, ProtocolWords.of(resolution));
        };
    }

    private Chosen changeable(Handle handle) {
        var chosen = holder(handle);
        if (!chosen.node().takesChanges()) {
            throw new RefusedException(
                    RefusedException.Kind.FORBIDDEN,
                    "node " + chosen.node().name() + " takes no changes: its records follow from a plant file, or it "
                            + "mirrors a node that is stopped");
        }
        return chosen;
    }

    /// What a change would do, and whether the record is still what it was made from.
    public RecordViews.PreviewView preview(RecordViews.EditView edit) {
        var handle = handle(edit.handle());
        var chosen = changeable(handle);
        var before = at(chosen, client -> current(client, handle, edit.credentials()));
        var planned = RecordEdit.of(edit, handle, before, Optional.ofNullable(edit.credentials()));
        return new RecordViews.PreviewView(
                Printable.of(handle.toString()),
                planned.action(),
                isOutdated(edit, before),
                chosen.node().name(),
                planned.differences(),
                before.map(found -> view(chosen, found)).orElse(null));
    }

    private static boolean isOutdated(RecordViews.EditView edit, Optional<HandleRecord> now) {
        return !Optional.ofNullable(edit.revision()).equals(now.map(Values::revision));
    }

    /// Makes a change, if the record is still what it was made from. Only values that differ are touched.
    ///
    /// @throws RefusedException if nothing was changed
    public synchronized RecordViews.ChangedView change(RecordViews.EditView edit) {
        var credentials = edit.credentials();
        if (credentials == null) {
            throw RefusedException.wrong("`credentials` are missing: who changes a record proves who it is");
        }
        var handle = handle(edit.handle());
        var chosen = changeable(handle);
        return at(chosen, client -> {
            var before = current(client, handle, credentials);
            if (isOutdated(edit, before)) {
                throw new RefusedException(
                        RefusedException.Kind.CONFLICT,
                        Printable.of(handle.toString()) + (before.isEmpty() ? " was deleted" : " was changed")
                                + " in between; nothing was written. Read it again");
            }
            var planned = RecordEdit.of(edit, handle, before, Optional.of(credentials));
            if (planned.action().equals(RecordEdit.NOTHING)) {
                throw RefusedException.wrong("nothing would change");
            }
            var steps = make(planned, client.as(identity(credentials)));
            var after = current(client, handle, credentials);
            return new RecordViews.ChangedView(
                    Printable.of(handle.toString()),
                    steps.getLast().done(),
                    steps,
                    after.map(found -> view(chosen, found)).orElse(null));
        });
    }

    private List<RecordViews.StepView> make(RecordEdit planned, AdministeringClient client) {
        var steps = new ArrayList<RecordViews.StepView>();
        for (var request : planned.requests()) {
            var result = request.make().apply(client);
            boolean done = result instanceof Result.Done;
            if (!done && steps.isEmpty() && result instanceof Result.Refused) {
                throw refused(result);
            }
            steps.add(new RecordViews.StepView(
                    request.kind(), request.indexes(), done, code(result), ProtocolWords.of(result)));
            if (!done) {
                break;
            }
        }
        return steps;
    }

    private static @Nullable Integer code(Result result) {
        return switch (result) {
            case Result.Done _ -> ResponseCode.SUCCESS;
            case Result.Refused(int code, var _) -> code;
            case Result.Referred _, Result.Unreachable _, Result.Garbled _ -> null;
        };
    }
}
