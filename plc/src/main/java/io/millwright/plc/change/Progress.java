package io.millwright.plc.change;

import java.util.List;

/// How far an online change is.
public sealed interface Progress {
    /// Both programs are compared.
    record Compared() implements Progress {}

    /// The new program runs in shadow.
    ///
    /// @param scans that were followed
    /// @param of how many there are to be
    record Shadowing(long scans, long of) implements Progress {}

    /// Somebody has to consent first.
    record Waiting(List<Finding> open) implements Progress {
        public Waiting {
            open = List.copyOf(open);
        }
    }

    /// The change is not made; the running program was not touched.
    record Refused(List<Finding> reasons) implements Progress {
        public Refused {
            reasons = List.copyOf(reasons);
        }
    }

    /// The new program runs, on trial.
    ///
    /// @param pauseNanos for how long scans were held up
    record Swapped(long pauseNanos) implements Progress {}

    /// The new program runs, and has proved itself.
    record Settled() implements Progress {}

    /// The old program runs again.
    record RolledBack(String reason) implements Progress {}
}
