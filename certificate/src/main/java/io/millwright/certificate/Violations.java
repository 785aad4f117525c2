package io.millwright.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Counts violations and keeps the first of them.
public final class Violations {

    /// As many are kept.
    public static final int SHOWN = 20;

    private final List<Violation> first = new ArrayList<>();
    private long count;

    /// Counts a violation; makes it only if it is to be kept.
    public void add(Supplier<Violation> violation) {
        if (count++ < SHOWN) {
            first.add(violation.get());
        }
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return count == 0;
    }

    /// The verdict that they are.
    ///
    /// @param complete whether everything was looked at
    public <F> Verdict<F> refuted(boolean complete) {
        return new Verdict.Refuted<>(count, first, complete);
    }
}
