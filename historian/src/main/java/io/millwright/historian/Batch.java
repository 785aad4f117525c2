package io.millwright.historian;

import io.millwright.model.Sample;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Samples that wait to be journaled, and who waits for them.
record Batch(List<Sample> samples, CompletableFuture<Void> done) {}
