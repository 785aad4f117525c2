package io.millwright.node.st;

import io.millwright.iec61131.guideline.Rule;
import io.millwright.node.command.UsageError;
import java.util.Set;
import picocli.CommandLine.Option;

/// The options that say which rules of the coding guidelines a program is held against.
final class HeldRules {
    @Option(names = "--guidelines", description = "Hold the program against the coding guidelines of PLCopen, too.")
    private boolean guidelines;

    @Option(
            names = "--rules",
            paramLabel = "RULES",
            defaultValue = "",
            description = "Which rules of the guidelines: L17 adds one to the usual ones, -N6 leaves one out; "
                    + "several with commas.")
    private String rules = "";

    /// The rules, none where none are asked for.
    Set<Rule> rules() {
        if (!guidelines && rules.isEmpty()) {
            return Set.of();
        }
        try {
            return Rule.chosen(rules);
        } catch (IllegalArgumentException e) {
            throw new UsageError("--rules: " + e.getMessage());
        }
    }
}
