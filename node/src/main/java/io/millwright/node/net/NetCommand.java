package io.millwright.node.net;

import io.millwright.node.command.Subcommands;
import picocli.CommandLine.Command;

/// `mw net`: what is done with the deterministic network.
@Command(
        name = "net",
        mixinStandardHelpOptions = true,
        header = "The deterministic network: worst-case bounds, gate schedules, their checker, and failures.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net bounds cell.json",
            "  mw net bounds cell.json --multiplexing fifo --explain",
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan",
            "  mw net verify plan",
            "  mw net atlas plan --out atlas"
        })
@Subcommands({BoundsCommand.class, ScheduleCommand.class, VerifyCommand.class, AtlasCommand.class})
public final class NetCommand {}
