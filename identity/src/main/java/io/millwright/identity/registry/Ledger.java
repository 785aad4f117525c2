package io.millwright.identity.registry;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// A registry that can be changed, listed and copied. Calls come from many threads at once.
///
/// Changes form one sequence; [Registry#find] sees every change whose future has completed, and may see it a moment
/// before. Lists are in a total order of the ledger's own over handles, in which the empty handle comes first; they
/// are read page by page, and what changes between two pages may be seen or not.
public interface Ledger extends Registry {

    /// Makes a change.
    ///
    /// @return completes when the change is durable, or at once with the reason why it is not made; exceptionally,
    /// with an [java.io.IOException], if the disk fails: then nothing is known of the change until the next start
    CompletableFuture<Commit> commit(Change change);

    /// The prefixes this node answers for, in the case in which they were homed.
    List<String> prefixes();

    /// A page of the handles under a prefix.
    ///
    /// @param prefix ASCII case does not count
    /// @param after the last handle of the page before; an empty handle for the first page; need not exist
    /// @param max the most handles to return; fewer mean that there are no more
    List<Handle> handles(String prefix, Handle after, int max);

    /// A page of all records, whatever their prefix.
    ///
    /// @param after the last handle of the page before; an empty handle for the first page; need not exist
    /// @param max the most records to return; fewer mean that there are no more
    List<HandleRecord> records(Handle after, int max);

    /// The number of the newest durable transaction; 0 if there was none.
    long lastTransaction();

    /// The greatest number of a transaction that [#transactions] no longer returns; 0 if it returns them all. Who has
    /// followed only up to an earlier one has to copy all records.
    long forgottenTransaction();

    /// Durable transactions in their order.
    ///
    /// @param after the number of the last one already known
    /// @param max the most to return; fewer mean that there are no more at the moment
    List<Transaction> transactions(long after, int max);

    /// Makes a change that another node has made, without condition, and remembers, in the same durable step, how far
    /// that node has been followed.
    ///
    /// @param source names the followed node
    /// @param transaction of that node; one with a number not above [#mirrored] changes nothing
    /// @return completes when the change is durable
    default CompletableFuture<Commit> mirror(String source, Transaction transaction) {
        return mirror(source, List.of(transaction));
    }

    /// Makes several changes that another node has made, in one durable step: all or none.
    ///
    /// @param transactions of that node, in their order
    CompletableFuture<Commit> mirror(String source, List<Transaction> transactions);

    /// The number of the last transaction of the source that was mirrored; 0 if none was.
    long mirrored(String source);

    /// How far each source was mirrored, by its name.
    Map<String, Long> sources();

    /// Which numbers transactions have.
    Lineage lineage();

    /// Remembers that what was lost has been given back.
    ///
    /// @return completes when that is durable
    CompletableFuture<Commit> rejoin(Lineage.Rejoined given);

    /// How one who has followed this ledger up to a transaction stands to it.
    default Lineage.Standing standing(long followed) {
        return lineage().standing(followed, lastTransaction(), forgottenTransaction());
    }
}
