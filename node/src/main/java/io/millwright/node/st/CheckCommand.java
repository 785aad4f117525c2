package io.millwright.node.st;

import io.millwright.iec61131.guideline.Guidelines;
import io.millwright.iec61131.guideline.Rule;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private final HeldRules held = new HeldRules();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        Set<Rule> rules = held.rules();
        Texts.Program program = texts.compiled();
        List<Diagnostic> found = Guidelines.together(program.trees(), program.checked(), texts.dialect(), rules);
        found.forEach(d -> output.text(Findings.text(d)));
        output.json(Findings.report(found));
        long errors = found.stream().filter(Diagnostic::isError).count();
        output.text(
                errors == 0
                        ? "no errors" + (found.isEmpty() ? "" : ", " + found.size() + " warnings")
                        : errors + (errors == 1 ? " error" : " errors"));
        return errors == 0 ? ExitStatus.OK : ExitStatus.FAILED;
    }
}
