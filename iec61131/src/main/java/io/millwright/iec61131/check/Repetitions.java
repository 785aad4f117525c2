package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of a name that is not known once in each unit what is wrong with it, where it stands first, and how often
/// it stands there besides.
final class Repetitions {
    /// What is said about a name, whatever is done with it.
    private static final Set<String> OF_NAMES =
            Set.of("E201", "E202", "E203", "E205", "E211", "E212", "E403", "E531", "E560");

    private Repetitions() {}

    private record Mistake(@Nullable Span unit, String code, String message) {}

    /// What the checker found in a part, without what it found more than once.
    static void into(Diagnostics all, Part part) {
        var found = new Diagnostics();
        part.head.diagnostics.into(found);
        part.body.diagnostics.into(found);
        if (!found.hasErrors()) {
            found.into(all);
            return;
        }
        List<Declaration.Unit> units = units(part.declarations());
        Map<Mistake, List<Diagnostic>> mistakes = new LinkedHashMap<>();
        for (Diagnostic diagnostic : found.sorted()) {
            if (OF_NAMES.contains(diagnostic.code())) {
                Declaration.Unit unit = around(units, diagnostic.span());
                mistakes.computeIfAbsent(
                                new Mistake(
                                        unit == null ? null : unit.span(), diagnostic.code(), diagnostic.message()),
                                _ -> new ArrayList<>())
                        .add(diagnostic);
            } else {
                all.add(diagnostic);
            }
        }
        mistakes.forEach((mistake, same) -> {
            if (mistake.unit() == null) {
                same.forEach(all::add);
            } else {
                all.add(counted(same));
            }
        });
    }

    private static Diagnostic counted(List<Diagnostic> same) {
        Diagnostic first = same.getFirst();
        int more = same.size() - 1;
        return more == 0
                ? first
                : first.saying(first.message() + " (%d more time%s in this unit)".formatted(more, more == 1 ? "" : "s"));
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

    private static Declaration.@Nullable Unit around(List<Declaration.Unit> units, Span place) {
        Span known = place.known();
        for (Declaration.Unit unit : units) {
            Span span = unit.span().known();
            if (span.source() == known.source() && span.start() <= known.start() && known.end() <= span.end()) {
                return unit;
            }
        }
        return null;
    }
}
