package io.millwright.identity.code.gs1;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Element strings: read from what a scanner sends or from what stands in brackets beneath a barcode, and written
/// (GS1 General Specifications, sections 3 and 7.8).
public final class ElementStrings {

    /// What a scanner sends for FNC1 between elements: group separator.
    public static final char FNC1 = '\u001d';

    /// How people write FNC1: a caret, or the picture of the group separator.
    private static final String OTHER_FNC1 = "^␝";

    private ElementStrings() {}

    /// Elements that were read, and what was wrong with the text.
    record Reading(List<Element> elements, List<Fault> faults) {}

    static boolean isFnc1(char c) {
        return c == FNC1 || OTHER_FNC1.indexOf(c) >= 0;
    }

    /// Reads `(01)09506000134352(10)ABC` from an offset. A bracket in a value is written `\(`, or tells itself from the
    /// start of an element because no application identifier follows it.
    static Reading bracketed(String text, int from) {
        var elements = new ArrayList<Element>();
        var faults = new ArrayList<Fault>();
        int at = from;
        while (at < text.length()) {
            int close = text.indexOf(')', at);
            if (text.charAt(at) != '(' || close < 0) {
                faults.add(new Fault(at, "an application identifier in brackets must stand here, e.g. (01)"));
                break;
            }
            var ai = text.substring(at + 1, close);
            int end = nextBracket(text, close + 1);
            var written = text.substring(close + 1, end);
            var known = ApplicationIdentifiers.of(ai);
            if (known.isEmpty()) {
                faults.add(new Fault(at + 1, "there is no application identifier " + quoted(ai)));
            } else {
                var element = new Element(ai, written.replace("\\(", "("), at, close + 1, written);
                elements.add(element);
                known.get()
                        .check(element.value())
                        .forEach(f -> faults.add(new Fault(element.place(f.at()), f.message())));
            }
            at = end;
        }
        return new Reading(elements, faults);
    }

    private static int nextBracket(String text, int from) {
        for (int i = text.indexOf('(', from); i >= 0; i = text.indexOf('(', i + 1)) {
            int close = i + 1;
            while (close < text.length() && close - i <= 5 && Character.digit(text.charAt(close), 10) >= 0) {
                close++;
            }
            boolean escaped = i > from && text.charAt(i - 1) == '\\';
            if (!escaped && close - i >= 3 && close < text.length() && text.charAt(close) == ')') {
                return i;
            }
        }
        return text.length();
    }

    /// Reads what a scanner sends: elements one after the other, FNC1 behind those of variable length.
    static Reading scanned(String text, int from) {
        var elements = new ArrayList<Element>();
        var faults = new ArrayList<Fault>();
        int at = from;
        while (at < text.length()) {
            if (isFnc1(text.charAt(at))) {
                at++;
                continue;
            }
            var known = ApplicationIdentifiers.startingAt(text, at);
            if (known.isEmpty()) {
                faults.add(new Fault(at, "no application identifier starts here: " + quoted(head(text, at))));
                break;
            }
            var ai = known.get();
            int start = at + ai.ai().length();
            int stop = start;
            while (stop < text.length() && !isFnc1(text.charAt(stop))) {
                stop++;
            }
            int end = ai.predefinedLength() ? Math.min(stop, start + ai.maxLength()) : stop;
            var value = text.substring(start, end);
            var element = new Element(ai.ai(), value, at, start, value);
            elements.add(element);
            ai.check(value).forEach(f -> faults.add(new Fault(start + f.at(), f.message())));
            at = end;
        }
        return new Reading(elements, faults);
    }

    private static String head(String text, int at) {
        return text.substring(at, Math.min(text.length(), at + 4));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /// The text for people: `(01)09506000134352(10)ABC`.
    public static String bracketed(List<Element> elements) {
        return elements.stream()
                .map(e -> "(" + e.ai() + ")" + escaped(e.value()))
                .collect(Collectors.joining());
    }

    private static String escaped(String value) {
        return nextBracket(value, 0) < value.length() ? value.replace("(", "\\(") : value;
    }

    /// What a scanner would send: those of predefined length first, FNC1 behind the others but the last.
    public static String scanned(List<Element> elements) {
        var ordered = new ArrayList<Element>();
        elements.stream().filter(ElementStrings::isPredefined).forEach(ordered::add);
        elements.stream().filter(e -> !isPredefined(e)).forEach(ordered::add);
        var text = new StringBuilder();
        for (int i = 0; i < ordered.size(); i++) {
            var element = ordered.get(i);
            text.append(element.ai()).append(element.value());
            if (!isPredefined(element) && i < ordered.size() - 1) {
                text.append(FNC1);
            }
        }
        return text.toString();
    }

    private static boolean isPredefined(Element element) {
        return ApplicationIdentifiers.of(element.ai())
                .map(ApplicationIdentifier::predefinedLength)
                .orElse(false);
    }
}
