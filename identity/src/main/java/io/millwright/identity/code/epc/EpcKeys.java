package io.millwright.identity.code.epc;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.gs1.CheckDigits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// EPCs from and to GS1 keys (TDS 1.13, section 7).
public final class EpcKeys {

    private static final int SHORTEST_PREFIX = 6;
    private static final int LONGEST_PREFIX = 12;
    private static final String NO_EXTENSION = "0";

    /// Why GS1 data may have no EPC.
    public static final String NONE = "there is no EPC for this: it takes one thing, e.g. a GTIN (01) with a serial"
            + " number (21), an SSCC (00), a GLN (414), a GRAI (8003) with a serial number";

    private EpcKeys() {}

    /// An EPC made of GS1 elements, or why there is none.
    public sealed interface Made {
        /// The EPC.
        record Epc(Code.Epc epc) implements Made {}

        /// Why there is none.
        record Impossible(String reason) implements Made {}
    }

    /// The GS1 elements that say what a valid EPC says; nothing for schemes that are not of GS1.
    public static Optional<List<Element>> elements(Code.Epc epc) {
        return EpcScheme.named(epc.kind()).flatMap(scheme -> elements(scheme, epc.fields()));
    }

    static Optional<List<Element>> elements(EpcScheme scheme, List<String> f) {
        var first = f.getFirst();
        var elements = switch (scheme) {
            case SGTIN -> List.of(Element.of("01", indicatorKey(first, f.get(1))), Element.of("21", f.get(2)));
            case UPUI -> List.of(Element.of("01", indicatorKey(first, f.get(1))), Element.of("235", f.get(2)));
            case LGTIN -> List.of(Element.of("01", indicatorKey(first, f.get(1))), Element.of("10", f.get(2)));
            case ITIP ->
                List.of(
                        Element.of("8006", indicatorKey(first, f.get(1)) + f.get(2) + f.get(3)),
                        Element.of("21", f.get(4)));
            case SSCC -> List.of(Element.of("00", indicatorKey(first, f.get(1))));
            case SGLN ->
                f.get(2).equals(NO_EXTENSION)
                        ? List.of(Element.of("414", key(f)))
                        : List.of(Element.of("414", key(f)), Element.of("254", f.get(2)));
            case PGLN -> List.of(Element.of("417", key(f)));
            case GRAI -> List.of(Element.of("8003", "0" + key(f) + f.get(2)));
            case GDTI -> List.of(Element.of("253", key(f) + f.get(2)));
            case SGCN -> List.of(Element.of("255", key(f) + f.get(2)));
            case GSRN -> List.of(Element.of("8018", key(f)));
            case GSRNP -> List.of(Element.of("8017", key(f)));
            case GSIN -> List.of(Element.of("402", key(f)));
            case GIAI -> List.of(Element.of("8004", first + f.get(1)));
            case GINC -> List.of(Element.of("401", first + f.get(1)));
            case CPI -> List.of(Element.of("8010", first + f.get(1)), Element.of("8011", f.get(2)));
            case GID, USDOD, ADI, BIC, IMOVN -> List.<Element>of();
        };
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements);
    }

    /// Company prefix, reference and check digit; the first digit of the reference goes in front.
    private static String indicatorKey(String prefix, String reference) {
        return CheckDigits.complete(reference.charAt(0) + prefix + reference.substring(1));
    }

    private static String key(List<String> fields) {
        return CheckDigits.complete(fields.get(0) + fields.get(1));
    }

    /// The EPC of valid GS1 data.
    ///
    /// @param prefixLength how many digits the GS1 Company Prefix has, which the key does not tell
    public static Made of(Code.Gs1 gs1, int prefixLength) {
        if (prefixLength < SHORTEST_PREFIX || prefixLength > LONGEST_PREFIX) {
            return new Made.Impossible("a GS1 Company Prefix in an EPC has " + SHORTEST_PREFIX + " to " + LONGEST_PREFIX
                    + " digits, not " + prefixLength);
        }
        var uri = uri(gs1, prefixLength);
        if (uri.isEmpty()) {
            return new Made.Impossible(NONE);
        }
        var epc = EpcReader.uri(uri.get(), 0);
        return epc.valid()
                ? new Made.Epc(epc)
                : new Made.Impossible("no EPC with a company prefix of " + prefixLength + " digits: "
                        + epc.faults().getFirst().message());
    }

    /// The digits of the key of an EPC from its GS1 Company Prefix on, whose length they do not tell.
    public static Optional<String> fromCompanyPrefix(Code.Gs1 gs1) {
        var indicated = List.of("01", "8006", "00", "8003").stream()
                .flatMap(ai -> gs1.value(ai).stream())
                .map(value -> value.substring(1));
        var others = List.of("414", "417", "253", "255", "8018", "8017", "402", "8004", "401", "8010").stream()
                .flatMap(ai -> gs1.value(ai).stream());
        return Stream.concat(indicated, others).findFirst();
    }

    private static Optional<String> uri(Code.Gs1 gs1, int length) {
        return gtin(gs1, length)
                .or(() -> gs1.value("8006")
                        .flatMap(itip -> gs1.value("21").map(serial -> {
                            var item = indicated(itip.substring(0, 14), length);
                            return identity(EpcScheme.ITIP, item, itip.substring(14, 16), itip.substring(16), serial);
                        })))
                .or(() -> gs1.value("00").map(key -> identity(EpcScheme.SSCC, indicated(key, length))))
                .or(() -> gs1.value("414")
                        .map(gln -> identity(
                                EpcScheme.SGLN,
                                parted(gln, length),
                                gs1.value("254").orElse(NO_EXTENSION))))
                .or(() -> gs1.value("417").map(gln -> identity(EpcScheme.PGLN, parted(gln, length))))
                .or(() -> withSerial(EpcScheme.GRAI, gs1.value("8003").map(v -> v.substring(1)), length))
                .or(() -> withSerial(EpcScheme.GDTI, gs1.value("253"), length))
                .or(() -> withSerial(EpcScheme.SGCN, gs1.value("255"), length))
                .or(() -> gs1.value("8018").map(key -> identity(EpcScheme.GSRN, parted(key, length))))
                .or(() -> gs1.value("8017").map(key -> identity(EpcScheme.GSRNP, parted(key, length))))
                .or(() -> gs1.value("402").map(key -> identity(EpcScheme.GSIN, parted(key, length))))
                .or(() -> gs1.value("8004").flatMap(key -> split(EpcScheme.GIAI, key, length)))
                .or(() -> gs1.value("401").flatMap(key -> split(EpcScheme.GINC, key, length)))
                .or(() -> component(gs1, length));
    }

    private static Optional<String> gtin(Code.Gs1 gs1, int length) {
        return gs1.value("01")
                .map(key -> indicated(key, length))
                .flatMap(item -> gs1.value("21")
                        .map(serial -> identity(EpcScheme.SGTIN, item, serial))
                        .or(() -> gs1.value("235").map(tpx -> identity(EpcScheme.UPUI, item, tpx)))
                        .or(() -> gs1.value("10").map(lot -> identity(EpcScheme.LGTIN, item, lot))));
    }

    private static Optional<String> component(Code.Gs1 gs1, int length) {
        return gs1.value("8010")
                .filter(key -> key.length() > length)
                .flatMap(key -> gs1.value("8011")
                        .map(serial -> EpcWriter.identity(
                                EpcScheme.CPI, List.of(key.substring(0, length), key.substring(length), serial))));
    }

    private static Optional<String> withSerial(EpcScheme scheme, Optional<String> value, int length) {
        return value.filter(v -> v.length() > 13)
                .map(v -> identity(scheme, parted(v.substring(0, 13), length), v.substring(13)));
    }

    private static Optional<String> split(EpcScheme scheme, String key, int length) {
        return key.length() <= length
                ? Optional.empty()
                : Optional.of(EpcWriter.identity(scheme, List.of(key.substring(0, length), key.substring(length))));
    }

    /// Company prefix and reference of a key without its check digit.
    private static List<String> parted(String key, int length) {
        return List.of(key.substring(0, length), key.substring(length, key.length() - 1));
    }

    /// The same for a key with a digit before its company prefix.
    private static List<String> indicated(String key, int length) {
        return List.of(key.substring(1, 1 + length), key.charAt(0) + key.substring(1 + length, key.length() - 1));
    }

    private static String identity(EpcScheme scheme, List<String> prefixAndReference, String... more) {
        var fields = new java.util.ArrayList<>(prefixAndReference);
        fields.addAll(List.of(more));
        return EpcWriter.identity(scheme, fields);
    }
}
