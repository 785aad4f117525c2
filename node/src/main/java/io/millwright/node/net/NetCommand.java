package io.millwright.node.net;

import picocli.CommandLine.Command;

/// `mw net`: what is done with the deterministic network.
@Command(
        name = "net",
        mixinStandardHelpOptions = true,
        header = "The deterministic network: worst-case bounds, gate schedules.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {BoundsCommand.class, ScheduleCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw net bounds cell.json",
            "  mw net bounds cell.json --multiplexing fifo --explain",
            "  mw net schedule --topology topology.csv --streams streams.csv --out plan"
        })
public final class NetCommand {}
