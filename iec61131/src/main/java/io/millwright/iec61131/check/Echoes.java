package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Leaves out what only echoes another mistake. A line that could not be read is a guess, of which the checker
/// says nothing. Of a name that is not known it says once in each unit what is wrong, where the name stands
/// first, and how often it stands there besides.
final class Echoes {
    /// What is said about a name, whatever is done with it.
    private static final Set<String> OF_NAMES =
            Set.of("E201", "E202", "E203", "E205", "E211", "E212", "E403", "E531", "E560");

    private Echoes() {}

    private record Mistake(Span unit, String code, String message) {}

    /// Adds what the checker found in a part, without the echoes.
    static void leaveOut(Part part, Diagnostics all) {
        var found = new Diagnostics();
        part.head.diagnostics.into(found);
        part.body.diagnostics.into(found);
        List<Diagnostic> sorted = found.sorted();
        if (sorted.isEmpty()) {
            return;
        }
        Set<Integer> unread = new HashSet<>();
        part.syntax().stream()
                .filter(Diagnostic::isError)
                .forEach(d -> unread.add(d.span().line()));
        List<Declaration.Unit> units = found.hasErrors() ? units(part.declarations()) : List.of();
        Map<Mistake, List<Diagnostic>> mistakes = new LinkedHashMap<>();
        for (Diagnostic diagnostic : sorted) {
            Span unit = OF_NAMES.contains(diagnostic.code()) ? around(units, diagnostic.span()) : null;
            if (unread.contains(diagnostic.span().line())) {
                continue;
            }
            if (unit == null) {
                all.add(diagnostic);
            } else {
                var mistake = new Mistake(unit, diagnostic.code(), diagnostic.message());
                mistakes.computeIfAbsent(mistake, _ -> new ArrayList<>()).add(diagnostic);
            }
        }
        mistakes.values().forEach(same -> all.add(counted(same)));
    }

    private static Diagnostic counted(List<Diagnostic> same) {
        Diagnostic first = same.getFirst();
        int more = same.size() - 1;
        return more == 0
                ? first
                : first.saying(
                        "%s (%d more time%s in this unit)".formatted(first.message(), more, more == 1 ? "" : "s"));
    }

    private static List<Declaration.Unit> units(List<Declaration> declarations) {
        List<Declaration.Unit> units = new ArrayList<>();
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Declaration.Unit unit -> units.add(unit);
                case Declaration.Namespace namespace -> units.addAll(units(namespace.declarations()));
                default -> {}
            }
        }
        return units;
    }

    private static @Nullable Span around(List<Declaration.Unit> units, Span place) {
        Span known = place.known();
        for (Declaration.Unit unit : units) {
            Span span = unit.span().known();
            if (span.source() == known.source() && span.start() <= known.start() && known.end() <= span.end()) {
                return span;
            }
        }
        return null;
    }
}
