package io.millwright.node.runtime;

import java.util.concurrent.atomic.LongAdder;

/// What one connection has delivered since the start.
final class LinkCounters {

    /// Samples handed over.
    final LongAdder samples = new LongAdder();
    /// Of these, samples the historian has made durable.
    final LongAdder durable = new LongAdder();
    /// Of these, samples the historian refused to keep.
    final LongAdder refused = new LongAdder();
}
