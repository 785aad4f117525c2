package io.millwright.node.plc;

import io.millwright.plc.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why it stopped.
///
/// @param epochMillis when, in milliseconds since 1970
/// @param message what happened, in English
/// @param code the same, for other languages, with its arguments
/// @param stack lines of the program, innermost first
public record FaultView(
        long epochMillis,
        String task,
        long scan,
        String message,
        String code,
        Map<String, String> arguments,
        List<String> stack) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    static @Nullable FaultView of(Optional<Fault> fault) {
        return fault.map(f -> new FaultView(
                        f.epochNanos() / NANOS_PER_MILLI,
                        f.task(),
                        f.scan(),
                        f.message(),
                        f.told().code(),
                        f.told().arguments(),
                        f.stack().stream().map(Object::toString).toList()))
                .orElse(null);
    }
}
