package io.millwright.node.id;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.recursive.RecursionSettings;
import io.millwright.identity.wire.Octets;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What makes a node of identifiers a root, an enterprise, a mirror, a recursive node.
///
/// @param role what it is
/// @param at where it listens, UDP and TCP; port 0 for a free one
/// @param prefix what it answers for; empty on a recursive node
/// @param secret of its steward, 300:0.NA/prefix; nothing on a node that takes no changes
/// @param data where its records are kept; nothing for memory
/// @param mirrors the keys of other servers that may copy everything
/// @param root where searches begin: on a recursive node, and where a prefix may be claimed by another
/// @param primary whom it mirrors; nothing on one that takes changes itself
/// @param recursion how a recursive node treats answers and clients
record IdNodeSettings(
        Role role,
        InetSocketAddress at,
        String prefix,
        Optional<Octets> secret,
        Optional<Path> data,
        List<VerificationKey> mirrors,
        Optional<Site> root,
        Optional<Primary> primary,
        RecursionSettings recursion) {

    /// Indexes in the record of a prefix, as `docs/reference/identifiers.md` lists them.
    static final int ADMIN_INDEX = 100;

    static final int ADMIN_KEY_INDEX = 300;

    /// Where the keys of servers that may copy everything begin.
    static final int MIRROR_KEY_INDEX = 310;

    static final int MIRRORS_MAX = 32;

    /// A node that is mirrored.
    ///
    /// @param address where it listens by TCP
    /// @param key that it signs with
    /// @param every how often it is asked for what is new
    /// @param as the value that holds this node's own key there, which proves that it may copy everything; empty if
    /// the steward's secret does
    record Primary(InetSocketAddress address, VerificationKey key, Duration every, Optional<ValueReference> as) {}

    /// The values that hold the keys of servers that may copy everything.
    Set<ValueReference> mirrorReferences() {
        return IntStream.range(0, mirrors.size())
                .mapToObj(i -> new ValueReference(Handle.ofPrefix(prefix), MIRROR_KEY_INDEX + i))
                .collect(Collectors.toSet());
    }

    /// The value that holds the steward's key.
    static ValueReference steward(String prefix) {
        return new ValueReference(Handle.ofPrefix(prefix), ADMIN_KEY_INDEX);
    }
}
