package io.millwright.identity.code.epc;

import io.millwright.identity.code.epc.TagBits.Unfit;
import io.millwright.identity.code.gs1.Bits;
import io.millwright.identity.code.gs1.PackedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Hostnames in the memory of tags: where the Digital Link of the thing leads (TDS 2.3, section 14.5.16).
///
/// ```
/// 0 │ number of characters 6 │ URN Code 40
/// 1 │ number of sevens 6     │ seven bits an ASCII character or usual piece, fourteen a usual ending
/// ```
final class Hostnames {

    private static final int SEVEN = 7;
    private static final int LENGTH_BITS = 6;
    private static final int LONGEST = 63;

    /// Usual pieces in place of characters that no hostname has (table 14-11).
    private static final Map<Integer, String> PIECES = Map.ofEntries(
            Map.entry(0b0011110, "qr."),
            Map.entry(0b0011111, "www."),
            Map.entry(0b0100000, "id."),
            Map.entry(0b1011011, ".com"),
            Map.entry(0b1011100, ".org"),
            Map.entry(0b1011101, ".net"),
            Map.entry(0b1011110, ".int"),
            Map.entry(0b1100000, ".edu"),
            Map.entry(0b1111011, ".gov"),
            Map.entry(0b1111100, ".mil"),
            Map.entry(0b1111101, ".biz"),
            Map.entry(0b1111110, ".eco"),
            Map.entry(0b1111111, ".med"));

    private static final String COUNTRIES_TO_LI = """
            ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo bq br bs bt bw by bz
            ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et eu fi fj fk
            fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is
            it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li""";

    private static final String COUNTRIES_FROM_LK = """
            lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl
            no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl
            sm sn sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug us uy uz va vc ve vg vi
            vn vu wf ws ye yt za zm zw""";

    private static final String WITHIN_COUNTRIES = """
            com.au net.au org.au co.at com.bd co.bd com.br net.br co.nz com.ng com.pk co.in com.in co.il co.jp co.za
            co.kr com.es com.lk co.th co.tt com.tt com.tr biz.tr com.ua co.uk co.zm com.zm com.cn org.cn net.cn
            gov.cn""";

    /// Usual endings by their first seven bits, then by the second (tables 14-12 to 14-15).
    private static final List<List<String>> ENDINGS = Stream.of(
                    COUNTRIES_TO_LI, COUNTRIES_FROM_LK, WITHIN_COUNTRIES, "tech")
            .map(words -> Stream.of(words.split("\\s+")).map(w -> "." + w).toList())
            .toList();

    /// What has a code of its own, the longest first.
    private static final List<Coded> CODED = coded();

    private Hostnames() {}

    private record Coded(String text, String bits) {}

    private static List<Coded> coded() {
        var coded = new ArrayList<Coded>();
        PIECES.forEach((code, text) -> coded.add(new Coded(text, Bits.of(code, SEVEN))));
        for (int table = 0; table < ENDINGS.size(); table++) {
            var texts = ENDINGS.get(table);
            for (int i = 0; i < texts.size(); i++) {
                coded.add(new Coded(texts.get(i), Bits.of(table, SEVEN) + Bits.of(i, SEVEN)));
            }
        }
        coded.sort(Comparator.comparingInt((Coded c) -> -c.text().length()).thenComparing(Coded::text));
        return List.copyOf(coded);
    }

    /// Reads a hostname.
    static String read(Bits bits) throws Unfit {
        if (bits.left() <= LENGTH_BITS) {
            throw new Unfit("the bits end before the hostname");
        }
        boolean ascii = bits.number(1) == 1;
        int length = bits.number(LENGTH_BITS);
        var name = ascii
                ? sevens(bits, length)
                : PackedText.URN_CODE_40
                        .read(bits, length)
                        .orElseThrow(() -> new Unfit("the hostname cannot be read as URN Code 40"));
        if (!isHostname(name.toLowerCase(Locale.ROOT))) {
            throw new Unfit("the hostname is none: \"" + name + "\"");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    private static String sevens(Bits bits, int count) throws Unfit {
        var name = new StringBuilder();
        int left = count;
        while (left > 0) {
            int code = bits.left() < SEVEN ? -1 : bits.number(SEVEN);
            left--;
            if (code >= 0 && code < ENDINGS.size()) {
                int place = bits.left() < SEVEN || left == 0 ? -1 : bits.number(SEVEN);
                left--;
                if (place < 0 || place >= ENDINGS.get(code).size()) {
                    throw new Unfit("the hostname ends with an ending that does not exist");
                }
                name.append(ENDINGS.get(code).get(place));
            } else if (code < 0) {
                throw new Unfit("the bits end within the hostname");
            } else {
                name.append(PIECES.getOrDefault(code, Character.toString(code)));
            }
        }
        return name.toString();
    }

    /// Labels of letters, digits and hyphens between dots (RFC 1123, section 2.1).
    private static boolean isHostname(String name) {
        return name.matches("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    }

    /// Writes a hostname, in seven bits a character.
    static String write(String hostname) throws Unfit {
        var name = hostname.toLowerCase(Locale.ROOT);
        if (!isHostname(name)) {
            throw new Unfit("a tag holds a hostname, such as id.example.com, not \"" + hostname + "\"");
        }
        var bits = new StringBuilder();
        int at = 0;
        while (at < name.length()) {
            int start = at;
            var piece = CODED.stream()
                    .filter(c -> name.startsWith(c.text(), start))
                    .findFirst()
                    .orElseGet(() -> new Coded(name.substring(start, start + 1), Bits.of(name.charAt(start), SEVEN)));
            bits.append(piece.bits());
            at += piece.text().length();
        }
        int sevens = bits.length() / SEVEN;
        if (sevens > LONGEST) {
            throw new Unfit("the hostname is too long for a tag: " + hostname);
        }
        return "1" + Bits.of(sevens, LENGTH_BITS) + bits;
    }
}
