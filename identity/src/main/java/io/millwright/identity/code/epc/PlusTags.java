package io.millwright.identity.code.epc;

import io.millwright.identity.code.Element;
import io.millwright.identity.code.Part;
import io.millwright.identity.code.epc.TagBits.Unfit;
import io.millwright.identity.code.gs1.ApplicationIdentifiers;
import io.millwright.identity.code.gs1.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The codings of tags that hold GS1 elements as they are, without a company prefix: those with a plus, and those with
/// two, which hold the hostname of a Digital Link too (TDS 2.3, sections 14.6 and 15.3; headers: table 14-1).
///
/// ```
/// header 8 │ more data behind 1 │ filter 3 │ date 4+16 (DSGTIN) │ elements │ hostname (++) │ more elements, zeros
/// more elements: application identifier, 4 bits a digit │ value
/// ```
enum PlusTags {
    CPI(0xf0, 0xe6, "8010", "8011"),
    GRAI(0xf1, 0xeb, "8003"),
    SGLN(0xf2, 0xe9, "414", "254"),
    ITIP(0xf3, 0xed, "8006", "21"),
    GSRN(0xf4, 0xe7, "8018"),
    GSRNP(0xf5, 0xe8, "8017"),
    GDTI(0xf6, 0xea, "253"),
    SGTIN(0xf7, 0xfd, "01", "21"),
    SGCN(0xf8, 0xec, "255"),
    SSCC(0xf9, 0xef, "00"),
    GIAI(0xfa, 0xee, "8004"),
    DSGTIN(0xfb, 0xfc, "01", "21");

    private static final int NIBBLE = 4;
    private static final int FILTER_BITS = 3;
    private static final int MAX_FILTER = 7;
    private static final String NO_EXTENSION = "0";

    /// The words of sixteen bits whose count the five bits of a tag's length say (Gen2 air interface: PC bits 10h to
    /// 14h).
    private static final int MOST_BITS = 31 * 16;

    /// What the date of a DSGTIN is, by its indicator (section 14.5.3).
    private static final List<String> DATES = List.of("11", "13", "15", "16", "17", "7006", "7007");

    private static final int DATE_LENGTH = 6;

    private final int plus;
    private final int plusPlus;
    private final String key;
    private final String second;

    PlusTags(int plus, int plusPlus, String key) {
        this(plus, plusPlus, key, "");
    }

    PlusTags(int plus, int plusPlus, String key, String second) {
        this.plus = plus;
        this.plusPlus = plusPlus;
        this.key = key;
        this.second = second;
    }

    /// What such a tag says.
    record Decoded(List<Element> elements, List<Part> parts) {}

    static Optional<PlusTags> withHeader(int header) {
        return Arrays.stream(values())
                .filter(t -> t.plus == header || t.plusPlus == header)
                .findFirst();
    }

