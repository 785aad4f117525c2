package io.millwright.model.unit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads one unit code by the grammar of UCUM, section 2.
///
/// ```text
/// main-term = [ "/" ] term
/// term      = component { ( "." | "/" ) component }        evaluated from left to right
/// component = simple [ exponent ] [ annotation ] | annotation | digits | "(" term ")"
/// simple    = [ prefix ] atom
/// ```
final class CodeParser {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");
    private static final Pattern UNIT_WITH_EXPONENT = Pattern.compile("(.*[^0-9+-])([+-]?[0-9]{1,3})");

    private final String code;
    private final Atoms atoms;
    private int at;

    CodeParser(String code, Atoms atoms) {
        this.code = code;
        this.atoms = atoms;
    }

    /// @throws IllegalArgumentException when the text is no code; the message tells what is wrong with it
    Meaning parse() {
        Meaning meaning = mainTerm();
        if (at < code.length()) {
            throw new IllegalArgumentException("\"" + code.charAt(at) + "\" is out of place");
        }
        double factor = meaning.factor();
        if (meaning.isRatio() && !(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("it is too large or too small for a number");
        }
        return meaning;
    }

    private Meaning mainTerm() {
        if (at < code.length() && code.charAt(at) == '/') {
            at++;
            return term(Meaning.ONE, -1);
        }
        Meaning first = component();
        return moreComponents(first);
    }

    private Meaning term(Meaning left, int exponent) {
        return moreComponents(combine(left, component(), exponent));
    }

    private Meaning moreComponents(Meaning first) {
        Meaning meaning = first;
        while (at < code.length() && (code.charAt(at) == '.' || code.charAt(at) == '/')) {
            int exponent = code.charAt(at++) == '.' ? 1 : -1;
            meaning = combine(meaning, component(), exponent);
        }
        return meaning;
    }

    private static Meaning combine(Meaning left, Meaning right, int exponent) {
        if (!left.isRatio() || !right.isRatio()) {
            throw new IllegalArgumentException("a unit with a zero point of its own cannot be part of a product");
        }
        return left.times(right, exponent);
    }

    private Meaning component() {
        if (at >= code.length()) {
            throw new IllegalArgumentException("it ends where a unit is expected");
        }
        Meaning meaning;
        switch (code.charAt(at)) {
            case '(' -> {
                at++;
                meaning = moreComponents(component());
                if (at >= code.length() || code.charAt(at) != ')') {
                    throw new IllegalArgumentException("a parenthesis is not closed");
                }
                at++;
            }
            case '{' -> meaning = Meaning.ONE;
            default -> meaning = simple(symbol());
        }
        annotation();
        return meaning;
    }

    private void annotation() {
        if (at >= code.length() || code.charAt(at) != '{') {
            return;
        }
        int end = code.indexOf('}', at);
        if (end < 0) {
            throw new IllegalArgumentException("an annotation is not closed");
        }
        String note = code.substring(at + 1, end);
        if (!note.chars().allMatch(c -> c > ' ' && c < 127 && c != '{')) {
            throw new IllegalArgumentException("an annotation takes printable ASCII characters without spaces");
        }
        at = end + 1;
    }

    /// The characters up to the next operator; square brackets hide operators.
    private String symbol() {
        int start = at;
        boolean inBrackets = false;
        while (at < code.length()) {
            char c = code.charAt(at);
            if (!inBrackets && "./(){}".indexOf(c) >= 0) {
                break;
            }
            inBrackets = c == '[' || inBrackets && c != ']';
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException("\"" + code.charAt(at) + "\" is out of place");
        }
        return code.substring(start, at);
    }

    /// UCUM, section 7: a positive integer may stand in place of a unit.
    private static Meaning number(double value) {
        if (value == 0) {
            throw new IllegalArgumentException("a number in a unit is above 0");
        }
        return new Meaning(Dimension.NONE, new Scale.Ratio(value));
    }

    private Meaning simple(String symbol) {
        if (NUMBER.matcher(symbol).matches()) {
            return number(Double.parseDouble(symbol));
        }
        Matcher power = UNIT_WITH_EXPONENT.matcher(symbol);
        String unit = power.matches() ? power.group(1) : symbol;
        Meaning meaning = atoms.simpleUnit(unit);
        if (meaning == null) {
            throw new IllegalArgumentException("unknown unit \"" + unit + "\"");
        }
        if (!power.matches()) {
            return meaning;
        }
        int exponent = Integer.parseInt(power.group(2));
        return combine(Meaning.ONE, combine(meaning, Meaning.ONE, 1), exponent);
    }
}
