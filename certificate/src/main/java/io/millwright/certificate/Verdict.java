package io.millwright.certificate;

import java.util.List;

/// What a checker says of what it was shown.
///
/// @param <F> the figures of what holds
public sealed interface Verdict<F> {

    /// Everything that was claimed holds.
    record Verified<F>(F figures) implements Verdict<F> {}

    /// Something does not hold.
    ///
    /// @param violations how many were found, more than are shown perhaps
    /// @param shown the first of them
    /// @param complete whether everything was looked at; not, where a plan is so wrong that it cannot be
    ///     replayed
    record Refuted<F>(long violations, List<Violation> shown, boolean complete) implements Verdict<F> {
        public Refuted {
            shown = List.copyOf(shown);
        }
    }

    /// What was shown cannot be read, or is too large to be checked.
    ///
    /// @param why one line: where, what is wrong, what would be right
    record Refused<F>(String why) implements Verdict<F> {}
}
