package io.millwright.identity.code.form;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Element;
import io.millwright.identity.code.epc.EpcKeys;
import io.millwright.identity.code.epc.EpcWriter;
import io.millwright.identity.code.gs1.CompanyPrefixLengths;
import io.millwright.identity.code.gs1.DigitalLinks;
import io.millwright.identity.code.gs1.ElementStrings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Converts GS1 data and EPCs between their forms.
///
/// @param companyPrefixes how many digits GS1 Company Prefixes have; needed from GS1 to EPC, where no key tells it
/// @param filter the filter value of tags; -1 for the one the code has, or 0
/// @param coding the coding of tags, e.g. `sgtin-198` or `sgtin+`; empty for the one the code has, or the shortest that
/// holds it
/// @param stem what Digital Links start with
public record CodeConverter(CompanyPrefixLengths companyPrefixes, int filter, String coding, String stem) {

    /// What a code was converted to, or why it was not.
    public sealed interface Result {
        /// The code in its new form.
        record Converted(String text) implements Result {}

        /// Why there is none.
        record Impossible(String reason) implements Result {}
    }

    private static final int GTIN_LENGTH = 14;

    /// Converts a valid code.
    public Result convert(Code code, Form to) {
        return switch (to) {
            case GTIN -> elements(code, CodeConverter::gtin);
            case ELEMENT_STRING -> elements(code, e -> Optional.of(ElementStrings.bracketed(e)));
            case SCAN_DATA -> elements(code, e -> Optional.of(ElementStrings.scanned(e)));
            case DIGITAL_LINK -> elements(code, e -> DigitalLinks.write(stem, e));
            case COMPRESSED_DIGITAL_LINK -> elements(code, e -> DigitalLinks.writeCompressed(stem, e));
            case EPC -> epc(code, epc -> new EpcWriter.Result.Written(epc.canonical()));
            case EPC_TAG ->
                EpcWriter.holdsElements(coding)
                        ? new Result.Impossible("there is no tag URI of " + coding + "; write --to epc-binary")
                        : epc(code, epc -> EpcWriter.tagUri(epc, coding, filter));
            case EPC_BINARY ->
                EpcWriter.holdsElements(coding)
                        ? tagOfElements(code)
                        : epc(code, epc -> EpcWriter.hexadecimal(epc, coding, filter));
        };
    }

    private Result tagOfElements(Code code) {
        var elements = elements(code);
        if (elements.isEmpty()) {
            return new Result.Impossible("there is no GS1 form of this " + name(code));
        }
        int value = filter < 0 && code instanceof Code.Epc epc ? epc.filter() : filter;
        return written(EpcWriter.hexadecimal(
                DigitalLinks.ordered(elements.get()), coding, value, stem.replaceFirst("^[a-zA-Z]+://", "")));
    }

    private static Optional<List<Element>> elements(Code code) {
        return switch (code) {
            case Code.Gs1 gs1 -> Optional.of(gs1.elements());
            case Code.Epc epc -> EpcKeys.elements(epc);
            default -> Optional.empty();
        };
    }

    private static Result elements(Code code, Function<List<Element>, Optional<String>> form) {
        var elements = elements(code);
        if (elements.isEmpty()) {
            return new Result.Impossible("there is no GS1 form of this " + name(code));
        }
        return form.apply(elements.get())
                .<Result>map(Result.Converted::new)
                .orElseGet(() -> new Result.Impossible("it has no key that this form starts with, e.g. a GTIN (01)"));
    }

    private static String name(Code code) {
        return code instanceof Code.Epc epc ? "EPC of scheme " + epc.kind() : code.scheme() + " code";
    }

    private static Optional<String> gtin(List<Element> elements) {
        return elements.stream()
                .filter(e -> List.of("01", "02", "03", "8006", "8026").contains(e.ai()))
                .map(e -> e.value().substring(0, GTIN_LENGTH))
                .findFirst();
    }

    private Result epc(Code code, Function<Code.Epc, EpcWriter.Result> form) {
        return switch (code) {
            case Code.Epc epc -> written(form.apply(epc));
            case Code.Gs1 gs1 -> epc(gs1, form);
            default -> new Result.Impossible("there is no EPC of this " + name(code));
        };
    }

    private Result epc(Code.Gs1 gs1, Function<Code.Epc, EpcWriter.Result> form) {
        var key = EpcKeys.fromCompanyPrefix(gs1).orElse("");
        if (key.isEmpty()) {
            return new Result.Impossible(EpcKeys.NONE);
        }
        var length = companyPrefixes.of(key);
        if (length.isEmpty()) {
            return new Result.Impossible("the GS1 Company Prefix has 6 to 12 digits, and " + gs1.canonical()
                    + " does not tell how many; give --company-prefix-length N, or --company-prefixes FILE with GS1's"
                    + " table of them (GCPPrefixFormatList, gs1.org/standards/bc-epc-interop), or choose a coding that"
                    + " needs none, e.g. --to epc-binary --tag sgtin+");
        }
        if (length.getAsInt() == 0) {
            return new Result.Impossible(
                    "GS1's table says that numbers starting like " + key + " have no GS1 Company Prefix, so no EPC");
        }
        return switch (EpcKeys.of(gs1, length.getAsInt())) {
            case EpcKeys.Made.Epc(var epc) -> written(form.apply(epc));
            case EpcKeys.Made.Impossible(var reason) -> new Result.Impossible(reason);
        };
    }

    private static Result written(EpcWriter.Result result) {
        return switch (result) {
            case EpcWriter.Result.Written(var text) -> new Result.Converted(text);
            case EpcWriter.Result.Impossible(var reason) -> new Result.Impossible(reason);
        };
    }
}
