package io.millwright.plc.change;

import io.millwright.iec61131.machine.Slot;
import io.millwright.model.Told;
import io.millwright.plc.change.Finding.Kind;

/// Says what becomes of a variable of an elementary type that has another one now.
record Retyped(Findings findings, Slot before, Slot after, Carry carry) {

    void tell(String name) {
        String old = before.type().name();
        String now = after.type().name();
        if (carry instanceof Carry.Named) {
            enumeration(name);
        } else if (carry.isLossless()) {
            findings.note(
                    Kind.WIDENED,
                    name,
                    old,
                    now,
                    Told.of("widened", "{subject} : {before} becomes {after}; every value is kept"));
        } else {
            findings.ask(
                    Kind.NARROWED,
                    name,
                    old,
                    now,
                    Shown.present(before),
                    fate("narrowed", "{subject} : {before} becomes {after}: "));
        }
    }

    private void enumeration(String name) {
        String old = before.type().name();
        String now = after.type().name();
        if (carry.isLossless()) {
            findings.warn(
                    Kind.RENUMBERED,
                    name,
                    old,
                    now,
                    Told.of("renumbered", "{subject} : {before} becomes {after} with other numbers; it stays {value}")
                            .with("value", Shown.present(before)));
        } else {
            findings.ask(
                    Kind.NARROWED,
                    name,
                    old,
                    now,
                    Shown.present(before),
                    fate("names-gone", "{subject} : {before} becomes {after} with fewer names: "));
        }
    }

    private Told fate(String code, String words) {
        Told told = switch (carry.fate(before.bits())) {
            case KEPT -> Told.of(code + "-kept", words + "{was} := {present} is kept, but not every value would be");
            case ROUNDED -> Told.of(code + "-rounded", words + "{was} := {present} would be rounded");
            case LOST ->
                Told.of(
                                code + "-lost",
                                words + "{was} := {present} does not fit {after} and would be lost; it would start"
                                        + " with {first}")
                        .with("first", Shown.present(after));
        };
        return told.with("was", before.name());
    }
}
