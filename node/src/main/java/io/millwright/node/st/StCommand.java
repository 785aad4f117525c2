package io.millwright.node.st;

import io.millwright.node.command.Subcommands;
import picocli.CommandLine.Command;

/// `mw st`: what is done with programs of IEC 61131-3.
@Command(
        name = "st",
        mixinStandardHelpOptions = true,
        header = "Structured Text: check programs, run and test them in virtual time, lay them out.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw st check dosing.st",
            "  mw st run dosing.st --program dosing --scans 100 --cycle 10ms --set level=1.5 --dump",
            "  mw st test dosing.st dosing_test.st --coverage"
        })
@Subcommands({
    CheckCommand.class,
    RunCommand.class,
    TestCommand.class,
    FormatCommand.class,
    ConvertCommand.class,
    DocCommand.class,
    LspCommand.class,
    DebugCommand.class
})
public final class StCommand {}
