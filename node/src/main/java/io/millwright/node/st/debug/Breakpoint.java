package io.millwright.node.st.debug;

import io.millwright.iec61131.interpret.Call;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.debug.SourceBreakpoint;
import org.jspecify.annotations.Nullable;

/// One breakpoint, and how often it was come by.
final class Breakpoint {
    private static final Pattern HITS = Pattern.compile("\\s*(%|==?|>=?|<=?)?\\s*(\\d{1,18})\\s*");
    private static final Pattern PIECE = Pattern.compile("\\{([^{}]*)}");

    private final int id;
    private final String condition;
    private final String hits;
    private final String message;
    private long count;

    Breakpoint(int id, SourceBreakpoint asked) {
        this.id = id;
        this.condition = text(asked.getCondition());
        this.hits = text(asked.getHitCondition());
        this.message = text(asked.getLogMessage());
        if (!hits.isEmpty() && !HITS.matcher(hits).matches()) {
            throw new IllegalArgumentException(
                    "a hit count is a number, or one behind =, >, >=, <, <= or the percent sign (every so many)");
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given.strip();
    }

    int id() {
        return id;
    }

    /// An expression of BOOL, or empty.
    String condition() {
        return condition;
    }

    /// Whether a message is logged instead of stopping.
    boolean logs() {
        return !message.isEmpty();
    }

    /// Whether it takes effect now, at its line.
    boolean isHit(Call call, Watches watches) {
        if (!condition.isEmpty() && !watches.holds(call, condition)) {
            return false;
        }
        count++;
        return hits.isEmpty() || counted();
    }

    /// Whether it would hold the program at its line, however often it was come by.
    boolean stands(Call call, Watches watches) {
        return !logs() && (condition.isEmpty() || watches.holds(call, condition));
    }

    private boolean counted() {
        Matcher matcher = HITS.matcher(hits);
        if (!matcher.matches()) {
            return true;
        }
        long number = Long.parseLong(matcher.group(2));
        return switch (matcher.group(1) == null ? "=" : matcher.group(1)) {
            case "%" -> number != 0 && count % number == 0;
            case ">" -> count > number;
            case ">=" -> count >= number;
            case "<" -> count < number;
            case "<=" -> count <= number;
            default -> count == number;
        };
    }

    /// The message, with the values of the expressions in braces.
    String message(Call call, Watches watches) {
        return PIECE.matcher(message).replaceAll(m -> Matcher.quoteReplacement(value(call, watches, m.group(1))));
    }

    private static String value(Call call, Watches watches, String expression) {
        try {
            return new Shown(false).text(watches.value(call, expression));
        } catch (IllegalArgumentException e) {
            return "{" + e.getMessage() + "}";
        }
    }
}
