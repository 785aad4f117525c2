package io.millwright.identity.code.epc;

import io.millwright.identity.code.gs1.Bits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The bits of a tag from and to the fields of its URI (TDS 1.13, sections 14.3 and 14.4).
final class TagBits {

    private static final int SEVEN = 7;
    private static final int SIX = 6;
    private static final int PIECE_BITS = 7;
    private static final int CAGE_LENGTH = 6;
    private static final int COMPONENT_SERIAL_BITS = 40;

    private TagBits() {}

    /// Why bits cannot be read or fields cannot be written; the message is for the user.
    static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Unfit(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// What bits say.
    ///
    /// @param used how many bits say it
    record Decoded(TagCoding coding, int filter, List<String> fields, int used) {}

    /// Reads the bits of a tag, its header first.
    static Decoded decode(String text) throws Unfit {
        var bits = new Bits(text);
        int header = bits.number(8);
        var coding = TagCoding.withHeader(header)
                .orElseThrow(() -> new Unfit("there is no EPC coding with header %02X".formatted(header)));
        if (text.length() < coding.bits()) {
            throw new Unfit(coding.uriName() + " has " + coding.bits() + " bits, not " + text.length());
        }
        int filter = coding == TagCoding.GID_96 ? -1 : bits.number(filterBits(coding));
        var fields = new ArrayList<String>();
        switch (coding) {
            case GID_96 -> {
                fields.add(bits.big(28).toString());
                fields.add(bits.big(24).toString());
                fields.add(bits.big(36).toString());
            }
            case USDOD_96 -> {
                fields.add(characters(bits, CAGE_LENGTH, 8).strip());
                fields.add(bits.big(36).toString());
            }
            case ADI_VAR -> {
                fields.add(cage(bits));
                fields.add(terminated(bits));
                fields.add(terminated(bits));
            }
            default -> withCompanyPrefix(coding, bits, fields);
        }
        int used = coding.bits() == 0 ? bits.read() : coding.bits();
        if (text.indexOf('1', used) >= 0) {
            throw new Unfit("only zeros may follow the " + used + " bits of " + coding.uriName());
        }
        return new Decoded(coding, filter, fields, used);
    }

    private static int filterBits(TagCoding coding) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(coding.maxFilter());
    }

    private static void withCompanyPrefix(TagCoding coding, Bits bits, List<String> fields) throws Unfit {
        int partition = bits.number(3);
        if (partition >= TagCoding.PREFIX_BITS.size()) {
            throw new Unfit("there is no partition 7");
        }
        int prefixBits = TagCoding.PREFIX_BITS.get(partition);
        int prefixDigits = TagCoding.LONGEST_PREFIX - partition;
        fields.add(padded(bits.big(prefixBits), prefixDigits, "company prefix"));
        int referenceBits = coding.sharedBits() - prefixBits;
        switch (coding.serial()) {
            case REFERENCE_NUMBER -> fields.add(bits.big(referenceBits).toString());
            case REFERENCE_TEXT -> fields.add(text(bits, referenceBits));
            case INTEGER_AFTER_NUMBER -> {
                fields.add(bits.big(referenceBits).toString());
                fields.add(bits.big(coding.bits() - bits.read()).toString());
            }
            case INTEGER_AFTER_TEXT -> {
                fields.add(terminated(bits));
                fields.add(bits.big(COMPONENT_SERIAL_BITS).toString());
            }
            default -> {
                int digits = coding.scheme().digits() - prefixDigits;
                fields.add(padded(bits.big(referenceBits), digits, "reference"));
                if (coding.scheme() == EpcScheme.ITIP) {
                    fields.add(padded(bits.big(PIECE_BITS), 2, "piece"));
                    fields.add(padded(bits.big(PIECE_BITS), 2, "total"));
                }
                serial(coding, bits, coding.bits() - bits.read()).ifPresent(fields::add);
            }
        }
    }

    private static Optional<String> serial(TagCoding coding, Bits bits, int left) throws Unfit {
        return switch (coding.serial()) {
            case INTEGER -> Optional.of(bits.big(left).toString());
            case TEXT -> Optional.of(text(bits, left));
            case DIGITS -> Optional.of(afterOne(bits.big(left).toString()));
            default -> {
                if (bits.big(left).signum() != 0) {
                    throw new Unfit("the last " + left + " bits of " + coding.uriName() + " must be zeros");
                }
                yield Optional.empty();
            }
        };
    }

    private static String afterOne(String digits) throws Unfit {
        if (!digits.startsWith("1") || digits.length() < 2) {
            throw new Unfit("the serial number must start with the digit 1 in its bits");
        }
        return digits.substring(1);
    }

    private static String padded(BigInteger number, int digits, String what) throws Unfit {
        var text = number.toString();
        if (digits == 0 && number.signum() == 0) {
            return "";
        }
        if (text.length() > digits) {
            throw new Unfit(what + " has " + digits + " digits, but the bits say " + text);
        }
        return "0".repeat(digits - text.length()) + text;
    }

    /// Seven bits a character, zeros behind.
    private static String text(Bits bits, int count) throws Unfit {
        var text = new StringBuilder();
        boolean ended = false;
        for (int left = count; left >= SEVEN; left -= SEVEN) {
            int c = bits.number(SEVEN);
            if (c != 0 && ended) {
                throw new Unfit("characters follow the end of the text");
            }
            ended |= c == 0;
            if (c != 0) {
                text.append((char) c);
            }
        }
        if (bits.number(count % SEVEN) != 0) {
            throw new Unfit("characters follow the end of the text");
        }
        return text.toString();
    }

