package io.millwright.node.id;

import io.millwright.identity.code.Code;
import io.millwright.identity.code.Fault;
import io.millwright.identity.code.Part;
import io.millwright.identity.record.Printable;
import java.util.ArrayList;
import java.util.List;

/// A code that was read, for people: a table of its parts, and a caret beneath each place that is wrong.
///
/// @param colour whether to stress with terminal colours
record CodeText(boolean colour) {

    /// How much of a long code is shown before and behind a place that is wrong.
    private static final int AROUND = 48;

    private static final int WIDEST_VALUE = 40;

    String of(String text, Code code) {
        var lines = new ArrayList<String>();
        lines.add(stressed(shortened(Printable.of(text))));
        var rows = new ArrayList<Part>();
        rows.add(new Part("system", code.scheme(), form(code)));
        if (!code.canonical().isEmpty()) {
            rows.add(Part.of("canonical", code.canonical()));
        }
        rows.addAll(code.parts());
        table(rows, lines);
        lines.add("  " + (code.valid() ? "valid" : wrong(code.faults().size())));
        code.faults().forEach(fault -> lines.addAll(caret(text, fault)));
        return String.join("\n", lines);
    }

    private static String wrong(int count) {
        return count == 1 ? "not valid: 1 mistake" : "not valid: " + count + " mistakes";
    }

    private static String form(Code code) {
        return switch (code) {
            case Code.Gs1 gs1 ->
                switch (gs1.form()) {
                    case BRACKETED -> "GS1 element string, application identifiers in brackets";
                    case ELEMENT_STRING -> "GS1 element string, as scanned";
                    case DIGITAL_LINK -> "GS1 Digital Link";
                    case COMPRESSED_DIGITAL_LINK -> "GS1 Digital Link, compressed";
                    case KEY -> "GS1 key alone";
                    case TAG -> "GS1 elements on a tag";
                };
            case Code.Epc epc -> epc.coding().isEmpty() ? "EPC, pure identity" : "EPC on a tag";
            case Code.HandleName name -> name.scheme().equals("doi") ? "digital object identifier" : "handle";
            case Code.Oid _ -> "object identifier";
            case Code.Ecode _ -> "Ecode, GB/T 31866";
            case Code.Iso15459 _ -> "unique identifier, ISO/IEC 15459";
            case Code.Did _ -> "decentralized identifier";
            case Code.Unknown _ -> "not recognised";
        };
    }

    private static void table(List<Part> rows, List<String> lines) {
        int names =
                rows.stream().mapToInt(r -> ReportText.length(r.name())).max().orElse(0);
        int values = rows.stream()
                .filter(r -> !r.meaning().isEmpty())
                .mapToInt(r -> ReportText.length(Printable.of(r.value())))
                .filter(width -> width <= WIDEST_VALUE)
                .max()
                .orElse(0);
        for (var row : rows) {
            var value = Printable.of(row.value());
            var line = "  " + Printable.of(row.name()) + " ".repeat(names - ReportText.length(row.name()) + 2) + value;
            if (!row.meaning().isEmpty()) {
                line += " ".repeat(Math.max(0, values - ReportText.length(value)) + 2) + Printable.of(row.meaning());
            }
            lines.add(line.stripTrailing());
        }
    }

    /// The code around the place, and beneath it the caret with the message.
    private static List<String> caret(String text, Fault fault) {
        int at = Math.clamp(fault.at(), 0, text.length());
        int from = Math.max(0, at - AROUND);
        int to = Math.min(text.length(), at + AROUND);
        var before = (from > 0 ? "…" : "") + Printable.of(text.substring(from, at));
        var behind = Printable.of(text.substring(at, to)) + (to < text.length() ? "…" : "");
        return List.of(
                "    " + before + behind, "    " + " ".repeat(ReportText.length(before)) + "^ " + fault.message());
    }

    private static String shortened(String text) {
        return text.length() <= 2 * AROUND ? text : text.substring(0, 2 * AROUND) + "…";
    }

    private String stressed(String text) {
        return colour ? "\u001b[1m" + text + "\u001b[0m" : text;
    }
}
