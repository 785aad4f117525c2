package io.millwright.connect;

import io.millwright.model.IngestionStopped;
import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The samples of one started link on their way to the sink. Keeps them in order: what is handed over first is
/// appended first.
public final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final LinkContext context;
    private final List<SignalName> names;
    private final LongAdder refused = new LongAdder();
    private @Nullable Quality allBad;
    private long badSinceNanos = Long.MIN_VALUE;
    private boolean sinkWorks = true;

    /// @param signals every signal that the link delivers
    public Delivery(LinkContext context, List<Signal> signals) {
        this.context = context;
        names = signals.stream().map(Signal::name).toList();
    }

    /// Every signal is bad from now on: each gets one sample without value. Once for each reason in a row, however
    /// often it is noticed.
    ///
    /// @param why the quality of those samples
    public synchronized void allBad(Quality why) {
        if (why.equals(allBad)) {
            return;
        }
        long now = context.time().epochNanos();
        var batch = new ArrayList<Sample>(names.size());
        for (SignalName name : names) {
            batch.add(new Sample(name, Value.missing(), why, now, now));
        }
        hand(batch);
        allBad = why;
        badSinceNanos = now;
    }

    /// The time of the signals' last bad samples by [#allBad], nanoseconds since the epoch, also when values came
    /// since; the least number there is if there were none.
    public synchronized long badSinceNanos() {
        return badSinceNanos;
    }

    /// Hands over a batch. Blocks while the sink has no room. A sink that stopped keeps nothing and says so itself;
    /// the link goes on, so that values flow again when the sink does.
    ///
    /// @param batch the samples; must not be changed afterwards
    public synchronized void hand(List<Sample> batch) {
        if (batch.isEmpty()) {
            return;
        }
        allBad = null;
        try {
            // A failure of the future says that the sink stopped: the next append throws or reports it again.
            var _ = context.sink().append(batch).exceptionally(stopped -> {
                refused.add(batch.size());
                return null;
            });
            sinkWorks = true;
        } catch (IngestionStopped stopped) {
            refused.add(batch.size());
            if (sinkWorks) {
                LOG.warn("samples are not kept: {}", stopped.getMessage());
            }
            sinkWorks = false;
        }
    }

    /// How many samples the sink did not keep.
    public long refused() {
        return refused.sum();
    }
}
