package io.millwright.node.tree;

import io.millwright.identity.recursive.RecursiveNode;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.server.ServerStatistics;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/// A node that runs in this process.
///
/// @param address where it listens by UDP and TCP
/// @param counted what it has counted since its start
/// @param connections how many are open
/// @param ledger its records; empty on a recursive node
/// @param recursion what asks others on behalf of its clients; only on a recursive node
public record RunningNode(
        InetSocketAddress address,
        Supplier<ServerStatistics> counted,
        IntSupplier connections,
        Ledger ledger,
        Optional<RecursiveNode> recursion) {}
