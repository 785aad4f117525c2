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
import java.util.Optional;

/// What makes a node of identifiers a root, an enterprise, a mirror, a recursive node.
///
/// @param role what it is
/// @param at where it listens, UDP and TCP; port 0 for a free one
/// @param prefix what it answers for; empty on a recursive node
/// @param secret of its steward, 300:0.NA/prefix; nothing on a node that takes no changes
/// @param data where its records are kept; nothing for memory
/// @param root where searches begin: on a recursive node, and where a prefix may be claimed by another
/// @param primary whom it mirrors; nothing on one that takes changes itself
/// @param recursion how a recursive node treats answers and clients
record IdNodeSettings(
        Role role,
        InetSocketAddress at,
        String prefix,
        Optional<Octets> secret,
        Optional<Path> data,
        Optional<Site> root,
        Optional<Primary> primary,
        RecursionSettings recursion) {

    /// Indexes in the record of a prefix, as `docs/reference/identifiers.md` lists them.
    static final int ADMIN_INDEX = 100;

    static final int ADMIN_KEY_INDEX = 300;

    /// A node that is mirrored.
    ///
    /// @param address where it listens by TCP
    /// @param key that it signs with
    /// @param every how often it is asked for what is new
    record Primary(InetSocketAddress address, VerificationKey key, Duration every) {}

    /// The value that holds the steward's key.
    static ValueReference steward(String prefix) {
        return new ValueReference(Handle.ofPrefix(prefix), ADMIN_KEY_INDEX);
    }
}
