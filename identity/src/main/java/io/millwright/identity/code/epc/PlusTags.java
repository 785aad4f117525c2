package io.millwright.identity.code.epc;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Part;
import io.millwright.identity.code.gs1.Bits;
import io.millwright.identity.code.gs1.PackedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The codings of tags that hold GS1 elements as they are, without a company prefix (TDS 2.3, section 14.6: the codings
/// with a plus).
///
/// ```
/// header 8 │ more data behind 1 │ filter 3 │ date 20 (DSGTIN+) │ key, 4 bits a digit │ rest
/// rest: encoding 3 │ number of characters 5 │ characters
/// ```
enum PlusTags {
    GRAI(0xf1, "8003", 14, ""),
    SGLN(0xf2, "414", 13, "254"),
    GSRN(0xf4, "8018", 18, "none"),
    GSRNP(0xf5, "8017", 18, "none"),
    GDTI(0xf6, "253", 13, ""),
    SGTIN(0xf7, "01", 14, "21"),
    SSCC(0xf9, "00", 18, "none"),
    GIAI(0xfa, "8004", 0, ""),
    DSGTIN(0xfb, "01", 14, "21");

    private static final int NIBBLE = 4;
    private static final int DELIMITER = 14;
    private static final int TERMINATOR = 15;
    private static final int FILTER_BITS = 3;
    private static final int LENGTH_BITS = 5;

    /// What the date of a DSGTIN+ is, by its indicator (section 14.5.3).
    private static final List<String> DATES = List.of("11", "13", "15", "16", "17", "7006", "7007");

    private final int header;
    private final String key;
    private final int digits;
    private final String rest;

    /// @param digits the digits of the key; 0 for those up to a delimiter
    /// @param rest the application identifier of what follows; empty if it goes on with the key's value; "none"
    PlusTags(int header, String key, int digits, String rest) {
        this.header = header;
        this.key = key;
        this.digits = digits;
        this.rest = rest;
    }

    /// What such a tag says.
    record Decoded(List<Element> elements, List<Part> parts) {}

    static Optional<PlusTags> withHeader(int header) {
        return Arrays.stream(values()).filter(t -> t.header == header).findFirst();
    }

    /// Reads the bits of a tag, its header first.
    Decoded decode(String text) throws TagBits.Unfit {
        var bits = new Bits(text);
        bits.number(8);
        boolean more = bits.number(1) == 1;
        var parts = new ArrayList<Part>();
        parts.add(new Part("coding", name().toLowerCase(java.util.Locale.ROOT) + "+", "how it stands on the tag"));
        parts.add(Part.of("filter", Integer.toString(bits.number(FILTER_BITS))));
        var date = this == DSGTIN ? Optional.of(date(bits)) : Optional.<Element>empty();
        var elements = elements(bits);
        date.ifPresent(elements::add);
        if (more) {
            parts.add(Part.of("more-data", "behind the EPC; not read"));
        } else if (!bits.isPadding()) {
            throw new TagBits.Unfit("only zeros may follow the EPC");
        }
        return new Decoded(elements, parts);
    }

    private static Element date(Bits bits) throws TagBits.Unfit {
        int kind = bits.number(NIBBLE);
        if (kind >= DATES.size()) {
            throw new TagBits.Unfit("there is no kind of date " + kind);
        }
        return Element.of(
                DATES.get(kind), "%02d%02d%02d".formatted(bits.number(7), bits.number(NIBBLE), bits.number(5)));
    }

    private List<Element> elements(Bits bits) throws TagBits.Unfit {
        var value = new StringBuilder();
        int end = 0;
        for (int i = 0; end == 0 && (digits == 0 || i < digits); i++) {
            if (bits.left() < NIBBLE) {
                throw new TagBits.Unfit("the bits end within the key");
            }
            int digit = bits.number(NIBBLE);
            if (digit <= 9) {
                value.append(digit);
            } else if (digits == 0 && digit >= DELIMITER) {
                end = digit;
            } else {
                throw new TagBits.Unfit("the key has digits only");
            }
        }
        var elements = new ArrayList<Element>();
        var behind = rest.equals("none") || end == TERMINATOR ? "" : text(bits);
        boolean joins = rest.equals("none") || rest.isEmpty();
        elements.add(Element.of(key, joins ? value + behind : value.toString()));
        boolean extension = !joins && !(this == SGLN && behind.equals("0"));
        if (extension) {
            elements.add(Element.of(rest, behind));
        }
        return elements;
    }

    private static String text(Bits bits) throws TagBits.Unfit {
        int encoding = bits.number(3);
        int length = bits.number(LENGTH_BITS);
        return PackedText.read(bits, encoding, length)
                .orElseThrow(() -> new TagBits.Unfit(
                        "the serial number cannot be read: encoding " + encoding + ", " + length + " characters"));
    }
}
