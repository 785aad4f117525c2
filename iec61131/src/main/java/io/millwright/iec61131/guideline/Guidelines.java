package io.millwright.iec61131.guideline;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Holds a program against the coding guidelines.
///
/// The pragma `{guidelines off CP8, L17}` keeps rules, or without any all of them, from being told in the rest
/// of its file, up to `{guidelines on …}`.
public final class Guidelines {
    private static final Pattern PRAGMA =
            Pattern.compile("\\{\\s*guidelines\\s+(on|off)\\b([^}]*)}", Pattern.CASE_INSENSITIVE);

    private Guidelines() {}

    /// What is against the rules, by file and place. A program with errors is held against the rules of its
    /// text alone.
    ///
    /// @param trees its texts
    public static List<Diagnostic> check(List<SyntaxTree> trees, Checked checked, Dialect dialect, Set<Rule> rules) {
        var found = new Found(rules);
        Map<Source, Tokens> texts = new HashMap<>();
        for (SyntaxTree tree : trees) {
            Tokens tokens = Parser.tokens(tree.source(), dialect, new Diagnostics());
            texts.put(tree.source(), tokens);
            new TextRules(found).check(tree, tokens);
            new NameRules(checked.scope(), found).check(tree);
        }
        Program program = checked.program();
        if (program != null) {
            new ProgramRules(program, checked, found).check();
        }
        Map<Source, List<Switch>> switches = new HashMap<>();
        texts.forEach((source, tokens) ->
                switches.computeIfAbsent(whole(source), _ -> new ArrayList<>()).addAll(switches(tokens)));
        switches.values().forEach(all -> all.sort(Comparator.comparingInt(Switch::offset)));
        Stream<Diagnostic> told = checked.diagnostics().stream()
                .filter(d -> rules.contains(Rule.CP8) && d.code().equals(Rule.CP8.name()));
        return Stream.concat(found.sorted().stream(), told)
                .filter(d -> isOn(d, switches.getOrDefault(whole(d.span().source()), List.of())))
                .toList();
    }

    /// Everything that is to be said of a program, by file: what the checker found and what is against the
    /// rules.
    ///
    /// @param trees its texts
    /// @param rules none to hear what the checker says alone
    public static List<Diagnostic> together(List<SyntaxTree> trees, Checked checked, Dialect dialect, Set<Rule> rules) {
        if (rules.isEmpty()) {
            return checked.diagnostics();
        }
        List<Diagnostic> all = new ArrayList<>(checked.diagnostics());
        all.removeIf(d -> d.code().equals(Rule.CP8.name()));
        all.addAll(check(trees, checked, dialect, rules));
        all.sort(Comparator.comparing(d -> d.span().source().name()));
        return all;
    }

    /// The text in which a pragma holds: of a piece that is edited on its own the whole.
    private static Source whole(Source source) {
        return source.excerpt() == null ? source : source.excerpt().whole();
    }

    private static int offset(Source source, int offset) {
        return source.excerpt() == null ? offset : source.excerpt().offsetInWhole(offset);
    }

    /// A pragma that switches rules.
    ///
    /// @param offset in the whole text
    ///
    /// @param names none for all
    private record Switch(int offset, boolean on, Set<String> names) {}

    private static List<Switch> switches(Tokens tokens) {
        List<Switch> all = new ArrayList<>();
        for (int i = 0; i < tokens.count(); i++) {
            Matcher matcher = tokens.kind(i) == Kind.PRAGMA ? PRAGMA.matcher(tokens.text(i)) : null;
            if (matcher != null && matcher.matches()) {
                Set<String> names = Set.of(
                        Stream.of(matcher.group(2).toUpperCase(Locale.ROOT).split("[\\s,]+", -1))
                                .filter(n -> !n.isEmpty())
                                .distinct()
                                .toArray(String[]::new));
                all.add(new Switch(
                        offset(tokens.source(), tokens.start(i)),
                        matcher.group(1).equalsIgnoreCase("on"),
                        names));
            }
        }
        return all;
    }

    private static boolean isOn(Diagnostic diagnostic, List<Switch> switches) {
        boolean on = true;
        int start = offset(diagnostic.span().source(), diagnostic.span().start());
        for (Switch one : switches) {
            boolean meant = one.names().isEmpty() || one.names().contains(diagnostic.code());
            if (meant && one.offset() <= start) {
                on = one.on();
            }
        }
        return on;
    }
}
