package io.millwright.identity.recursive;

/// What a recursive node has done since its start.
///
/// @param fresh answered from memory
/// @param negative answered from memory that there is no such handle, or that nobody answers
/// @param stale answered from memory, no longer fresh, with the age
/// @param fetched searches in which others were asked
/// @param coalesced answered by a search that was under way for another client
/// @param prefetched of the searches, those made before an answer had lost its freshness
/// @param passedOn requests and proofs handed on octet for octet
/// @param refused clients that asked too often, searches too deep, too many at once
/// @param kept answers in memory now
/// @param keptNegative refusals in memory now
/// @param bytes memory for both, about
public record RecursionStatistics(
        long fresh,
        long negative,
        long stale,
        long fetched,
        long coalesced,
        long prefetched,
        long passedOn,
        long refused,
        int kept,
        int keptNegative,
        long bytes) {}
