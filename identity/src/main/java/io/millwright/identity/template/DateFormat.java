package io.millwright.identity.template;

import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the date formats of templates, such as `YYYY-MM-DD`.
final class DateFormat {

    /// The format where a template names none.
    static final String USUAL = "YYYY-MM-DD";

    private static final int LENGTH_MAX = 40;
    private static final String MARKS = "-/.: _T年月日时分秒";

    /// The letters here, and those of the library.
    private static final Map<String, String> PARTS = Map.of(
            "YYYY", "uuuu", "yyyy", "uuuu", "MM", "MM", "DD", "dd", "dd", "dd", "HH", "HH", "mm", "mm", "ss", "ss");

    private DateFormat() {}

    /// Fields that can be read; alone, without a date, the library does not look at their ranges.
    private static final List<ChronoField> FIELDS = List.of(
            ChronoField.YEAR,
            ChronoField.MONTH_OF_YEAR,
            ChronoField.DAY_OF_MONTH,
            ChronoField.HOUR_OF_DAY,
            ChronoField.MINUTE_OF_HOUR,
            ChronoField.SECOND_OF_MINUTE);

    /// Whether a text is a moment of the calendar in this format.
    static boolean fits(String format, String text) {
        try {
            var parsed = of(format).parse(text);
            FIELDS.stream().filter(parsed::isSupported).forEach(f -> f.checkValidValue(parsed.getLong(f)));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// @throws IllegalArgumentException if there are other letters in it
    static DateTimeFormatter of(String format) {
        var pattern = new StringBuilder();
        boolean readable = format.length() <= LENGTH_MAX;
        boolean any = false;
        for (int i = 0; readable && i < format.length(); ) {
            var part = partAt(format, i);
            if (part.isPresent()) {
                pattern.append(PARTS.get(part.get()));
                i += part.get().length();
                any = true;
            } else {
                readable = MARKS.indexOf(format.charAt(i)) >= 0;
                pattern.append('\'').append(format.charAt(i)).append('\'');
                i++;
            }
        }
        if (!readable || !any) {
            throw new IllegalArgumentException("日期格式由 YYYY MM DD HH mm ss 及分隔符组成, 例如 " + USUAL + "; 不是 " + format);
        }
        return DateTimeFormatter.ofPattern(pattern.toString()).withResolverStyle(ResolverStyle.STRICT);
    }

    private static Optional<String> partAt(String format, int at) {
        return PARTS.keySet().stream()
                .filter(part -> format.startsWith(part, at))
                .findFirst();
    }
}
