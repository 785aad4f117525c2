package io.millwright.model;

import java.util.List;
import java.util.Optional;

/// A thing with an identity: a machine, a vessel, a product, a switch.
///
/// @param name its name in the plant file, the suffix of its identifier
/// @param identifier its globally unique name
/// @param type what kind of thing it is, e.g. `ProcessTank`
/// @param place where it stands in the equipment hierarchy of ISA-95 (IEC 62264-1), outermost first, e.g.
/// `site/hall-a/line-1`
/// @param signals its signals, in the order of the plant file
public record Asset(
        String name, Identifier identifier, Optional<String> type, Optional<String> place, List<Signal> signals) {

    public Asset {
        signals = List.copyOf(signals);
    }

    /// The signal of this name, if there is one.
    public Optional<Signal> signal(String signalName) {
        return signals.stream()
                .filter(s -> s.name().signal().equals(signalName))
                .findFirst();
    }
}