    /// The one of a name such as `sgtin+` or `sgtin++`.
    static Optional<PlusTags> named(String coding) {
        return Arrays.stream(values())
                .filter(t -> coding.equals(t.word() + "+") || coding.equals(t.word() + "++"))
                .findFirst();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the bits of a tag, its header first.
    Decoded decode(String text) throws Unfit {
        var bits = new Bits(text);
        boolean hostname = bits.number(8) == plusPlus;
        boolean more = bits.number(1) == 1;
        var parts = new ArrayList<Part>();
        parts.add(new Part("coding", word() + (hostname ? "++" : "+"), "how it stands on the tag"));
        parts.add(Part.of("filter", Integer.toString(bits.number(FILTER_BITS))));
        var date = this == DSGTIN ? Optional.of(date(bits)) : Optional.<Element>empty();
        var elements = new ArrayList<Element>();
        elements.add(Element.of(key, TagValues.read(key, bits)));
        if (!second.isEmpty()) {
            var value = TagValues.read(second, bits);
            if (this != SGLN || !value.equals(NO_EXTENSION)) {
                elements.add(Element.of(second, value));
            }
        }
        date.ifPresent(elements::add);
        if (hostname) {
            parts.add(new Part("hostname", Hostnames.read(bits), "where the Digital Link leads"));
        }
        if (more) {
            more(bits, elements);
        } else if (!bits.isPadding()) {
            throw new Unfit("only zeros may follow the EPC, for its ninth bit says that no more data follow");
        }
        return new Decoded(elements, parts);
    }

    private static Element date(Bits bits) throws Unfit {
        int kind = bits.number(NIBBLE);
        if (kind >= DATES.size()) {
            throw new Unfit("there is no kind of date " + kind);
        }
        return Element.of(DATES.get(kind), TagValues.date(bits, DATES.get(kind)));
    }

    /// The elements behind the EPC, up to zeros.
    private static void more(Bits bits, List<Element> elements) throws Unfit {
        while (!bits.isPadding()) {
            var ai = new StringBuilder().append(digit(bits)).append(digit(bits));
            int length = ApplicationIdentifiers.lengthOf(ai.toString());
            while (ai.length() < length) {
                ai.append(digit(bits));
            }
            elements.add(Element.of(ai.toString(), TagValues.read(ai.toString(), bits)));
        }
    }

    private static int digit(Bits bits) throws Unfit {
        int digit = bits.left() < NIBBLE ? Integer.MAX_VALUE : bits.number(NIBBLE);
        if (digit > 9) {
            throw new Unfit("behind the EPC no application identifier follows");
        }
        return digit;
    }

    /// Writes the bits of a tag.
    ///
    /// @param coding the name it was found by
    /// @param elements right, and of different application identifiers
    /// @param hostname for codings with two pluses
    String encode(String coding, int filter, List<Element> elements, String hostname) throws Unfit {
        if (filter > MAX_FILTER) {
            throw new Unfit("filter value is 0 to " + MAX_FILTER + ", not " + filter);
        }
        var left = new ArrayList<>(elements);
        var values = new StringBuilder();
        if (this == DSGTIN) {
            var date = left.stream()
                    .filter(e -> DATES.contains(e.ai()) && e.value().length() == DATE_LENGTH)
                    .findFirst()
                    .orElseThrow(() -> new Unfit(coding + " needs a date, e.g. (17)"));
            left.remove(date);
            values.append(Bits.of(DATES.indexOf(date.ai()), NIBBLE)).append(TagValues.date(date.value()));
        }
        var keyValue = take(key, left, coding);
        if (isSerialized() && keyValue.length() == keyLength()) {
            throw new Unfit(coding + " needs (" + key + ") with a serial number");
        }
        values.append(TagValues.write(key, keyValue));
        if (!second.isEmpty()) {
            boolean absent = this == SGLN && left.stream().noneMatch(e -> e.ai().equals(second));
            values.append(TagValues.write(second, absent ? NO_EXTENSION : take(second, left, coding)));
        }
        boolean two = coding.endsWith("++");
        if (two) {
            values.append(Hostnames.write(hostname));
        }
        var bits = new StringBuilder(Bits.of(two ? plusPlus : plus, 8));
        bits.append(left.isEmpty() ? '0' : '1')
                .append(Bits.of(filter, FILTER_BITS))
                .append(values);
        for (var element : left) {
            element.ai().chars().forEach(c -> bits.append(Bits.of(c - '0', NIBBLE)));
            bits.append(TagValues.write(element.ai(), element.value()));
        }
        if (bits.length() > MOST_BITS) {
            throw new Unfit("it takes " + bits.length() + " bits, and a tag holds at most " + MOST_BITS);
        }
        return bits.toString();
    }

    /// Whether the value of the key goes on with a serial number, which an EPC needs.
    private boolean isSerialized() {
        return this == GRAI || this == GDTI || this == SGCN;
    }

    private int keyLength() {
        return ApplicationIdentifiers.of(key).orElseThrow().minLength();
    }

    private static String take(String ai, List<Element> elements, String coding) throws Unfit {
        var found = elements.stream()
                .filter(e -> e.ai().equals(ai))
                .findFirst()
                .orElseThrow(() -> new Unfit(coding + " needs (" + ai + ")"));
        elements.remove(found);
        return found.value();
    }
}
