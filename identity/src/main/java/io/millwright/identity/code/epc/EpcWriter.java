package io.millwright.identity.code.epc;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Element;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/// Writes EPCs in each of their forms.
public final class EpcWriter {

    /// Tags are written in words of sixteen bits.
    private static final int WORD = 16;

    private EpcWriter() {}

    /// What an EPC was written as, or why it could not be.
    public sealed interface Result {
        /// The text.
        record Written(String text) implements Result {}

        /// Why there is none.
        record Impossible(String reason) implements Result {}
    }

    static String identity(EpcScheme scheme, List<String> fields) {
        return scheme.uriStart() + escaped(scheme, fields);
    }

    private static String escaped(EpcScheme scheme, List<String> fields) {
        var text = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            if (i > 0) {
                text.append('.');
            }
            var kind = scheme.fields().get(i).kind();
            fields.get(i).chars().forEach(c -> {
                if (kind.holdsUnescaped((char) c)) {
                    text.append((char) c);
                } else {
                    text.append("%%%02X".formatted(c));
                }
            });
        }
        return text.toString();
    }

    /// The tag URI of a valid EPC.
    ///
    /// @param coding the coding, e.g. `sgtin-198`; empty for the one it has, or the shortest that holds it
    /// @param filter the filter value; -1 for the one it has, or 0
    public static Result tagUri(Code.Epc epc, String coding, int filter) {
        return encoded(
                epc,
                coding,
                filter,
                (chosen, value, _) -> "urn:epc:tag:" + chosen.uriName() + ":"
                        + (chosen.maxFilter() > 0 ? value + "." : "") + escaped(chosen.scheme(), epc.fields()));
    }

    /// The bits of the tag in hexadecimal, in whole words of sixteen bits; parameters as of [#tagUri].
    public static Result hexadecimal(Code.Epc epc, String coding, int filter) {
        return encoded(epc, coding, filter, (_, _, bits) -> hexadecimal(bits));
    }

    private static String hexadecimal(String bits) {
        var padded = bits + "0".repeat((WORD - bits.length() % WORD) % WORD);
        var digits = new BigInteger(padded, 2).toString(16).toUpperCase(Locale.ROOT);
        return "0".repeat(padded.length() / 4 - digits.length()) + digits;
    }

    /// Whether a coding holds GS1 elements as they are: those with a plus at their end.
    public static boolean holdsElements(String coding) {
        return coding.endsWith("+");
    }

    /// The bits of a tag that holds GS1 elements as they are, in hexadecimal, in whole words of sixteen bits.
    ///
    /// @param elements right, and of different application identifiers; what does not belong to the EPC goes
    /// behind it
    /// @param coding e.g. `sgtin+`, or `sgtin++` for one with a hostname
    /// @param filter the filter value; -1 for 0
    /// @param hostname where the Digital Link of the thing leads, for codings with two pluses
    public static Result hexadecimal(List<Element> elements, String coding, int filter, String hostname) {
        var tags = PlusTags.named(coding);
        if (tags.isEmpty()) {
            return new Result.Impossible("there is no coding " + coding + "; codings with a plus are sgtin+, sscc+, …");
        }
        try {
            return new Result.Written(hexadecimal(tags.get().encode(coding, Math.max(0, filter), elements, hostname)));
        } catch (TagBits.Unfit e) {
            return new Result.Impossible(e.reason());
        }
    }

    @FunctionalInterface
    private interface Form {
        String of(TagCoding coding, int filter, String bits);
    }

    private static Result encoded(Code.Epc epc, String coding, int filter, Form form) {
        var wanted = coding.isEmpty() ? epc.coding() : coding;
        var codings = TagCoding.of(EpcScheme.named(epc.kind()).orElseThrow()).stream()
                .filter(c -> c != TagCoding.GDTI_113 || wanted.equals(c.uriName()))
                .filter(c -> wanted.isEmpty() || c.uriName().equals(wanted))
                .toList();
        if (codings.isEmpty()) {
            return new Result.Impossible(
                    wanted.isEmpty()
                            ? "there is no coding of tags for " + epc.kind()
                            : "there is no coding " + wanted + " for " + epc.kind());
        }
        int value = filter >= 0 ? filter : Math.max(0, epc.filter());
        var reason = "";
        for (var candidate : codings) {
            try {
                return new Result.Written(form.of(candidate, value, TagBits.encode(candidate, value, epc.fields())));
            } catch (TagBits.Unfit e) {
                reason = candidate.uriName() + ": " + e.reason();
            }
        }
        return new Result.Impossible(reason);
    }
}
