package io.millwright.identity.client;

import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.Site;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Commit;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Lineage;
import io.millwright.identity.registry.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Gives a ledger that was restored from an older copy back what a mirror has kept of the later changes. What was
/// changed in the restored ledger since then stays as it is: it is the newest. Everything else becomes as the mirror
/// has it: what the lost ledger created or changed is there again, what it deleted is gone. Broken off at any point, it
/// can be begun anew. Nothing else may change the ledger meanwhile.
public final class Recovery {

    private static final Body.Share EVERYTHING = new Body.Share(Site.HASH_BY_ALL, 1, 0);
    private static final int PAGE = 500;

    private final AdministeringClient mirror;
    private final Ledger ledger;
    private final String source;

    /// @param mirror asks in a session, as a steward of the mirror
    /// @param ledger the restored one
    /// @param source names the lost ledger in the mirror's
    public Recovery(AdministeringClient mirror, Ledger ledger, String source) {
        this.mirror = mirror;
        this.ledger = ledger;
        this.source = source;
    }

    /// What came of it.
    public sealed interface Outcome {

        /// The ledger lacks nothing that the mirror has; other mirrors that are ahead of it are noticed as before.
        ///
        /// @param stored records created or changed
        /// @param deleted records deleted
        /// @param own records that were changed since the ledger was restored, and stay
        record Recovered(long stored, long deleted, long own) implements Outcome {}

        /// The mirror knows nothing that the ledger does not.
        record NotNeeded() implements Outcome {}

        /// The mirror did not answer, or refused; begin anew.
        record Stopped(Result why) implements Outcome {}

        /// It cannot be done.
        record Impossible(String reason) implements Outcome {}
    }

    /// Blocks.
    public Outcome recover() {
        if (!(mirror.nextTransaction() instanceof Result.Done(Body.NextTransaction(long next)))) {
            return new Outcome.Stopped(mirror.nextTransaction());
        }
        var told = new Followed();
        var result = mirror.transactions(next - 1, EVERYTHING, told::take);
        if (!(result instanceof Result.Done)) {
            return new Outcome.Stopped(result);
        }
        if (told.number <= 0) {
            return new Outcome.Impossible("it is no mirror of " + source);
        }
        if (ledger.standing(told.number) != Lineage.Standing.AHEAD) {
            return new Outcome.NotNeeded();
        }
        long branch = ledger.lineage().branch(told.number, ledger.lastTransaction());
        return branch < ledger.forgottenTransaction()
                ? new Outcome.Impossible("more was changed since it was restored than its transactions reach back")
                : new Merging(branch).recover(told.number);
    }

    private final class Followed {
        private long number;

        void take(Body.TransactionsResponse page) {
            number = page.sources().getOrDefault(source, 0L);
        }
    }

    /// A mirror's records and the restored ledger's become one.
    private final class Merging {

        private final Set<Handle> own = new HashSet<>();
        private final Set<Handle> told = new HashSet<>();
        private final Set<String> lent = new HashSet<>();
        private final long before = ledger.lastTransaction();
        private long stored;
        private long deleted;
        private Optional<String> failure = Optional.empty();

        /// @param branch the newest transaction that both know
        Merging(long branch) {
            for (var page = ledger.transactions(branch, PAGE);
                    !page.isEmpty();
                    page = ledger.transactions(page.getLast().number(), PAGE)) {
                page.stream()
                        .filter(t -> !ledger.lineage().gaveBack(t.number()))
                        .map(Merging::about)
                        .forEach(own::add);
            }
        }

        private static Handle about(Transaction transaction) {
            return switch (transaction.effect()) {
                case Change.Effect.Stored(var record) -> record.handle();
                case Change.Effect.Deleted(var handle) -> handle;
                case Change.Effect.Homed(var prefix) -> homing(prefix);
                case Change.Effect.Unhomed(var prefix) -> homing(prefix);
            };
        }

        /// No record has this handle: to home a prefix and to change what describes it are two things.
        private static Handle homing(String prefix) {
            return Handle.of(prefix + "/");
        }

        Outcome recover(long followed) {
            var homed = new HashSet<Handle>();
            var listed = mirror.listPrefixes(prefix -> homed.add(homing(prefix.suffix())));
            if (!(listed instanceof Result.Done)) {
                return new Outcome.Stopped(listed);
            }
            homed.stream().filter(p -> !own.contains(p)).forEach(p -> make(new Change.Home(p.prefix())));
            var result = mirror.records(EVERYTHING, this::take);
            if (!(result instanceof Result.Done)) {
                return new Outcome.Stopped(result);
            }
            removeOthers();
            ledger.prefixes().stream()
                    .filter(prefix ->
                            lent.contains(prefix) || !homed.contains(homing(prefix)) && !own.contains(homing(prefix)))
                    .forEach(prefix -> make(new Change.Unhome(prefix)));
            if (failure.isEmpty()) {
                var given = new Lineage.Rejoined(followed, before + 1, ledger.lastTransaction());
                failure = failureOf(ledger.rejoin(given).join());
            }
            return failure.isPresent()
                    ? new Outcome.Impossible(failure.get())
                    : new Outcome.Recovered(stored, deleted, own.size());
        }

        private void take(HandleRecord kept) {
            told.add(kept.handle());
            var current = ledger.find(kept.handle());
            if (own.contains(kept.handle()) || current.equals(Optional.of(kept))) {
                return;
            }
            stored++;
            String prefix = kept.handle().prefix();
            if (!ledger.answersFor(kept.handle())) {
                lent.add(prefix); // The lost ledger kept the record of a prefix it had unhomed.
                make(new Change.Home(prefix));
            }
            make(current.isEmpty() ? new Change.Create(kept) : new Change.Replace(current.get(), kept));
        }

        private void removeOthers() {
            var after = Handle.of("");
            for (List<HandleRecord> page = ledger.records(after, PAGE);
                    !page.isEmpty() && failure.isEmpty();
                    page = ledger.records(after, PAGE)) {
                for (var record : page) {
                    if (!told.contains(record.handle()) && !own.contains(record.handle())) {
                        deleted++;
                        make(new Change.Delete(record));
                    }
                }
                after = page.getLast().handle();
            }
        }

        private void make(Change change) {
            if (failure.isEmpty()) {
                failure = failureOf(ledger.commit(change).join());
            }
        }

        private static Optional<String> failureOf(Commit commit) {
            return switch (commit) {
                case Commit.Done _ -> Optional.empty();
                case Commit.Conflict _ -> Optional.of("something else changes the records meanwhile");
                case Commit.Busy _ -> Optional.of("too many changes wait for the disk");
            };
        }
    }
}
