package io.millwright.node.st;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.guideline.Guidelines;
import io.millwright.iec61131.guideline.Rule;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw st check`: says everything that is wrong with a program.
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        header = "Check a program: every error and warning with its place, and what would be right.",
        description = "The exit status is 1 if there is an error.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw st check dosing.st",
            "  mw st check project/ --dialect standard --json",
            "  mw st check project/ --guidelines --rules L17,-N6"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final Texts texts = new Texts();

    @Option(names = "--guidelines", description = "Hold the program against the coding guidelines of PLCopen, too.")
    private boolean guidelines;

    @Option(
            names = "--rules",
            paramLabel = "RULES",
            defaultValue = "",
            description = "Which rules of the guidelines: L17 adds one to the usual ones, -N6 leaves one out; "
                    + "several with commas.")
    private String rules = "";

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Set<Rule> held = held();
        Texts.Program program = texts.compiled();
        Checked checked = program.checked();
        List<Diagnostic> found = new ArrayList<>(checked.diagnostics());
        if (guidelines || !rules.isEmpty()) {
            found.removeIf(d -> d.code().equals(Rule.CP8.name()));
            found.addAll(Guidelines.check(program.trees(), checked, texts.dialect(), held));
            found.sort(Comparator.comparing(d -> d.span().source().name()));
        }
        found.forEach(d -> output.text(Findings.text(d)));
        output.json(Findings.report(found));
        long errors = found.stream().filter(Diagnostic::isError).count();
        output.text(
                errors == 0
                        ? "no errors" + (found.isEmpty() ? "" : ", " + found.size() + " warnings")
                        : errors + (errors == 1 ? " error" : " errors"));
        return errors == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }

    private Set<Rule> held() {
        try {
            return Rule.chosen(rules);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--rules: " + e.getMessage());
        }
    }
}
