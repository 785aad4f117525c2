package io.millwright.plc.library;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// The blocks of process control, in Structured Text: controllers, filters, alarms, totals. They are compiled
/// with the program that uses them.
///
/// ```java
/// var session = new Session(Dialect.COMMON);
/// ControlLibrary.sources().forEach(session::put);
/// ```
public final class ControlLibrary {
    /// What the library is called where a program asks for it, as `--library control` does.
    public static final String NAME = "control";

    /// Findings that a name is not declared.
    private static final Set<String> UNKNOWN = Set.of("E201", "E202");

    private static final List<String> FILES = List.of(
            "timing",
            "pid",
            "cascade",
            "gain_schedule",
            "autotune",
            "filters",
            "setpoint",
            "split_range",
            "dead_time",
            "characterization",
            "alarms",
            "totalizers",
            "device");

    private ControlLibrary() {}

    /// Its texts, one for each subject, called `control/pid.st` and so on.
    public static List<Source> sources() {
        return FILES.stream().map(ControlLibrary::read).toList();
    }

    /// Whether it declares a block, function or type of this name, in whatever letters.
    public static boolean declares(String name) {
        return Declared.NAMES.contains(name.toUpperCase(Locale.ROOT));
    }

    /// Whether a finding is that a program lacks something that the library has.
    public static boolean isLacking(Diagnostic finding) {
        return UNKNOWN.contains(finding.code()) && declares(finding.span().text());
    }

    private static Source read(String file) {
        String resource = file + ".st";
        try (InputStream in = ControlLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new Source(NAME + "/" + resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Read when it is first asked for: only after a mistake.
    private static final class Declared {
        private static final Set<String> NAMES = names();

        private static Set<String> names() {
            Set<String> names = new TreeSet<>();
            for (Source source : sources()) {
                var found = new Diagnostics();
                for (Declaration declaration :
                        Parser.parse(source, Dialect.COMMON, found).declarations()) {
                    switch (declaration) {
                        case Declaration.Unit unit -> names.add(unit.name().key());
                        case Declaration.DataType type -> names.add(type.name().key());
                        default -> {}
                    }
                }
                if (found.hasErrors()) {
                    Diagnostic first = found.sorted().getFirst();
                    throw new IllegalStateException(first.span() + ": " + first.message());
                }
            }
            return names;
        }
    }
}
