package io.millwright.process.replay;

import java.util.List;

/// A plant file for replayed recordings, so that a node can be pointed at them.
public final class PlantFragment {

    private PlantFragment() {}

    /// The plant file.
    ///
    /// @param endpoint of the replay's OPC UA server
    public static String of(String plant, String prefix, List<Recording> recordings, String endpoint) {
        var text = new StringBuilder("plant: %s%nprefix: %s%nassets:%n".formatted(plant, prefix));
        for (var recording : recordings) {
            text.append("  %s:%n    type: Recording%n    signals:%n".formatted(recording.name()));
            for (var column : recording.columns()) {
                text.append("      %s: {unit: \"%s\", from: \"replay/ns=2;s=%s.%s\", every: 100ms}%n"
                        .formatted(column.signal(), column.unit(), recording.name(), column.signal()));
            }
        }
        return text.append("connections:%n  replay: {protocol: opc-ua, endpoint: \"%s\", security: None}%n"
                        .formatted(endpoint))
                .toString();
    }
}
