package io.millwright.model.unit;

import io.millwright.model.text.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the code that somebody meant who wrote a unit in an everyday way.
///
/// The text is brought to ASCII operators and digits, cut at the operators, and each part is looked up: is it a
/// code, an everyday word, an everyday word with a prefix, two codes run together, or a code in wrong case. Where
/// that leads nowhere the nearest common code is offered.
final class Spelling {

    private static final Pattern PART = Pattern.compile("[^./()*\\s]+|[./()*\\s]+");
    private static final Pattern POWER = Pattern.compile("(.*?[^0-9^+-])\\^?([+-]?[0-9]+)");
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final String SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

    private static final Map<String, String> EVERYDAY = Atoms.everyday();

    private Spelling() {}

    /// What to write instead, as a sentence's second half; empty when nothing comes near.
    static Optional<String> suggest(String text) {
        String code = correct(text.strip());
        if (code != null && isCode(code)) {
            return Optional.of("write \"" + code + "\"");
        }
        String temperature = text.replaceAll("Cel|°C|℃", "K");
        if (!temperature.equals(text) && isCode(temperature)) {
            return Optional.of("write \"" + temperature + "\"");
        }
        return Nearest.of(text, Ucum.examples()).map(near -> "did you mean \"" + near + "\"?");
    }

    private static @Nullable String correct(String text) {
        String known = EVERYDAY.get(text);
        if (known != null) {
            return known;
        }
        var code = new StringBuilder();
        Matcher parts = PART.matcher(plain(text));
        while (parts.find()) {
            String part = parts.group();
            String correct = isOperator(part) ? operator(part) : part(part);
            if (correct == null) {
                return null;
            }
            code.append(correct);
        }
        return code.toString();
    }

    private static boolean isOperator(String part) {
        return "./()* ".indexOf(part.charAt(0)) >= 0;
    }

    private static String operator(String part) {
        String trimmed = part.replace("*", ".").replace(" ", "");
        return trimmed.isEmpty() ? "." : trimmed.replace("..", ".");
    }

    private static @Nullable String part(String part) {
        if (isCode(part)) {
            return part;
        }
        String known = word(part);
        if (known != null) {
            return known;
        }
        Matcher power = POWER.matcher(part);
        if (power.matches()) {
            String unit = word(power.group(1));
            return unit == null ? null : unit + power.group(2);
        }
        return null;
    }

    private static @Nullable String word(String word) {
        if (isCode(word)) {
            return word;
        }
        String known = EVERYDAY.get(word);
        if (known != null) {
            return known;
        }
        for (int length = 1; length <= 2 && length < word.length(); length++) {
            String rest = EVERYDAY.get(word.substring(length));
            String code = rest == null ? null : word.substring(0, length) + rest;
            if (code != null && isCode(code)) {
                return code;
            }
        }
        String inRightCase = inRightCase(word);
        return inRightCase == null ? product(word) : inRightCase;
    }

    /// `Nm` is two units run together.
    private static @Nullable String product(String word) {
        for (int cut = word.length() - 1; cut > 0; cut--) {
            String first = word.substring(0, cut);
            String second = word.substring(cut);
            if (List.of("h", "s", "m", "A", "min").contains(second) && isCode(first)) {
                return first + "." + second;
            }
        }
        return null;
    }

    private static @Nullable String inRightCase(String word) {
        List<String> same =
                Ucum.examples().stream().filter(word::equalsIgnoreCase).toList();
        return same.isEmpty() ? null : same.getFirst();
    }

    private static String plain(String text) {
        var ascii = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int superscript = SUPERSCRIPTS.indexOf(c);
            int subscript = SUBSCRIPTS.indexOf(c);
            switch (c) {
                case 'µ', 'μ' -> ascii.append('u');
                case '·', '×', '⋅', '∙', '•' -> ascii.append('.');
                case '⁻', '−' -> ascii.append('-');
                case '⁄', '∕', '÷', '／' -> ascii.append('/');
                default -> {
                    int digit = Math.max(superscript, subscript);
                    ascii.append(digit >= 0 ? (char) ('0' + digit) : c);
                }
            }
        }
        return ascii.toString().replace("**", "");
    }

    private static boolean isCode(String text) {
        try {
            new CodeParser(text, Atoms.ucum()).parse();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
