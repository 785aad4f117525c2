package io.millwright.node.data;

import io.millwright.node.command.Subcommands;
import picocli.CommandLine.Command;

/// `mw data`: the group of commands about kept history.
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Query, export, import and judge the history that a node keeps.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  mw data query tank-1/level --limit 20", "  mw data quality --at http://127.0.0.1:8420"})
@Subcommands({QueryCommand.class, ExportCommand.class, ImportCommand.class, QualityCommand.class})
public final class DataCommand {}
