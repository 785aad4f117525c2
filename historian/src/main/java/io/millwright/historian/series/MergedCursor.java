package io.millwright.historian.series;

import io.millwright.model.Quality;
import io.millwright.model.Value;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One series out of several places. Where several have a sample of the same source time, that of the last place
/// counts, which is the one journaled last; one that repeats value and quality of another is passed over.
public final class MergedCursor implements SampleCursor {

    private final List<Source> sources;
    private final @Nullable SampleCursor[] open;
    private final long[] nextNanos;
    private final boolean[] ended;
    private @Nullable SampleCursor current;
    private int currentIndex = -1;
    private long repeated;

    private MergedCursor(List<Source> sources) {
        this.sources = sources;
        open = new SampleCursor[sources.size()];
        nextNanos = new long[sources.size()];
        ended = new boolean[sources.size()];
        for (int i = 0; i < nextNanos.length; i++) {
            nextNanos[i] = sources.get(i).earliestNanos();
        }
    }

    /// Merges places, the one with the oldest journal entries first.
    public static MergedCursor merge(List<Source> sources) {
        return new MergedCursor(sources);
    }

    @Override
    public boolean next() throws IOException {
        if (currentIndex >= 0) {
            advance(currentIndex);
        }
        currentIndex = -1;
        int first = earliest();
        while (first >= 0 && openAll(nextNanos[first])) {
            first = earliest();
        }
        if (first < 0) {
            return false;
        }
        currentIndex = choose(nextNanos[first]);
        current = open[currentIndex];
        return true;
    }

    /// The place with the earliest next sample; −1 at the end.
    private int earliest() {
        int best = -1;
        for (int i = 0; i < nextNanos.length; i++) {
            if (!ended[i] && (best < 0 || nextNanos[i] < nextNanos[best])) {
                best = i;
            }
        }
        return best;
    }

    /// Opens the places that may have a sample at this time. False if all such were open.
    private boolean openAll(long time) throws IOException {
        boolean opened = false;
        for (int i = 0; i < nextNanos.length; i++) {
            if (!ended[i] && nextNanos[i] == time && open[i] == null) {
                open[i] = sources.get(i).opener().open();
                advance(i);
                opened = true;
            }
        }
        return opened;
    }

    /// Of the samples at this time, the last that is not a mere repetition; passes over the others.
    private int choose(long time) throws IOException {
        int chosen = -1;
        for (int i = 0; i < nextNanos.length; i++) {
            if (ended[i] || nextNanos[i] != time) {
                continue;
            }
            if (chosen < 0) {
                chosen = i;
            } else if (isSame(opened(chosen), opened(i))) {
                repeated++;
                advance(i);
            } else {
                advance(chosen);
                chosen = i;
            }
        }
        return chosen;
    }

    private SampleCursor opened(int i) {
        SampleCursor cursor = open[i];
        if (cursor == null) {
            throw new IllegalStateException("not open");
        }
        return cursor;
    }

    private static boolean isSame(SampleCursor a, SampleCursor b) {
        return a.quality().equals(b.quality()) && a.value().equals(b.value());
    }

    private void advance(int i) throws IOException {
        SampleCursor cursor = open[i];
        if (cursor != null && cursor.next()) {
            nextNanos[i] = cursor.sourceNanos();
        } else {
            ended[i] = true;
            repeated += cursor == null ? 0 : cursor.repeated();
        }
    }

    @Override
    public long repeated() {
        return repeated;
    }

    private SampleCursor current() {
        SampleCursor c = current;
        if (c == null) {
            throw new IllegalStateException("not on a sample");
        }
        return c;
    }

    @Override
    public long sourceNanos() {
        return current().sourceNanos();
    }

    @Override
    public long receivedNanos() {
        return current().receivedNanos();
    }

    @Override
    public Quality quality() {
        return current().quality();
    }

    @Override
    public Value value() {
        return current().value();
    }
}
