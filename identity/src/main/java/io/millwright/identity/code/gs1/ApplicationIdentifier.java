package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Fault;
import java.util.ArrayList;
import java.util.List;

/// An application identifier: what its value looks like and what must and must not stand beside it.
///
/// @param ai two to four digits
/// @param parts the parts of its value, in their order
/// @param predefinedLength whether a scanner knows the length by the first two digits, so that no FNC1 follows
/// @param linkAttribute whether it may be an attribute in the query of a Digital Link
/// @param linkKey whether it can be the primary key of a Digital Link
/// @param qualifiers the sequences of qualifiers that may follow it in a Digital Link
/// @param requires what must stand beside it: of each entry one alternative, of which every pattern (`n` any digit)
/// @param excludes patterns of what must not stand beside it
/// @param title its data title
/// @param meaning in words
public record ApplicationIdentifier(
        String ai,
        List<ValuePart> parts,
        boolean predefinedLength,
        boolean linkAttribute,
        boolean linkKey,
        List<List<String>> qualifiers,
        List<List<List<String>>> requires,
        List<String> excludes,
        String title,
        String meaning) {

    public ApplicationIdentifier {
        parts = List.copyOf(parts);
        qualifiers = List.copyOf(qualifiers);
        requires = List.copyOf(requires);
        excludes = List.copyOf(excludes);
    }

    /// The fewest characters a value has.
    public int minLength() {
        return parts.stream()
                .filter(p -> !p.optional())
                .mapToInt(ValuePart::min)
                .sum();
    }

    /// The most characters a value has.
    public int maxLength() {
        return parts.stream().mapToInt(ValuePart::max).sum();
    }

    /// Everything that is wrong with a value, places counted from its start.
    List<Fault> check(String value) {
        if (value.isEmpty()) {
            return List.of(new Fault(0, named() + " has no value"));
        }
        var faults = new ArrayList<Fault>();
        int at = 0;
        for (var part : parts) {
            if (part.optional() && at == value.length()) {
                break;
            }
            int end = Math.min(value.length(), at + part.max());
            if (end - at < part.min()) {
                faults.add(new Fault(value.length(), tooShort(value)));
                return faults;
            }
            checkPart(part, value.substring(at, end), at, faults);
            at = end;
        }
        if (at < value.length()) {
            faults.add(new Fault(at, named() + " has at most " + maxLength() + " characters, not " + value.length()));
        }
        return faults;
    }

    private String tooShort(String value) {
        return minLength() == maxLength()
                ? named() + " must have " + minLength() + " characters, has " + value.length()
                : named() + " ends too early after " + value.length() + " characters";
    }

    private void checkPart(ValuePart part, String value, int at, List<Fault> faults) {
        var characters = part.characters();
        int bad = characters.firstOutside(value);
        if (bad >= 0) {
            faults.add(new Fault(at + bad, named() + " takes " + characters.words() + " here"));
            return;
        }
        for (var name : part.checks()) {
            var fault = Checks.named(name).of(value);
            if (fault.isPresent()) {
                faults.add(new Fault(
                        at + fault.get().at(), named() + ": " + fault.get().message()));
                return;
            }
        }
    }

    /// E.g. `GTIN (01)`.
    String named() {
        return title.isEmpty() ? "(" + ai + ")" : title + " (" + ai + ")";
    }
}
