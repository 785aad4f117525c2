package io.millwright.certificate;

import java.util.Optional;

/// A derivation as text: a first line that says of what, and a line for each step.
public final class Trace {

    private static final int MOST = 64 << 20;

    private Trace() {}

    /// What is done with each line but the first.
    @FunctionalInterface
    public interface Reader {
        /// Reads one.
        ///
        /// @param number counted from 1
        void read(String line, int number) throws Malformed;
    }

    /// Reads a trace.
    ///
    /// @param of what it derives
    /// @param first its first line
    /// @return why it is refused, with the number of the line; empty where all of it was read
    public static Optional<String> read(String trace, String of, String first, Reader reader) {
        if (trace.length() > MOST) {
            return Optional.of("a trace has at most 64 MiB");
        }
        var lines = trace.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(first)) {
            return Optional.of("1: the first line of a trace of %s is: %s".formatted(of, first));
        }
        for (int i = 1; i < lines.size(); i++) {
            try {
                reader.read(lines.get(i), i + 1);
            } catch (Malformed | Fraction.TooLong e) {
                return Optional.of((i + 1) + ": " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
