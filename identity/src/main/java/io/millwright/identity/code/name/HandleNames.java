package io.millwright.identity.code.name;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Handles (RFC 3651), DOIs, and the identifiers of China's industrial internet, which are handles under 88.
///
/// DOI names after the DOI Handbook, section 2.2 (https://www.doi.org/doi-handbook): the directory indicator 10, a
/// registrant code whose subdivisions stand between dots, a slash, a suffix; of any length and any printable
/// characters;
/// case of ASCII letters does not matter. A registrant code can be as short as in 10.10 and 10.21.
public final class HandleNames {

    /// The ways in which handles are announced, and whether percent escapes stand in them.
    private enum Announcement {
        HDL("hdl:", false),
        DOI("doi:", false),
        INFO_HDL("info:hdl/", true),
        INFO_DOI("info:doi/", true),
        DOI_ORG("https://doi.org/", true),
        DX_DOI_ORG("https://dx.doi.org/", true),
        DOI_ORG_PLAIN("http://doi.org/", true),
        DX_DOI_ORG_PLAIN("http://dx.doi.org/", true),
        HANDLE_NET("https://hdl.handle.net/", true),
        HANDLE_NET_PLAIN("http://hdl.handle.net/", true);

        private final String text;
        private final boolean escaped;

        Announcement(String text, boolean escaped) {
            this.text = text;
            this.escaped = escaped;
        }

        static Optional<Announcement> of(String text, int at) {
            return java.util.Arrays.stream(values())
                    .filter(a -> text.regionMatches(true, at, a.text, 0, a.text.length()))
                    .findFirst();
        }
    }

    private static final int MAX_BYTES = 2048;
    private static final String DOI = "10";
    private static final String CHINA = "88";
    private static final int CHINESE_SEGMENTS = 3;

    private HandleNames() {}

    /// Whether a handle is announced here, e.g. by `hdl:`.
    public static boolean isAnnounced(String text, int at) {
        return Announcement.of(text, at).isPresent();
    }

    /// Whether the text looks like a handle: a number first, and a slash.
    public static boolean looksRight(String text, int at) {
        int slash = text.indexOf('/', at);
        int dot = text.indexOf('.', at);
        int end = dot > 0 && dot < slash ? dot : slash;
        return slash > at && text.substring(at, end).matches("[0-9]+");
    }

    /// Reads a handle, announced or not, from an offset of the text to its end.
    public static Code.HandleName read(String text, int from) {
        var announced = Announcement.of(text, from);
        int at = from + announced.map(a -> a.text.length()).orElse(0);
        var written = text.substring(at);
        var faults = new ArrayList<Fault>();
        boolean escaped = announced.map(a -> a.escaped).orElse(false) && written.indexOf('%') >= 0;
        var name = escaped ? Percent.decode(written, at, faults) : written;
        int slash = name.indexOf('/');
        var prefix = name.substring(0, Math.max(0, slash));
        var suffix = slash < 0 ? "" : name.substring(slash + 1);
        if (slash < 0) {
            faults.add(new Fault(text.length(), "a handle is prefix/suffix; there is no slash"));
        } else if (suffix.isEmpty()) {
            faults.add(new Fault(text.length(), "the suffix behind the slash is missing"));
        }
        checkCharacters(name, at, faults);
        var segments = checkPrefix(slash < 0 ? name : prefix, at, faults);
        boolean doi = segments.getFirst().equals(DOI);
        if (!doi && announced.map(a -> a.name().contains("DOI")).orElse(false)) {
            faults.add(new Fault(at, "a DOI starts with 10."));
        }
        var parts = parts(segments, prefix, suffix);
        var canonical = faults.isEmpty() ? prefix + "/" + (doi ? lowerCase(suffix) : suffix) : "";
        return new Code.HandleName(doi ? "doi" : "handle", prefix, suffix, canonical, parts, faults);
    }

    /// ASCII letters only: others are different letters to a DOI.
    private static String lowerCase(String text) {
        var lower = new StringBuilder();
        text.codePoints().forEach(c -> lower.appendCodePoint(c < 0x80 ? Character.toLowerCase(c) : c));
        return lower.toString();
    }

    private static void checkCharacters(String name, int at, List<Fault> faults) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            faults.add(new Fault(at, "a handle has at most " + MAX_BYTES + " bytes, not " + bytes));
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1));
            if (Character.isISOControl(c) || Character.isSurrogate(c) && !pair) {
                faults.add(new Fault(at + i, "U+%04X cannot stand in a handle".formatted((int) c)));
                return;
            }
            i += pair ? 1 : 0;
        }
    }

    private static List<String> checkPrefix(String prefix, int at, List<Fault> faults) {
        var segments = List.of(prefix.split("\\.", -1));
        int place = at;
        for (var segment : segments) {
            if (segment.isEmpty()) {
                faults.add(new Fault(place, "the prefix has an empty segment here; segments stand between dots"));
            } else if (segments.getFirst().equals(CHINA) && !segment.matches("[0-9]+")) {
                faults.add(new Fault(place, "the segments of a prefix under 88 are numbers"));
            }
            place += segment.length() + 1;
        }
        if (segments.getFirst().equals(DOI) && segments.size() < 2) {
            faults.add(new Fault(at + prefix.length(), "a DOI prefix is 10. and a registrant, e.g. 10.1000"));
        }
        if (segments.getFirst().equals(CHINA) && segments.size() < CHINESE_SEGMENTS) {
            faults.add(new Fault(
                    at + prefix.length(), "a prefix under 88 is 88.<industry or region>.<enterprise>, e.g. 88.118.7"));
        }
        return segments;
    }

    private static List<Part> parts(List<String> segments, String prefix, String suffix) {
        var parts = new ArrayList<Part>();
        parts.add(new Part("prefix", prefix, "names the registrant"));
        if (segments.getFirst().equals(CHINA) && segments.size() >= CHINESE_SEGMENTS) {
            parts.add(new Part("root", CHINA, "China's industrial internet"));
            parts.add(new Part("industry-or-region", segments.get(1), "second-level node"));
            parts.add(new Part(
                    "enterprise",
                    String.join(".", segments.subList(2, segments.size())),
                    "numbered by the second-level node"));
        } else if (segments.getFirst().equals(DOI) && segments.size() > 1) {
            parts.add(new Part("registrant", segments.get(1), "numbered by a DOI registration agency"));
        }
        parts.add(new Part("suffix", suffix, "names the thing"));
        return parts;
    }
}
