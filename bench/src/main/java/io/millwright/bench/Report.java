package io.millwright.bench;

import java.util.List;

/// What a benchmark found.
///
/// @param benchmark its name
/// @param figures what was measured, in the order to be shown
/// @param remarks what a reader has to know to judge the figures
public record Report(String benchmark, List<Figure> figures, List<String> remarks) {

    /// One measured figure.
    ///
    /// @param what what was measured
    /// @param value the figure
    /// @param unit its unit, e.g. `samples/s`, `ms`, `ratio`
    /// @param target what is to be reached, in words, e.g. `≥ 1 000 000`; empty where it is only compared with
    public record Figure(String what, double value, String unit, String target) {}
}
