package io.millwright.connect;

import io.millwright.model.SampleSink;
import io.millwright.model.Time;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;

/// What a link is given by whoever opens it.
///
/// @param time the clocks
/// @param sink takes the samples
/// @param states hears of every change of state; must return at once
/// @param securityFolder where this node's application certificate and its trusted, issuer and rejected peers
///     are kept
/// @param prompt makes threads that run before others, of the system and daemons, for links on which control
///     depends; empty where links may wait their turn
public record LinkContext(
        Time time, SampleSink sink, Consumer<LinkState> states, Path securityFolder, Optional<ThreadFactory> prompt) {

    /// One whose links may wait their turn.
    public LinkContext(Time time, SampleSink sink, Consumer<LinkState> states, Path securityFolder) {
        this(time, sink, states, securityFolder, Optional.empty());
    }
}
