package io.millwright.identity.client;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Keeps a ledger equal to that of a primary server: [#catchUp] is called again and again. What the mirror
/// missed it is told in order; if it was away for longer than the primary remembers, it copies everything and
/// removes what is no longer there. Broken off at any point, it goes on from there.
public final class Mirror {

    private static final Body.Share EVERYTHING = new Body.Share(Site.HASH_BY_ALL, 1, 0);

    private final AdministeringClient primary;
    private final Ledger ledger;
    private final String source;
    private final Body.Share share;

    /// @param primary asks in a session, as a steward of the primary server
    /// @param ledger becomes equal; takes no other changes
    /// @param source names the primary server in the ledger
    public Mirror(AdministeringClient primary, Ledger ledger, String source) {
        this(primary, ledger, source, EVERYTHING);
    }

    /// A server that mirrors its share of the handles: of a site of several servers.
    public Mirror(AdministeringClient primary, Ledger ledger, String source, Body.Share share) {
        this.primary = primary;
        this.ledger = ledger;
        this.source = source;
        this.share = share;
    }

    /// What came of catching up.
    public sealed interface Progress {

        /// The ledger is as the primary's was when it answered.
        ///
        /// @param transaction the last one
        /// @param copied whether everything had to be copied
        record CaughtUp(long transaction, boolean copied) implements Progress {}

        /// The primary knows less than this ledger: it was restored from an older copy. Nothing was changed here.
        ///
        /// @param followed the transaction up to which it was followed
        record Ahead(long followed) implements Progress {}

        /// The primary did not answer, or refused; what was told before has been kept.
        record Stopped(Result why) implements Progress {}

        /// The own ledger could not keep what it was told.
        record NotKept(String reason) implements Progress {}
    }

    /// Follows the primary to where it is now. Blocks.
    public Progress catchUp() {
        var transfer = new Transfer();
        var result = primary.transactions(ledger.mirrored(source), share, transfer::take);
        if (transfer.failure.isPresent()) {
            return new Progress.NotKept(transfer.failure.get());
        }
        if (!(result instanceof Result.Done)) {
            return new Progress.Stopped(result);
        }
        return switch (transfer.status) {
            case Body.TransactionsResponse.TOLD -> new Progress.CaughtUp(ledger.mirrored(source), false);
            case Body.TransactionsResponse.AHEAD -> new Progress.Ahead(ledger.mirrored(source));
            default -> copy();
        };
    }

    /// Takes transactions as they come.
    private final class Transfer {

        private int status = Body.TransactionsResponse.TOLD;
        private Optional<String> failure = Optional.empty();

        void take(Body.TransactionsResponse page) {
            status = page.status();
            var told = page.transactions().stream()
                    .map(change -> new Transaction(change.number(), change.epochMillis(), effectOf(change)))
                    .toList();
            if (failure.isEmpty() && !told.isEmpty()) {
                failure = kept(told);
            }
        }
    }

    private static Change.Effect effectOf(Body.Change change) {
        var handle = change.handle();
        return switch (change.action()) {
            case Body.Change.STORED -> new Change.Effect.Stored(new HandleRecord(handle, change.values()));
            case Body.Change.HOMED -> new Change.Effect.Homed(handle.suffix());
            case Body.Change.UNHOMED -> new Change.Effect.Unhomed(handle.suffix());
            default -> new Change.Effect.Deleted(handle);
        };
    }

    private Optional<String> kept(List<Transaction> transactions) {
        return failureOf(ledger.mirror(source, transactions));
    }

    /// Waits for a change.
    private static Optional<String> failureOf(CompletableFuture<Commit> change) {
        try {
            return switch (change.join()) {
                case Commit.Done _ -> Optional.empty();
                case Commit.Conflict _ ->
                    Optional.of("another change came in between: a mirror takes none but its own");
                case Commit.Busy _ -> Optional.of("too many changes wait for the disk");
            };
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException disk) {
                return Optional.of(String.valueOf(disk.getMessage()));
            }
            throw e;
        }
    }

    /// Everything, and then, with the next call, what has happened since the copy began.
    private Progress copy() {
        var prefixes = new ArrayList<Handle>();
        var next = primary.nextTransaction();
        var listed = primary.listPrefixes(prefixes::add);
        if (!(next instanceof Result.Done(Body.NextTransaction(long number)))) {
            return new Progress.Stopped(next);
        }
        if (!(listed instanceof Result.Done)) {
            return new Progress.Stopped(listed);
        }
        var copying = new Copying();
        prefixes.forEach(prefix -> copying.make(new Change.Home(prefix.suffix())));
        var result = primary.records(share, copying::take);
        if (!(result instanceof Result.Done)) {
            return new Progress.Stopped(result);
        }
        copying.await();
        copying.removeOthers();
        ledger.prefixes().stream()
                .filter(prefix -> !prefixes.contains(Handle.ofPrefix(prefix)))
                .forEach(prefix -> copying.make(new Change.Unhome(prefix)));
        copying.await();
        if (copying.failure.isEmpty() && !prefixes.isEmpty()) {
            // Homing a prefix again changes nothing: the transaction only says how far the primary has been followed.
            var seen = new Change.Effect.Homed(prefixes.getFirst().suffix());
            copying.failure = kept(List.of(new Transaction(number - 1, 0, seen)));
        }
        return copying.failure.isPresent()
                ? new Progress.NotKept(copying.failure.get())
                : new Progress.CaughtUp(number - 1, true);
    }

    private final class Copying {

        private static final int PAGE = 500;

        /// Changes with more data than this are not forced to the disk together.
        private static final long OCTETS_MAX = 4 << 20;

        private final Set<Handle> copied = new HashSet<>();
        private final List<CompletableFuture<Commit>> underWay = new ArrayList<>();
        private long octets;
        private Optional<String> failure = Optional.empty();

        void take(HandleRecord told) {
            copied.add(told.handle());
            var own = ledger.find(told.handle());
            if (own.isEmpty()) {
                make(new Change.Create(told));
            } else if (!own.get().equals(told)) {
                make(new Change.Replace(own.get(), told));
            }
        }

        void removeOthers() {
            var after = Handle.of("");
            for (List<HandleRecord> page = ledger.records(after, PAGE);
                    !page.isEmpty() && failure.isEmpty();
                    page = ledger.records(after, PAGE)) {
                page.stream().filter(r -> !copied.contains(r.handle())).forEach(r -> make(new Change.Delete(r)));
                after = page.getLast().handle();
            }
        }

        /// Changes of several handles are under way at once; none of them is of the same handle as another.
        private void make(Change change) {
            if (failure.isEmpty()) {
                underWay.add(ledger.commit(change));
                octets += octetsOf(change);
                if (underWay.size() >= PAGE || octets > OCTETS_MAX) {
                    await();
                }
            }
        }

        private static long octetsOf(Change change) {
            return change.effect() instanceof Change.Effect.Stored(var stored)
                    ? stored.values().stream().mapToLong(v -> v.data().length()).sum()
                    : 0;
        }

        void await() {
            for (var change : underWay) {
                var why = failureOf(change);
                failure = failure.or(() -> why);
            }
            underWay.clear();
            octets = 0;
        }
    }
}