    private static String characters(Bits bits, int count, int width) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) bits.number(width));
        }
        return text.toString();
    }

    private static String cage(Bits bits) {
        var text = new StringBuilder();
        for (int i = 0; i < CAGE_LENGTH; i++) {
            text.append(sixBit(bits.number(SIX)));
        }
        return text.toString().strip();
    }

    /// Six bits a character up to six zeros (table G-1: the six low bits of ASCII).
    private static String terminated(Bits bits) throws Unfit {
        var text = new StringBuilder();
        while (bits.left() >= SIX) {
            int c = bits.number(SIX);
            if (c == 0) {
                return text.toString();
            }
            text.append(sixBit(c));
        }
        throw new Unfit("text of six bits a character has no end");
    }

    private static char sixBit(int c) {
        return (char) (c < 32 ? c + 64 : c);
    }

    /// Writes the bits of a tag.
    ///
    /// @param fields right by the grammar of the scheme
    static String encode(TagCoding coding, int filter, List<String> fields) throws Unfit {
        if (filter > coding.maxFilter()) {
            throw new Unfit("filter value is 0 to " + coding.maxFilter() + ", not " + filter);
        }
        var bits = new StringBuilder(Bits.of(coding.header(), 8));
        if (coding.maxFilter() > 0) {
            bits.append(Bits.of(filter, filterBits(coding)));
        }
        switch (coding) {
            case GID_96 ->
                bits.append(number(fields.get(0), 28, "manager"))
                        .append(number(fields.get(1), 24, "class"))
                        .append(number(fields.get(2), 36, "serial number"));
            case USDOD_96 -> {
                cagePadded(fields.get(0)).chars().forEach(c -> bits.append(Bits.of(c, 8)));
                bits.append(number(fields.get(1), 36, "serial number"));
            }
            case ADI_VAR -> {
                cagePadded(fields.get(0)).chars().forEach(c -> bits.append(Bits.of(c & 63, SIX)));
                bits.append(terminated(fields.get(1))).append(terminated(fields.get(2)));
            }
            default -> withCompanyPrefix(coding, fields, bits);
        }
        return bits.toString();
    }

    private static void withCompanyPrefix(TagCoding coding, List<String> fields, StringBuilder bits) throws Unfit {
        var prefix = fields.getFirst();
        int partition = TagCoding.LONGEST_PREFIX - prefix.length();
        int prefixBits = TagCoding.PREFIX_BITS.get(partition);
        bits.append(Bits.of(partition, 3)).append(number(prefix, prefixBits, "company prefix"));
        var reference = fields.get(1);
        int referenceBits = coding.sharedBits() - prefixBits;
        switch (coding.serial()) {
            case REFERENCE_NUMBER -> bits.append(plainNumber(reference, referenceBits, "asset reference"));
            case REFERENCE_TEXT -> bits.append(text(reference, referenceBits));
            case INTEGER_AFTER_NUMBER ->
                bits.append(plainNumber(reference, referenceBits, "part reference"))
                        .append(number(fields.get(2), coding.bits() - bits.length(), "serial number"));
            case INTEGER_AFTER_TEXT ->
                bits.append(terminated(reference))
                        .append(number(fields.get(2), COMPONENT_SERIAL_BITS, "serial number"));
            default -> {
                bits.append(number(reference, referenceBits, "reference"));
                for (var piece : fields.subList(2, Math.max(2, fields.size() - 1))) {
                    bits.append(number(piece, PIECE_BITS, "piece"));
                }
                int left = coding.bits() - bits.length();
                bits.append(
                        switch (coding.serial()) {
                            case INTEGER -> plainNumber(fields.getLast(), left, "serial number");
                            case TEXT -> text(fields.getLast(), left);
                            case DIGITS -> number("1" + fields.getLast(), left, "serial number");
                            default -> "0".repeat(left);
                        });
            }
        }
    }

    private static String cagePadded(String cage) {
        return " ".repeat(CAGE_LENGTH - cage.length()) + cage;
    }

    /// A number in whose place zeros in front would be lost.
    private static String plainNumber(String digits, int count, String what) throws Unfit {
        if (digits.length() > 1 && digits.startsWith("0")) {
            throw new Unfit(what + " " + digits + " starts with 0, which a number loses");
        }
        return number(digits, count, what);
    }

    private static String number(String digits, int count, String what) throws Unfit {
        if (!digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Unfit(what + " " + digits + " is no number");
        }
        var number = new BigInteger("0" + digits);
        if (number.bitLength() > count) {
            throw new Unfit(what + " " + digits + " does not fit into " + count + " bits");
        }
        return Bits.of(number, count);
    }

    private static String text(String text, int count) throws Unfit {
        if (text.length() * SEVEN > count) {
            throw new Unfit("\"" + text + "\" has more than " + count / SEVEN + " characters");
        }
        var bits = new StringBuilder();
        text.chars().forEach(c -> bits.append(Bits.of(c, SEVEN)));
        return bits.append("0".repeat(count - bits.length())).toString();
    }

    private static String terminated(String text) {
        var bits = new StringBuilder();
        text.chars().forEach(c -> bits.append(Bits.of(c & 63, SIX)));
        return bits.append("000000").toString();
    }
}
