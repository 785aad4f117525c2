package io.millwright.historian.series;

import io.millwright.model.Quality;
import io.millwright.model.Sample;
import io.millwright.model.Value;
import java.util.List;

final class ListCursor implements SampleCursor {

    private final List<Sample> samples;
    private int at = -1;

    private final long repeated;

    ListCursor(List<Sample> samples, long repeated) {
        this.samples = samples;
        this.repeated = repeated;
    }

    @Override
    public long repeated() {
        return repeated;
    }

    @Override
    public boolean next() {
        return ++at < samples.size();
    }

    @Override
    public long sourceNanos() {
        return samples.get(at).sourceNanos();
    }

    @Override
    public long receivedNanos() {
        return samples.get(at).receivedNanos();
    }

    @Override
    public Quality quality() {
        return samples.get(at).quality();
    }

    @Override
    public Value value() {
        return samples.get(at).value();
    }
}
