package io.millwright.node.id;

import picocli.CommandLine.Command;

/// `mw id`: what is done with identifiers.
@Command(
        name = "id",
        mixinStandardHelpOptions = true,
        header = "Identifiers: resolve them, answer for them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ResolveCommand.class, ServeCommand.class})
public final class IdCommand {}
