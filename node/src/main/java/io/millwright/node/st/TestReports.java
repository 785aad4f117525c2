package io.millwright.node.st;

import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.test.TestResult;
import io.millwright.iec61131.test.TestRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows how tests went: to people, and to the programs that gather such results.
final class TestReports {
    private TestReports() {}

    /// A test of `--json`.
    record Case(
            String title, String file, int line, String outcome, String message, List<String> stack, double seconds) {}

    /// All of `--json`.
    record Report(int tests, long failures, List<Case> cases, CoverageReport.@Nullable Covered coverage) {}

    static Report json(TestRun run, boolean coverage) {
        List<Case> cases = run.results().stream()
                .map(r -> new Case(
                        r.title(),
                        r.file(),
                        r.line(),
                        r.outcome().name().toLowerCase(Locale.ROOT),
                        r.message(),
                        r.stack().stream().map(Trap.Position::toString).toList(),
                        seconds(r)))
                .toList();
        return new Report(cases.size(), run.failures(), cases, coverage ? CoverageReport.of(run.branches()) : null);
    }

    private static double seconds(TestResult result) {
        return result.nanos() / 1e9;
    }

    static String text(TestRun run) {
        var text = new StringBuilder();
        byFile(run).forEach((file, results) -> {
            text.append(file).append('\n');
            for (TestResult result : results) {
                text.append(result.passed() ? "  pass  " : "  FAIL  ")
                        .append(result.title())
                        .append('\n');
                if (!result.passed()) {
                    text.append("        ")
                            .append(place(result))
                            .append(result.message())
                            .append('\n');
                    result.stack().stream()
                            .skip(1)
                            .forEach(p -> text.append("            called from ")
                                    .append(p)
                                    .append('\n'));
                }
            }
        });
        long failures = run.failures();
        text.append(run.results().size() - failures)
                .append(" passed, ")
                .append(failures)
                .append(" failed");
        return text.toString();
    }

    private static String place(TestResult result) {
        if (result.stack().isEmpty()) {
            return "";
        }
        Trap.Position at = result.stack().getFirst();
        return at.source() + ":" + at.line() + ": ";
    }

    private static Map<String, List<TestResult>> byFile(TestRun run) {
        return run.results().stream()
                .collect(Collectors.groupingBy(TestResult::file, LinkedHashMap::new, Collectors.toList()));
    }

    /// Test Anything Protocol, version 14.
    static String tap(TestRun run) {
        var text = new StringBuilder("TAP version 14\n");
        text.append("1..").append(run.results().size());
        int number = 0;
        for (TestResult result : run.results()) {
            number++;
            text.append('\n')
                    .append(result.passed() ? "ok " : "not ok ")
                    .append(number)
                    .append(" - ");
            text.append(line(result.title()).replace("\\", "\\\\").replace("#", "\\#"));
            if (!result.passed()) {
                text.append("\n  ---\n  message: ").append(quoted(result.message()));
                text.append("\n  at: ")
                        .append(quoted(
                                place(result).isEmpty()
                                        ? result.file()
                                        : place(result).replaceFirst(": $", "")));
                text.append("\n  ...");
            }
        }
        return text.toString();
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }

    /// A double-quoted scalar of YAML.
    private static String quoted(String text) {
        return '"' + line(text).strip().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// The XML of JUnit, as build servers read it: a suite for each file.
    static String junit(TestRun run) {
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        text.append("<testsuites tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                .formatted(run.results().size(), failed(run.results()), trapped(run.results())));
        byFile(run).forEach((file, results) -> {
            text.append("  <testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"%d\">\n"
                    .formatted(escaped(file), results.size(), failed(results), trapped(results)));
            results.forEach(r -> junitCase(r, text));
            text.append("  </testsuite>\n");
        });
        return text.append("</testsuites>").toString();
    }

    private static void junitCase(TestResult result, StringBuilder text) {
        text.append(String.format(
                Locale.ROOT,
                "    <testcase classname=\"%s\" name=\"%s\" file=\"%s\" line=\"%d\" time=\"%.6f\"",
                escaped(result.file()),
                escaped(result.title()),
                escaped(result.file()),
                result.line(),
                seconds(result)));
        if (result.passed()) {
            text.append("/>\n");
            return;
        }
        String element = result.outcome() == TestResult.Outcome.FAILED ? "failure" : "error";
        String stack = result.stack().stream().map(Trap.Position::toString).collect(Collectors.joining("\n"));
        text.append(">\n      <%s message=\"%s\">%s</%s>\n    </testcase>\n"
                .formatted(element, escaped(result.message()), escaped(stack), element));
    }

    private static long failed(List<TestResult> results) {
        return results.stream()
                .filter(r -> r.outcome() == TestResult.Outcome.FAILED)
                .count();
    }

    private static long trapped(List<TestResult> results) {
        return results.stream()
                .filter(r -> r.outcome() == TestResult.Outcome.TRAPPED)
                .count();
    }

    /// Text within XML; characters that XML 1.0 does not have become `?`.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\n', '\r', '\t' -> escaped.append("&#").append(c).append(';');
                default -> {
                    boolean allowed = c >= 0x20 && !(c >= 0xD800 && c < 0xE000) && c != 0xFFFE && c != 0xFFFF;
                    escaped.appendCodePoint(allowed ? c : '?');
                }
            }
        });
        return escaped.toString();
    }
}
