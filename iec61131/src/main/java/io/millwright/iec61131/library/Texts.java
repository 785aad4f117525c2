package io.millwright.iec61131.library;

import io.millwright.iec61131.machine.Text;

/// The standard functions of texts (Table 34) as Java methods, called as [Functions] says.
///
/// Positions count from 1. Of a length below 0 nothing is taken; what lies outside of the text is left away: a
/// length that reaches beyond the end ends there, a position before the first character begins there with what
/// is left of the length, INSERT before the first and behind the last character puts the text there.
public final class Texts {
    private Texts() {}

    public static int length(Text text) {
        return text.length();
    }

    public static Text left(Text text, long count, Text result) {
        return part(text, 0, count, result);
    }

    public static Text right(Text text, long count, Text result) {
        long taken = Math.clamp(count, 0, text.length());
        return part(text, text.length() - taken, taken, result);
    }

    public static Text mid(Text text, long count, long position, Text result) {
        long from = before(position);
        return part(text, Math.max(from, 0), from < 0 ? added(count, from) : count, result);
    }

    private static Text part(Text text, long from, long count, Text result) {
        int first = (int) Math.min(from, text.length());
        result.append(text, first, Math.clamp(count, 0, text.length() - first));
        return result;
    }

    public static Text concat(Text first, Text second, Text result) {
        result.append(first, 0, first.length());
        result.append(second, 0, second.length());
        return result;
    }

    /// Behind the character at `position`.
    public static Text insert(Text text, Text inserted, long position, Text result) {
        int at = Math.clamp(position, 0, text.length());
        result.append(text, 0, at);
        result.append(inserted, 0, inserted.length());
        result.append(text, at, text.length() - at);
        return result;
    }

    public static Text delete(Text text, long count, long position, Text result) {
        int from = from(text, position);
        int to = to(text, count, position);
        result.append(text, 0, from);
        result.append(text, to, text.length() - to);
        return result;
    }

    public static Text replace(Text text, Text replacement, long count, long position, Text result) {
        int from = from(text, position);
        int to = to(text, count, position);
        result.append(text, 0, from);
        result.append(replacement, 0, replacement.length());
        result.append(text, to, text.length() - to);
        return result;
    }

    /// The index of the first character that goes.
    private static int from(Text text, long position) {
        return Math.clamp(before(position), 0, text.length());
    }

    /// The index of the first character that stays again.
    private static int to(Text text, long count, long position) {
        long end = added(Math.max(count, 0), before(position));
        return Math.max(from(text, position), Math.clamp(end, 0, text.length()));
    }

    private static long before(long position) {
        return position == Long.MIN_VALUE ? position : position - 1;
    }

    /// A sum that stays at the end of the range.
    private static long added(long a, long b) {
        long sum = a + b;
        boolean over = ((a ^ sum) & (b ^ sum)) < 0;
        return over ? (a < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }

    /// The position of the first place where `part` stands in `text`, or 0; an empty text stands nowhere.
    public static int find(Text text, Text part) {
        return part.length() == 0 ? 0 : text.indexOf(part) + 1;
    }

    public static Text max(Text a, Text b, Text result) {
        result.set(Text.compare(a, b) < 0 ? b : a);
        return result;
    }

    public static Text min(Text a, Text b, Text result) {
        result.set(Text.compare(a, b) > 0 ? b : a);
        return result;
    }

    /// Characters that single bytes cannot hold become `?`.
    public static Text narrow(Text wide, Text result) {
        for (int i = 0; i < wide.length(); i++) {
            result.append((char) narrow(wide.at(i)));
        }
        return result;
    }

    public static int narrow(int character) {
        return character > 0xFF ? '?' : character;
    }
}
