package io.millwright.connect;

import io.millwright.model.SampleSink;
import io.millwright.model.Time;
import java.nio.file.Path;
import java.util.function.Consumer;

/// What a link is given by whoever opens it.
///
/// @param time the clocks
/// @param sink takes the samples
/// @param states hears of every change of state; must return at once
/// @param securityFolder where this node's application certificate and its trusted, issuer and rejected peers are
///     kept
public record LinkContext(Time time, SampleSink sink, Consumer<LinkState> states, Path securityFolder) {}
