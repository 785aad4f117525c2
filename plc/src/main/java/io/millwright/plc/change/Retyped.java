package io.millwright.plc.change;

import io.millwright.iec61131.machine.Slot;
import io.millwright.plc.change.Finding.Kind;

/// Says what becomes of a variable of an elementary type that has another one now.
record Retyped(Findings findings, Slot before, Slot after, Carry carry) {

    void tell(String name) {
        String old = before.type().name();
        String now = after.type().name();
        String changed = name + " : " + old + " becomes " + now;
        if (carry instanceof Carry.Named) {
            enumeration(name, changed);
        } else if (carry.isLossless()) {
            findings.note(Kind.WIDENED, name, old, now, changed + "; every value is kept");
        } else {
            findings.ask(Kind.NARROWED, name, old, now, Shown.present(before), changed + ": " + fate());
        }
    }

    private void enumeration(String name, String changed) {
        String old = before.type().name();
        String now = after.type().name();
        if (carry.isLossless()) {
            findings.warn(
                    Kind.RENUMBERED,
                    name,
                    old,
                    now,
                    changed + " with other numbers; it stays " + Shown.present(before));
        } else {
            findings.ask(
                    Kind.NARROWED, name, old, now, Shown.present(before), changed + " with fewer names: " + fate());
        }
    }

    private String fate() {
        String value = before.name() + " := " + Shown.present(before);
        return switch (carry.fate(before.bits())) {
            case KEPT -> value + " is kept, but not every value would be";
            case ROUNDED -> value + " would be rounded";
            case LOST ->
                value + " does not fit " + after.type().name() + " and would be lost; it would start with "
                        + Shown.present(after);
        };
    }
}
