package io.millwright.identity.store;

import io.millwright.identity.record.HandleValue;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A value taken apart: what others like it have too, and what is its own.
///
/// The skeleton is everything but the timestamp, with holes in the data and in the handles referred to. In a fine
/// sketch a hole stands for a run of letters and digits with at least one digit in it (numbers, dates, serial numbers,
/// hexadecimal identifiers), and a mark for the handle's own suffix. In a coarse one the data is one hole, and so is
/// each handle.
///
/// ```text
/// | index (4) | ttl type (1) | ttl (4) | permissions (1) | length (4) | type | references (varint) | { index (4) } |
/// | { parts, 0 }: of the data, then of each handle referred to;  part: 1, length (varint), text | 2: suffix | 3: hole
/// |
/// ```
///
/// @param skeleton as drawn
/// @param holes what stands in the holes, in their order
record Sketch(Octets skeleton, List<Octets> holes) {

    static final int END = 0;
    static final int LITERAL = 1;
    static final int SUFFIX = 2;
    static final int HOLE = 3;

    /// Values with more are made for machines; they are not looked into.
    private static final int FINE_OCTETS_MAX = 1024;

    private static final int HOLES_MAX = 64;

    /// Shorter suffixes would be found where they are not meant.
    private static final int SUFFIX_OCTETS_MIN = 3;

    /// @param suffix of the handle whose value it is, UTF-8
    static Sketch fine(HandleValue value, byte[] suffix) {
        return of(value, suffix, true);
    }

    static Sketch coarse(HandleValue value) {
        return of(value, new byte[0], false);
    }

    private static Sketch of(HandleValue value, byte[] suffix, boolean fine) {
        var out = new WireWriter(192);
        var holes = new ArrayList<Octets>();
        out.int32(value.index()).u8(value.ttl().type()).int32(value.ttl().seconds());
        out.u8(value.permissions().bits()).text(value.type());
        Varint.write(value.references().size(), out);
        for (var reference : value.references()) {
            out.int32(reference.index());
        }
        field(value.data(), suffix, fine, out, holes);
        for (var reference : value.references()) {
            field(Octets.utf8(reference.handle().toString()), suffix, fine, out, holes);
        }
        return new Sketch(out.toOctets(), holes);
    }

    private static void field(Octets octets, byte[] suffix, boolean fine, WireWriter out, List<Octets> holes) {
        byte[] text = octets.toByteArray();
        if (!fine || text.length > FINE_OCTETS_MAX || holes.size() > HOLES_MAX) {
            out.u8(HOLE);
            holes.add(octets);
        } else if (!printable(text)) {
            literal(text, 0, text.length, out);
        } else {
            cut(text, suffix, out, holes);
        }
        out.u8(END);
    }

    private static boolean printable(byte[] text) {
        for (byte b : text) {
            if (b >= 0 && b < ' ') {
                return false;
            }
        }
        return true;
    }

    private static void cut(byte[] text, byte[] suffix, WireWriter out, List<Octets> holes) {
        int literal = 0;
        int at = 0;
        while (at < text.length) {
            if (isAt(suffix, text, at)) {
                literal(text, literal, at, out);
                out.u8(SUFFIX);
                at += suffix.length;
                literal = at;
            } else if (isLetterOrDigit(text[at])) {
                int end = runEnd(text, at);
                int hole = holeStart(text, at, end);
                if (hole < end) {
                    literal(text, literal, hole, out);
                    out.u8(HOLE);
                    holes.add(Octets.copy(text, hole, end));
                    literal = end;
                }
                at = end;
            } else {
                at++;
            }
        }
        literal(text, literal, text.length, out);
    }

    private static void literal(byte[] text, int from, int to, WireWriter out) {
        if (from < to) {
            Varint.write(to - from, out.u8(LITERAL)).plain(text, from, to);
        }
    }

    private static boolean isAt(byte[] suffix, byte[] text, int at) {
        int end = at + suffix.length;
        return suffix.length >= SUFFIX_OCTETS_MIN
                && end <= text.length
                && text[at] == suffix[0]
                && (end == text.length || !isLetterOrDigit(text[end]))
                && java.util.Arrays.equals(text, at, end, suffix, 0, suffix.length);
    }

    private static int runEnd(byte[] text, int from) {
        int end = from;
        while (end < text.length && isLetterOrDigit(text[end])) {
            end++;
        }
        return end;
    }

    static int runEnd(Octets text, int from) {
        int end = from;
        while (end < text.length() && isLetterOrDigit((byte) text.at(end))) {
            end++;
        }
        return end;
    }

    /// Where the part of the run begins that differs from record to record; the end of the run if there is none. Of
    /// `SN000123` that is the number; `ab12` may be hexadecimal and is a hole as a whole.
    private static int holeStart(byte[] text, int from, int end) {
        int digit = from;
        boolean word = false;
        while (digit < end && !isDigit(text[digit])) {
            word |= Character.digit(text[digit], 16) < 0;
            digit++;
        }
        for (int i = digit; word && i < end; i++) {
            word = isDigit(text[i]);
        }
        return word || digit == end ? digit : from;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isLetterOrDigit(byte b) {
        int letter = b | 0x20; // ASCII letters in lower case
        return isDigit(b) || letter >= 'a' && letter <= 'z';
    }

    static byte[] suffix(String handle) {
        return handle.substring(handle.indexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
    }
}
