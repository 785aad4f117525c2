package io.millwright.node.data;

import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import java.util.List;
import java.util.function.Consumer;

/// Kept samples, wherever they are.
interface History extends AutoCloseable {

    /// The signals there are, in order.
    List<SignalName> signals();

    /// Walks over the samples of a signal in `[fromNanos, toNanos)` by source time.
    ///
    /// @param limit at most this many, the earliest
    void read(SignalName signal, long fromNanos, long toNanos, long limit, Consumer<Sample> each);

    @Override
    void close();
}
