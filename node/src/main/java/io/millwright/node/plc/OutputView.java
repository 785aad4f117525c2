package io.millwright.node.plc;

import io.millwright.model.Told;
import java.util.Map;

/// An output of the PLC.
///
/// @param failure why its device does not take it; empty while it does
/// @param code of the failure, for who says it in another language
/// @param arguments what the failure is about
public record OutputView(String variable, String signal, String failure, String code, Map<String, String> arguments) {
    static OutputView of(String variable, Outputs.State output) {
        Told failure = output.failure();
        return new OutputView(
                variable, output.signal().toString(), failure.text(), failure.code(), failure.arguments());
    }
}
