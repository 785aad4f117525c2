package io.millwright.process.commissioning;

import io.millwright.model.text.Durations;
import java.util.List;
import java.util.Optional;

/// Faults of signals as people write them: `stuck`, `broken`, `lost`, `lost=0.3`, `bias=2`, `drift=-0.01`,
/// `noise=0.1`, `late=500ms`.
public final class SignalFaults {

    /// What there is, for messages and help.
    public static final String KINDS =
            "stuck, broken, lost[=SHARE], bias=OFFSET, drift=PER-SECOND, noise=DEVIATION" + " or late=TIME";

    private static final List<String> ALONE = List.of("stuck", "broken");

    private SignalFaults() {}

    /// Reads a fault.
    ///
    /// @throws IllegalArgumentException if it is none; the message says what would be right
    public static SignalFault parse(String text) {
        int equals = text.indexOf('=');
        String kind = equals < 0 ? text : text.substring(0, equals);
        Optional<String> value = equals < 0 ? Optional.empty() : Optional.of(text.substring(equals + 1));
        if (ALONE.contains(kind) && value.isPresent()) {
            throw new IllegalArgumentException("\"" + text + "\": " + kind + " takes no value");
        }
        return switch (kind) {
            case "stuck" -> new SignalFault.Stuck();
            case "broken" -> new SignalFault.Broken();
            case "lost" -> new SignalFault.Loss(value.isPresent() ? number(text, value) : 1);
            case "bias" -> new SignalFault.Bias(number(text, value));
            case "drift" -> new SignalFault.Drift(number(text, value));
            case "noise" -> new SignalFault.Noise(number(text, value));
            case "late" ->
                new SignalFault.Delay(Durations.parse(value.orElseThrow(
                        () -> new IllegalArgumentException("\"late\" takes a time; write e.g. late=500ms"))));
            default -> throw new IllegalArgumentException("\"" + text + "\" is no fault of a signal; write " + KINDS);
        };
    }

    private static double number(String text, Optional<String> value) {
        try {
            return Double.parseDouble(value.orElse(""));
        } catch (NumberFormatException e) {
            String kind = value.isPresent() ? text.substring(0, text.indexOf('=')) : text;
            throw new IllegalArgumentException("\"" + text + "\" takes a number; write e.g. " + kind + "=0.5");
        }
    }
}
