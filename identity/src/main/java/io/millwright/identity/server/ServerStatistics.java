package io.millwright.identity.server;

/// What a node has counted since its start.
///
/// @param requests messages that had an envelope
/// @param succeeded answered with SUCCESS
/// @param notFound answered with HANDLE_NOT_FOUND
/// @param otherErrors answered with any other code
/// @param unreadable packets dropped because not even their envelope could be read
/// @param refusedConnections closed as they came because there were too many
/// @param timedOut connections closed because the client was too slow
/// @param cutShort answers that UDP had no room for, or left out because their network drew too many
public record ServerStatistics(
        long requests,
        long succeeded,
        long notFound,
        long otherErrors,
        long unreadable,
        long refusedConnections,
        long timedOut,
        long cutShort) {}
