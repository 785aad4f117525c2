package io.millwright.node.id;

import picocli.CommandLine.Command;

/// `mw id`: what is done with identifiers.
@Command(
        name = "id",
        mixinStandardHelpOptions = true,
        header = "Identifiers: resolve them, answer for them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ResolveCommand.class, ServeCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  mw id resolve 88.118.7/tank-1", "  mw id serve --plant plant.yaml"})
public final class IdCommand {}
