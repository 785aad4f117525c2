package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Code.Gs1Form;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads GS1 data in any of its forms.
///
/// @param year the year in which it is read; years of two digits mean the nearest one
public record Gs1Reader(int year) {

    private static final Set<Integer> GTIN_LENGTHS = Set.of(8, 12, 13, 14);
    private static final int GTIN_LENGTH = 14;
    private static final int SSCC_LENGTH = 18;

    /// Reads `(01)…(10)…` from an offset of the text on.
    public Code.Gs1 bracketed(String text, int from) {
        return elements(Gs1Form.BRACKETED, ElementStrings.bracketed(text, from));
    }

    /// Reads what a scanner sends, from an offset of the text on.
    public Code.Gs1 scanned(String text, int from) {
        return elements(Gs1Form.ELEMENT_STRING, ElementStrings.scanned(text, from));
    }

    private Code.Gs1 elements(Gs1Form form, ElementStrings.Reading reading) {
        var faults = new ArrayList<>(reading.faults());
        if (reading.elements().isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(0, "there is no element"));
        }
        return code(form, reading.elements(), List.of(), faults);
    }

    /// Reads a web address; nothing if it is no Digital Link.
    public Optional<Code.Gs1> digitalLink(String text, int from) {
        return DigitalLinks.read(text, from).map(link -> {
            var more = new ArrayList<Part>();
            more.add(new Part("resolver", link.stem(), "where the link leads"));
            link.others().forEach(other -> {
                int equals = other.indexOf('=');
                more.add(Part.of(
                        equals < 0 ? other : other.substring(0, equals),
                        equals < 0 ? "" : other.substring(equals + 1)));
            });
            return code(link.form(), link.elements(), more, link.faults());
        });
    }

    /// Checks elements that were read from the bits of a tag, which stand at an offset of the text.
    ///
    /// @param more what else the tag says
    public Code.Gs1 tag(List<Element> elements, List<Part> more, int at) {
        var faults = new ArrayList<Fault>();
        for (var element : elements) {
            ApplicationIdentifiers.of(element.ai())
                    .ifPresent(ai -> ai.check(element.value()).forEach(f -> faults.add(new Fault(at, f.message()))));
        }
        return code(Gs1Form.TAG, elements, more, faults);
    }

    /// Whether the text can be a key alone: a GTIN of any length, or a Serial Shipping Container Code.
    public static boolean isKeyAlone(String text) {
        return Characters.NUMERIC.holds(text)
                && (GTIN_LENGTHS.contains(text.length())
                        || text.length() == SSCC_LENGTH
                                && CheckDigits.last(text).isEmpty());
    }

    /// Reads a key alone, which stands from an offset of the text to its end.
    public Code.Gs1 key(String text, int from) {
        var digits = text.substring(from);
        boolean sscc = digits.length() == SSCC_LENGTH;
        var ai = sscc ? "00" : "01";
        int zeros = sscc ? 0 : GTIN_LENGTH - digits.length();
        var element = new Element(ai, "0".repeat(zeros) + digits, from, from - zeros, "0".repeat(zeros) + digits);
        var faults = ApplicationIdentifiers.of(ai).orElseThrow().check(element.value()).stream()
                .map(f -> new Fault(Math.max(from, element.place(f.at())), f.message()))
                .toList();
        return code(Gs1Form.KEY, List.of(element), List.of(), faults);
    }

    private Code.Gs1 code(Gs1Form form, List<Element> elements, List<Part> more, List<Fault> faults) {
        var all = new ArrayList<>(faults);
        if (faults.isEmpty()) {
            all.addAll(new Associations(elements).check());
        }
        all.sort(Comparator.comparingInt(Fault::at));
        var parts = new ArrayList<>(new Meanings(year).of(elements));
        parts.addAll(more);
        var canonical = all.isEmpty() ? ElementStrings.bracketed(DigitalLinks.ordered(elements)) : "";
        return new Code.Gs1(form, elements, canonical, parts, all);
    }
}
