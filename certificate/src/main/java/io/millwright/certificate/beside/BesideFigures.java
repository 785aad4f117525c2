package io.millwright.certificate.beside;

import java.util.List;

/// What is proved of sporadic streams beside a schedule; times in ns.
///
/// @param bounds one for each stream and listener; none where there are no such streams
public record BesideFigures(List<Bound> bounds) {

    public BesideFigures {
        bounds = List.copyOf(bounds);
    }

    /// No frame takes longer.
    ///
    /// @param delay from when it is handed over until its last bit is there; not above the deadline
    public record Bound(String stream, String listener, long delay, long deadline) {}
}
