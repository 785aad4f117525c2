package io.millwright.node.net;

import picocli.CommandLine.Command;

/// `mw net`: what is done with the deterministic network.
@Command(
        name = "net",
        mixinStandardHelpOptions = true,
        header = "The deterministic network: worst-case bounds, gate schedules, and their checker.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BoundsCommand.class, ScheduleCommand.class, VerifyCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net bounds cell.json",
            "  mw net bounds cell.json --multiplexing fifo --explain",
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan",
            "  mw net verify plan"
        })
public final class NetCommand {}
