package io.millwright.node.tree;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the API tells of a tree: records whose components are the members of the JSON objects.
public final class TreeViews {

    private TreeViews() {}

    /// The nodes of a tree.
    ///
    /// @param root the name of the node at which searches begin; null where they begin nowhere
    /// @param load in words, who else asks these nodes; null if nobody is simulated
    /// @param examples codes that stand for something here
    public record TreeView(@Nullable String root, @Nullable String load, List<String> examples, List<NodeView> nodes) {}

    /// One node. `rates` are requests per second of the last two minutes, oldest first, null where it was stopped.
    ///
    /// @param state `running` or `stopped`
    /// @param above the node that delegates its prefix to it
    /// @param follows the primary that it mirrors
    /// @param administrator `INDEX:HANDLE` of its steward; null where it takes no changes
    /// @param other requests that were answered with another code: referrals, challenges, errors
    public record NodeView(
            String name,
            String role,
            String prefix,
            List<String> prefixes,
            @Nullable String above,
            @Nullable String follows,
            @Nullable String administrator,
            String state,
            @Nullable String address,
            long records,
            long transaction,
            long requests,
            long notFound,
            long other,
            int connections,
            List<@Nullable Double> rates,
            @Nullable CacheView cache,
            @Nullable ReplicationView replication) {}

    /// What a recursive node keeps, and what it has done since its start.
    ///
    /// @param hitRate of the last minute: the part of what was asked that was answered from memory, 0 to 1
    public record CacheView(
            int answers,
            int refusals,
            long bytes,
            @Nullable Double hitRate,
            long fresh,
            long negative,
            long stale,
            long fetched,
            long coalesced,
            long prefetched,
            long passedOn,
            long refused) {}

    /// How far a mirror has followed its primary.
    ///
    /// @param position the last transaction that it has
    /// @param primaryPosition the last one of the primary; null while that is stopped
    /// @param lagMillis how long ago the first that it lacks was made; 0 if it lacks none; null if nobody knows
    /// @param lags of the last two minutes, oldest first
    public record ReplicationView(
            String primary,
            long position,
            @Nullable Long primaryPosition,
            @Nullable Double lagMillis,
            List<@Nullable Double> lags) {}

    /// The body that asks what a text is.
    public record TextView(String text) {}

    /// What a text is, as `mw id parse` tells it.
    ///
    /// @param handles the names under which it can be registered in this tree
    public record CodeView(
            String scheme,
            String form,
            String canonical,
            boolean valid,
            List<PartView> parts,
            List<FaultView> faults,
            List<String> handles) {}

    /// One thing that a code says.
    public record PartView(String name, String value, String meaning) {}

    /// What is wrong with a code. `at` counts UTF-16 units from 0.
    public record FaultView(int at, String message) {}

    /// The body that asks for a journey.
    ///
    /// @param via the name of the node to ask; null to search from the root
    /// @param handle one of the code's handles; null to try one after the other
    public record AskedView(
            String text, @Nullable String via, @Nullable String handle) {}

    /// How a code was resolved.
    ///
    /// @param handle the name that was asked for
    /// @param outcome `found`, `not-found`, `not-responsible`, `referred`, `refused`, `unreachable` or `garbled`
    /// @param words the outcome in words
    public record JourneyView(
            CodeView code,
            @Nullable String via,
            String handle,
            String outcome,
            String words,
            double milliseconds,
            List<HopView> hops,
            List<ValueView> values) {}

    /// One question and its answer; `asked`, `what`, `answer` and `milliseconds` are those of
    /// `mw id resolve --trace --json`.
    ///
    /// @param inside the hop on whose behalf a recursive node asked this; null for questions of ours
    /// @param node the name of the node that was asked; null if the tree does not know it
    /// @param responseCode of RFC 3652, section 2.2.2.2; null for referrals and where nobody answered
    /// @param startMillis when it was asked, since the journey's begin
    /// @param memory `fresh`, `stale` or `refusal` if the node answered from memory; null if not
    /// @param ageSeconds how old that was; null if nobody tells
    public record HopView(
            int hop,
            @Nullable Integer inside,
            @Nullable String node,
            @Nullable String role,
            String asked,
            String what,
            String outcome,
            @Nullable Integer responseCode,
            String answer,
            double startMillis,
            double milliseconds,
            @Nullable String memory,
            @Nullable Double ageSeconds) {}

    /// A value of a record. Data that is text is told as `text`, other data as `base64`.
    ///
    /// @param shown the data as people read it
    /// @param permissions bits of RFC 3651, section 3.1: 8 administrators read, 4 they write, 2 anyone reads,
    ///     1 anyone writes
    /// @param ttlType 0: `ttl` is seconds, 1: a moment, seconds since 1970
    /// @param timestamp when it was last changed, seconds since 1970
    public record ValueView(
            long index,
            String type,
            String shown,
            @Nullable String text,
            @Nullable String base64,
            int permissions,
            int ttlType,
            long ttl,
            long timestamp) {}

    /// A value that a record is to hold, as `text` or `base64`. What is left out is as in values that anyone may read.
    ///
    /// @param permissions as in [ValueView]; 14 if null
    /// @param ttlType as in [ValueView]; 0 if null
    /// @param ttl as in [ValueView]; 86400 if null
    public record GivenView(
            long index,
            String type,
            @Nullable String text,
            @Nullable String base64,
            @Nullable Integer permissions,
            @Nullable Integer ttlType,
            @Nullable Long ttl) {}
}
