package io.millwright.node.fmu;

import io.millwright.node.command.Subcommands;
import picocli.CommandLine.Command;

/// `mw fmu`: what is done with co-simulation units of FMI.
@Command(
        name = "fmu",
        mixinStandardHelpOptions = true,
        header = "Models of machines that other tools export (FMI 2.0 and 3.0): look into them, run them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw fmu info BouncingBall.fmu",
            "  mw fmu run BouncingBall.fmu --stop 3s --step 10ms --set e=0.8 --output ball.csv"
        })
@Subcommands({InfoCommand.class, RunCommand.class})
public final class FmuCommand {}
