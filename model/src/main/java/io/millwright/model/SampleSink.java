package io.millwright.model;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Takes samples and keeps them.
@FunctionalInterface
public interface SampleSink {

    /// Hands over a batch, in order. Safe for use by many threads.
    ///
    /// Blocks while the sink has no room, so that a source that can wait is slowed and none is dropped. A caller
    /// that acknowledges to a sender does so when the future completes.
    ///
    /// @param batch the samples; must not be changed afterwards
    /// @return completes when every sample of the batch would survive a power cut; completes exceptionally with
    ///     [IngestionStopped] when the sink cannot keep them, for instance because the disk is full
    CompletableFuture<Void> append(List<Sample> batch);
}
