package io.millwright.node.st;

import io.millwright.iec61131.Compiler;
import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.SubrangeType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.node.command.UsageError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads values that are given on the command line, in the notation of the language: `5`, `16#FF`, `TRUE`,
/// `T#20ms`, `'text'`.
public final class Setting {
    private static final int NAMES_MAX = 50;
    private static final int LATIN_1_MAX = 0xFF;

    private Setting() {}

    /// @param option under which it was given
    /// @throws UsageError if the type does not have that value
    public static Value value(String option, Type type, String text, String name) {
        Type resolved = type.resolved();
        if (resolved instanceof EnumerationType enumeration) {
            return enumerated(option, type, enumeration, text, name);
        }
        if (resolved instanceof TextType of) {
            return fitting(option, of, isQuoted(text) ? quoted(option, of, text, name) : text, name);
        }
        Elementary elementary = type.elementary();
        if (elementary == null) {
            throw new UsageError(option + " " + name + ": a value of " + type.name() + " cannot be written here");
        }
        if (text.isEmpty()) {
            throw new UsageError(option + " " + name + ": the value is missing; write " + example(elementary));
        }
        boolean isLetter = elementary.family() == Family.CHARACTER && text.length() == 1;
        if (isLetter && (elementary == Elementary.WCHAR || text.charAt(0) <= LATIN_1_MAX)) {
            return new Value.Whole(text.charAt(0));
        }
        String written = resolved instanceof SubrangeType range ? range.name() : elementary.name();
        return compiled(option, written, text, name, "; write " + example(elementary));
    }

    private static Value enumerated(String option, Type type, EnumerationType enumeration, String text, String name) {
        int mark = Math.max(text.indexOf('#'), text.indexOf('.'));
        boolean isQualified = mark > 0 && text.substring(0, mark).equalsIgnoreCase(type.name());
        String value = isQualified ? text.substring(mark + 1) : text;
        return enumeration.values().entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase(value))
                .<Value>map(e -> new Value.Whole(e.getValue()))
                .findFirst()
                .orElseThrow(() -> {
                    String more = enumeration.values().size() > NAMES_MAX ? ", …" : "";
                    return new UsageError(option + " " + name + ": write one of "
                            + enumeration.values().keySet().stream()
                                    .limit(NAMES_MAX)
                                    .collect(Collectors.joining(", ", "", more)));
                });
    }

    private static boolean isQuoted(String text) {
        return text.startsWith("'") || text.startsWith("\"");
    }

    private static String quoted(String option, TextType type, String text, String name) {
        char quote = type.wide() ? '"' : '\'';
        if (text.charAt(0) != quote) {
            throw new UsageError(
                    option + " " + name + ": a " + type.name() + " stands between " + quote + " and " + quote);
        }
        var wide = new TextType(type.wide(), Math.clamp(text.length(), 1, TextType.MAX));
        return compiled(option, wide.name(), text, name, "") instanceof Value.Text(var held) ? held : "";
    }

    private static Value fitting(String option, TextType type, String held, String name) {
        if (held.length() > type.capacity()) {
            throw new UsageError(option + " " + name + ": " + type.name() + " holds " + type.capacity()
                    + " characters, and this has " + held.length());
        }
        if (!type.wide() && held.chars().anyMatch(c -> c > LATIN_1_MAX)) {
            throw new UsageError(option + " " + name + ": " + held
                    + " has characters beyond ISO 8859-1, which only a WSTRING holds");
        }
        return new Value.Text(held);
    }

    /// How a value of a type is written.
    private static String example(Elementary type) {
        return switch (type.family()) {
            case BIT -> type == Elementary.BOOL ? "TRUE or FALSE" : "a number, such as 16#FF";
            case SIGNED, UNSIGNED -> "a number, such as 5";
            case REAL -> "a number, such as 1.5";
            case DURATION -> type.name() + "#1s500ms";
            case DATE -> type.name() + "#2024-12-31";
            case TIME_OF_DAY -> type.name() + "#23:59:59";
            case DATE_AND_TIME -> type.name() + "#2024-12-31-23:59:59";
            case CHARACTER -> type == Elementary.WCHAR ? "\"A\"" : "'A'";
        };
    }

    private static Value compiled(String option, String type, String text, String name, String hint) {
        // The value ends with its line, whatever comment or text in it has no end.
        String program = "PROGRAM p VAR x : " + type + " := " + text + "\n; END_VAR END_PROGRAM";
        Checked checked = Compiler.compile(List.of(new Source(name, program)), Dialect.COMMON);
        Program compiled = checked.program();
        String refused = option + " " + name + ": " + text + " is no value of " + type;
        List<Diagnostic> told = checked.diagnostics();
        Optional<Diagnostic> beyond =
                told.stream().filter(d -> d.code().equals("W311")).findFirst();
        if (beyond.isPresent()) {
            throw new UsageError(refused + ": " + beyond.get().message());
        }
        var unit = compiled == null
                ? null
                : (UnitType) compiled.globals().getFirst().type().resolved();
        if (unit == null || unit.variables().size() != 1) {
            boolean isBeside = unit != null || isBeside(text, told.getFirst());
            throw new UsageError(
                    refused + (isBeside ? hint : ": " + told.getFirst().message()));
        }
        return unit.variables().getFirst().initial();
    }

    /// Whether what the compiler says leads elsewhere: a word is not declared, another type can be converted, and
    /// `20ms` is no name.
    private static boolean isBeside(String text, Diagnostic found) {
        return found.code().equals("E310") || text.matches("[A-Za-z_]\\w*|[\\d.]+[A-DF-Za-df-z]\\w*");
    }
}
