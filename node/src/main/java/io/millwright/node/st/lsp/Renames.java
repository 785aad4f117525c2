package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.xml.PlcOpen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;

/// Gives a name to something else everywhere, unless that would change what the program means: the texts are
/// compiled as they would be, and every place must still mean the same.
final class Renames {
    private final Workspace workspace;

    Renames(Workspace workspace) {
        this.workspace = workspace;
    }

    /// The edits that rename what stands at a place.
    ///
    /// @throws ResponseErrorException where it cannot be renamed, saying why
    WorkspaceEdit of(Source source, int offset, String name) {
        if (!isName(name)) {
            throw refused(name + " is no name: a name is made of letters, digits and underscores, and no keyword");
        }
        Analysis before = workspace.analysis();
        Analysis.Found found = before.at(source.name(), offset);
        Span declared = found == null ? null : Analysis.declared(found.target());
        if (found == null || declared == null || Analysis.isBuiltIn(declared)) {
            throw refused("what stands here cannot be renamed");
        }
        List<Span> places = places(before, found.target()).stream()
                .sorted(Comparator.comparing((Span s) -> s.source().name()).thenComparingInt(Span::start))
                .toList();
        inXml(before, places, found.span().text());
        Map<String, List<TextEdit>> edits = new HashMap<>();
        for (Span use : places) {
            edits.computeIfAbsent(use.source().name(), _ -> new ArrayList<>())
                    .add(new TextEdit(Positions.range(use), name));
        }
        List<String> errors = errors(before);
        Map<String, Source> renamed = renamed(places, name);
        List<String> clash = clash(renamed, places, name, errors);
        if (!clash.isEmpty()) {
            throw refused("%s would not mean the same everywhere: %s".formatted(name, clash.getFirst()));
        }
        return new WorkspaceEdit(edits);
    }

    /// Refuses what is also named in XML, where it may stand in many forms; the tool that draws it knows them. Where a
    /// project has mistakes, not all that it names is known.
    private static void inXml(Analysis analysis, List<Span> places, String old) {
        for (Span place : places) {
            if (PlcOpen.isXml(place.source())) {
                throw refused("%s stands in %s:%d too, and projects in XML are not changed here; rename it with the"
                                .formatted(old, file(place.source()), place.line())
                        + " tool that draws them");
            }
        }
        var word = Pattern.compile("(?i)(?<!\\w)" + Pattern.quote(old) + "(?!\\w)");
        for (Diagnostic diagnostic : analysis.checked().diagnostics()) {
            Source source = diagnostic.span().source().known();
            if (diagnostic.isError()
                    && PlcOpen.isXml(source)
                    && word.matcher(source.text()).find()) {
                throw refused("%s:%d has a mistake, and %s stands in that project, perhaps for this; mend it first"
                        .formatted(file(source), diagnostic.span().line(), old));
            }
        }
    }

    private static String file(Source source) {
        return source.name().substring(source.name().lastIndexOf('/') + 1);
    }

    /// Where something, and what must be called the same, is named.
    private static List<Span> places(Analysis analysis, Object target) {
        return new Family(analysis)
                .of(target).stream()
                        .flatMap(d -> analysis.references(d, true).stream())
                        .map(Span::known)
                        .distinct()
                        .toList();
    }

    private static Map<String, Source> renamed(List<Span> places, String name) {
        Map<String, StringBuilder> texts = new TreeMap<>();
        for (Span place : places.reversed()) {
            Source source = place.source();
            texts.computeIfAbsent(source.name(), _ -> new StringBuilder(source.text()))
                    .replace(place.start(), place.end(), name);
        }
        Map<String, Source> sources = new TreeMap<>();
        texts.forEach((file, text) -> sources.put(file, new Source(file, text.toString())));
        return sources;
    }

    /// What would be wrong, or mean something else.
    private List<String> clash(Map<String, Source> renamed, List<Span> places, String name, List<String> errors) {
        List<String> clashes = new ArrayList<>();
        Analysis after = workspace.analysisWith(renamed);
        List<String> now = errors(after);
        if (now.size() > errors.size()) {
            now.stream().filter(e -> !errors.contains(e)).forEach(clashes::add);
        }
        Map<String, Integer> shift = new HashMap<>();
        List<Span> expected = new ArrayList<>();
        for (Span place : places) {
            int moved = shift.getOrDefault(place.source().name(), 0);
            int start = place.start() + moved;
            shift.put(place.source().name(), moved + name.length() - (place.end() - place.start()));
            Source text = Objects.requireNonNull(renamed.get(place.source().name()));
            expected.add(text.span(start, start + name.length()));
        }
        Analysis.Found found = after.at(
                expected.getFirst().source().name(), expected.getFirst().start());
        List<Span> seen = found == null ? List.of() : places(after, found.target());
        expected.stream().filter(e -> !seen.contains(e)).forEach(e -> clashes.add("at " + e));
        seen.stream().filter(s -> !expected.contains(s)).forEach(s -> clashes.add("at " + s));
        return clashes;
    }

    private static List<String> errors(Analysis analysis) {
        return analysis.checked().diagnostics().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::message)
                .toList();
    }

    private static boolean isName(String name) {
        var found = new Diagnostics();
        Source use = new Source("", "PROGRAM p VAR " + name + " : INT; END_VAR END_PROGRAM");
        Parser.parse(use, Dialect.COMMON, found);
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !found.hasErrors();
    }

    private static ResponseErrorException refused(String why) {
        return new ResponseErrorException(new ResponseError(ResponseErrorCode.InvalidParams, why, null));
    }
}
