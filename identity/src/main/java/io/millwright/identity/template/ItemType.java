package io.millwright.identity.template;

import java.util.Optional;
import java.util.regex.Pattern;

/// What an item's value has to look like.
public sealed interface ItemType {

    /// Any text.
    ///
    /// @param min the least number of characters (Unicode code points)
    /// @param max the most, at most [#TEXT_MAX]
    record Text(int min, int max) implements ItemType {

        public Text {
            checkRange(min, max, TEXT_MAX);
        }

        @Override
        public Optional<String> fault(String value) {
            int length = value.codePointCount(0, value.length());
            return length >= min && length <= max
                    ? Optional.empty()
                    : Optional.of("长度应为 " + min + " 至 " + max + " 个字符, 实为 " + length);
        }
    }

    /// A decimal number: an optional minus sign, digits, and digits after a point.
    ///
    /// @param min the least number of digits
    /// @param max the most, at most [#DIGITS_MAX]
    /// @param accuracy the most digits after the point
    record Decimal(int min, int max, int accuracy) implements ItemType {

        private static final Pattern FORM = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

        public Decimal {
            checkRange(min, max, DIGITS_MAX);
            if (accuracy < 0 || accuracy > max) {
                throw new IllegalArgumentException("小数位数应为 0 至最大长度 " + max + ", 不是 " + accuracy);
            }
        }

        @Override
        public Optional<String> fault(String value) {
            if (value.length() > 2 + DIGITS_MAX || !FORM.matcher(value).matches()) {
                return Optional.of("应为数值, 例如 -12.5");
            }
            int digits = (int) value.chars().filter(Character::isDigit).count();
            if (digits < min || digits > max) {
                return Optional.of("应有 " + min + " 至 " + max + " 位数字, 实为 " + digits);
            }
            int point = value.indexOf('.');
            int decimals = point < 0 ? 0 : value.length() - point - 1;
            return decimals <= accuracy ? Optional.empty() : Optional.of("小数最多 " + accuracy + " 位, 实为 " + decimals);
        }
    }

    /// A date or a time in the calendar.
    ///
    /// @param format letters `YYYY`, `MM`, `DD`, `HH`, `mm`, `ss` and marks between them, e.g.
    /// `YYYY-MM-DD HH:mm:ss`
    record Moment(String format) implements ItemType {

        public Moment {
            var _ = DateFormat.of(format);
        }

        @Override
        public Optional<String> fault(String value) {
            return DateFormat.fits(format, value) ? Optional.empty() : Optional.of("应为 " + format + " 格式的日期");
        }
    }

    /// The longest text.
    int TEXT_MAX = 4000;

    /// The longest number.
    int DIGITS_MAX = 38;

    /// What is wrong with a value; nothing if it is right.
    Optional<String> fault(String value);

    private static void checkRange(int min, int max, int most) {
        if (min < 0 || max < Math.max(1, min) || max > most) {
            throw new IllegalArgumentException("长度应满足 0 ≤ 最小长度 ≤ 最大长度 ≤ " + most + ", 不是 " + min + " 至 " + max);
        }
    }
}
