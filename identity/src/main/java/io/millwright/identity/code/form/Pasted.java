package io.millwright.identity.code.form;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What copying and pasting leaves in codes: blanks and line ends around them, invisible characters, and the full-width
/// letters, digits and brackets that Chinese and Japanese text has in place of ASCII ones.
///
/// Blanks and invisible characters around a code do not count. Within it, an invisible character is a mistake in every
/// system; a full-width one is where it is not right as it stands, as it can be behind the slash of a handle.
final class Pasted {

    private static final char FULL_WIDTH_FIRST = '\uff01';
    private static final char FULL_WIDTH_LAST = '\uff5e';
    private static final int FULL_WIDTH_OFFSET = 0xfee0;

    /// More of them tell nothing new.
    private static final int MOST_FAULTS = 8;

    /// The systems whose codes may hold characters beyond ASCII.
    private static final Set<String> UNICODE = Set.of("handle", "doi");

    private Pasted() {}

    /// Reads a text from an offset to its end.
    @FunctionalInterface
    interface Reading {
        Code read(String text, int from);
    }

    /// Reads a text, and tells of what pasting left in it.
    static Code read(String text, Reading reading) {
        int from = 0;
        int to = text.length();
        while (from < to && isAround(text.charAt(from))) {
            from++;
        }
        while (to > from && isAround(text.charAt(to - 1))) {
            to--;
        }
        if (from == to) {
            return unknown(from, "there is no code");
        }
        if (to - from > Code.MAX_LENGTH) {
            return unknown(from + Code.MAX_LENGTH, "codes are read up to " + Code.MAX_LENGTH + " characters");
        }
        var code = text.substring(0, to);
        var faults = faults(code, from);
        var clean = clean(code.substring(from));
        if (faults.isEmpty() || clean.isEmpty()) {
            return reading.read(code, from);
        }
        var cleaned = reading.read(clean, 0);
        if (clean.length() < code.length() - from) {
            return cleaned.refused(faults);
        }
        var read = reading.read(code, from);
        boolean rightAsItStands = read.valid() || !cleaned.valid() && UNICODE.contains(read.scheme());
        if (rightAsItStands) {
            return read;
        }
        for (var fault : cleaned.faults()) {
            faults.add(fault.from(from));
        }
        return cleaned.refused(faults);
    }

    private static Code unknown(int at, String message) {
        return new Code.Unknown(List.of(new Fault(at, message)));
    }

    private static List<Fault> faults(String text, int from) {
        var faults = new ArrayList<Fault>();
        for (int i = from; i < text.length() && faults.size() < MOST_FAULTS; i++) {
            char c = text.charAt(i);
            if (isInvisible(c)) {
                faults.add(new Fault(i, "an invisible character, U+%04X, stands here: delete it".formatted((int) c)));
            } else if (isFullWidth(c)) {
                faults.add(new Fault(i, "%c is a full-width character: write %c".formatted(c, ascii(c))));
            }
        }
        return faults;
    }

    private static String clean(String text) {
        var clean = new StringBuilder();
        text.chars()
                .filter(c -> !isInvisible((char) c))
                .forEach(c -> clean.append(isFullWidth((char) c) ? ascii((char) c) : (char) c));
        return clean.toString();
    }

    private static boolean isFullWidth(char c) {
        return c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST;
    }

    private static char ascii(char c) {
        return (char) (c - FULL_WIDTH_OFFSET);
    }

    private static boolean isAround(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\u00a0' || c == '\u3000' || isInvisible(c);
    }

    /// Zero-width space, marks of direction, word joiner, byte order mark, soft hyphen; not the joiners that some
    /// scripts need.
    private static boolean isInvisible(char c) {
        return c == '\u00ad'
                || c == '\u200b'
                || c == '\u200e'
                || c == '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u2064'
                || c >= '\u2066' && c <= '\u2069'
                || c == '\ufeff';
    }
}
