package io.millwright.identity.server;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ServerHash;
import io.millwright.identity.registry.Change;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Transaction;
import io.millwright.identity.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What mirrors are told: the transactions after one, or all records (operations 1001 and 1002). Secret keys
/// are among them, so only stewards are told, and only in a session.
///
/// @param ledger what is mirrored
/// @param outrun the farthest that a mirror has followed this node, if that is farther than the node knows; else 0
record Replication(Ledger ledger, AtomicLong outrun) {

    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

    /// A message is closed when it has so many octets; the record that comes then may be the longest possible.
    private static final int MESSAGE_BYTES = 100_000;

    private static final int PAGE = 500;

    static final Outcome SESSION_NEEDED =
            Outcome.error(ResponseCode.OPERATION_DENIED, "secret keys are among what is replicated; ask in a session");

    Outcome transactions(Body.TransactionsRequest request) {
        var share = request.share();
        if (!isPossible(share)) {
            return impossible();
        }
        return switch (ledger.standing(request.after())) {
            case SHARED -> transactions(request.after(), share);
            case FORGOTTEN -> told(Body.TransactionsResponse.COPY_ALL, List.of(), Optional.empty());
            case AHEAD -> {
                if (outrun.getAndAccumulate(request.after(), Math::max) == 0) {
                    LOG.error("{}", objection().orElseThrow());
                }
                yield told(Body.TransactionsResponse.AHEAD, List.of(), Optional.empty());
            }
        };
    }

    /// Why nothing may be changed; nothing if it may. What were changed now, mirrors would not learn, and what they
    /// have kept would be lost.
    Optional<String> objection() {
        long followed = outrun.get();
        return followed == 0
                ? Optional.empty()
                : Optional.of("a mirror has followed this node to transaction " + followed + ", and it knows only "
                        + ledger.lastTransaction() + ": it was restored from an older copy. Stop it, fetch the later"
                        + " changes from the mirror (mw id replicate --recover), and start it again");
    }

    private Outcome told(int status, List<Body.Change> changes, Optional<Supplier<Outcome>> more) {
        var body = new Body.TransactionsResponse(status, changes, ledger.sources());
        return new Outcome(ResponseCode.SUCCESS, body, more);
    }

    private static boolean isPossible(Body.Share share) {
        return share.servers() > 0 && share.server() >= 0 && share.server() < share.servers();
    }

    private static Outcome impossible() {
        return Outcome.error(ResponseCode.PROTOCOL_ERROR, "a share is that of server 0 to n - 1 of n servers");
    }

    private Outcome transactions(long after, Body.Share share) {
        var told = new ArrayList<Body.Change>();
        long last = after;
        int bytes = 0;
        var page = ledger.transactions(after, PAGE);
        for (var transaction : page) {
            var change = told(transaction);
            bytes += sizeOf(change.handle(), change.values());
            if (bytes > MESSAGE_BYTES && !told.isEmpty()) {
                break;
            }
            last = transaction.number();
            if (change.handle().describesPrefix() || isOf(share, change.handle())) {
                told.add(change);
            }
        }
        boolean more = last > after && last < ledger.lastTransaction();
        long from = last;
        return told(
                Body.TransactionsResponse.TOLD,
                told,
                more ? Optional.of(() -> transactions(from, share)) : Optional.empty());
    }

    private static Body.Change told(Transaction transaction) {
        long number = transaction.number();
        long millis = transaction.epochMillis();
        return switch (transaction.effect()) {
            case Change.Effect.Stored(var stored) ->
                new Body.Change(number, millis, Body.Change.STORED, stored.handle(), stored.values());
            case Change.Effect.Deleted(var handle) ->
                new Body.Change(number, millis, Body.Change.DELETED, handle, List.of());
            case Change.Effect.Homed(var prefix) ->
                new Body.Change(number, millis, Body.Change.HOMED, Handle.ofPrefix(prefix), List.of());
            case Change.Effect.Unhomed(var prefix) ->
                new Body.Change(number, millis, Body.Change.UNHOMED, Handle.ofPrefix(prefix), List.of());
        };
    }

    private static boolean isOf(Body.Share share, Handle handle) {
        return ServerHash.serverOf(handle, share.hashOption(), share.servers()) == share.server();
    }

    private static int sizeOf(Handle handle, List<HandleValue> values) {
        var out = new WireWriter();
        out.text(handle.toString());
        values.forEach(v -> v.write(out));
        return out.size() + 32;
    }

    Outcome records(Body.DumpRequest request) {
        var start = Handle.spelled(request.start());
        return isPossible(request.share()) && start.isPresent() ? records(start.get(), request.share()) : impossible();
    }

    private Outcome records(Handle after, Body.Share share) {
        var told = new ArrayList<HandleRecord>();
        var last = after;
        int bytes = 0;
        var page = ledger.records(after, PAGE);
        for (var found : page) {
            bytes += sizeOf(found.handle(), found.values());
            if (bytes > MESSAGE_BYTES && !told.isEmpty()) {
                break;
            }
            last = found.handle();
            if (found.handle().describesPrefix() || isOf(share, found.handle())) {
                told.add(found);
            }
        }
        boolean more = page.size() == PAGE
                || !page.isEmpty() && !last.equals(page.getLast().handle());
        var from = last;
        return new Outcome(
                ResponseCode.SUCCESS,
                new Body.DumpResponse(told),
                more ? Optional.of(() -> records(from, share)) : Optional.empty());
    }
}
