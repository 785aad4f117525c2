package io.millwright.node.st;

import io.millwright.iec61131.test.Branch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Shows which branches tests reach.
final class CoverageReport {
    private CoverageReport() {}

    /// A branch of `--json`.
    record Way(int line, int column, String kind, long count) {}

    /// A function, method or unit of `--json`.
    record Unit(String name, String file, long reached, int branches, List<Way> ways) {}

    /// All of it.
    record Covered(long reached, int branches, List<Unit> units) {}

    static Covered of(List<Branch> branches) {
        Map<String, List<Branch>> byUnit = branches.stream()
                .collect(Collectors.groupingBy(
                        b -> b.file() + " " + b.routine(), LinkedHashMap::new, Collectors.toList()));
        List<Unit> units = byUnit.values().stream().map(CoverageReport::unit).toList();
        return new Covered(reached(branches), branches.size(), units);
    }

    private static Unit unit(List<Branch> branches) {
        Branch first = branches.getFirst();
        List<Way> ways = branches.stream()
                .map(b -> new Way(b.line(), b.column(), kind(b), b.count()))
                .toList();
        return new Unit(first.routine(), first.file(), reached(branches), branches.size(), ways);
    }

    private static long reached(List<Branch> branches) {
        return branches.stream().filter(Branch::reached).count();
    }

    private static String kind(Branch branch) {
        return branch.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// For people. Of a unit that is never called it tells that alone, since of a library many are not.
    static String text(List<Branch> branches) {
        var text = new StringBuilder();
        Covered covered = of(branches);
        for (Unit unit : covered.units()) {
            text.append("%s  %s: %d of %d branches\n"
                    .formatted(percent(unit.reached(), unit.branches()), unit.name(), unit.reached(), unit.branches()));
            for (Way way : unit.ways()) {
                if (way.count() == 0 && (unit.reached() > 0 || way.kind().equals("call"))) {
                    text.append("        never: %s at %s:%d:%d\n"
                            .formatted(way.kind(), unit.file(), way.line(), way.column()));
                }
            }
        }
        return text.append(percent(covered.reached(), covered.branches()))
                .append("  of all branches")
                .toString();
    }

    private static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%5.1f %%", whole == 0 ? 100 : 100.0 * part / whole);
    }
}
