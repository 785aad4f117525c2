package io.millwright.historian.series;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.SignalName;
import io.millwright.model.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Walks over the samples of one signal in strictly rising order of source time. Before the first [#next] there is no
/// sample.
public interface SampleCursor {

    /// Goes to the next sample.
    ///
    /// @return false if there is none
    boolean next() throws IOException;

    long sourceNanos();

    long receivedNanos();

    Quality quality();

    Value value();

    /// How many samples passed over so far had a later one of the same source time, value and quality.
    default long repeated() {
        return 0;
    }

    /// The sample it stands on.
    default Sample sample(SignalName signal) {
        return new Sample(signal, value(), quality(), sourceNanos(), receivedNanos());
    }

    /// Over samples in the order of the journal: brings them into the order of source time; of two with the same, the
    /// later in the list counts, unless it only repeats value and quality.
    static SampleCursor over(List<Sample> journaled) {
        var sorted = new ArrayList<Sample>(journaled);
        sorted.sort(Comparator.comparingLong(Sample::sourceNanos));
        int kept = 0;
        long repeated = 0;
        for (Sample sample : sorted) {
            Sample before = kept == 0 ? null : sorted.get(kept - 1);
            if (before == null || before.sourceNanos() != sample.sourceNanos()) {
                sorted.set(kept++, sample);
                continue;
            }
            boolean same =
                    before.value().equals(sample.value()) && before.quality().equals(sample.quality());
            if (same) {
                repeated++;
            } else {
                sorted.set(kept - 1, sample);
            }
        }
        return new ListCursor(sorted.subList(0, kept), repeated);
    }
}
