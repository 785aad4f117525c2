package io.millwright.node.tree;

import java.util.Optional;
import java.util.function.Supplier;

/// A node of a [NodeTree].
///
/// @param name what people call it
/// @param role `root`, `national`, `second-level`, `enterprise` or `recursive`
/// @param prefix what it answers for; empty on a recursive node
/// @param above the name of the node that delegates the prefix to it; empty at the top
/// @param follows the name of the primary that it mirrors; empty if it mirrors none
/// @param administrator `INDEX:HANDLE` of its steward; empty where it takes no changes
/// @param running the node as it runs now; nothing while it is stopped
public record KnownNode(
        String name,
        String role,
        String prefix,
        String above,
        String follows,
        String administrator,
        Supplier<Optional<RunningNode>> running) {

    boolean takesChanges() {
        return !administrator.isEmpty();
    }
}
