package io.millwright.node.id;

import io.millwright.node.command.Subcommands;
import picocli.CommandLine.Command;

/// `mw id`: what is done with identifiers.
@Command(
        name = "id",
        mixinStandardHelpOptions = true,
        header = "Identifiers: resolve them, answer for them; check and convert codes.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id resolve 88.118.7/tank-1",
            "  mw id serve --plant plant.yaml",
            "  mw id lab                          a whole tree of nodes on loopback",
            "  mw id parse \"(01)09506000134352(10)ABC123\""
        })
@Subcommands({
    ResolveCommand.class,
    ServeCommand.class,
    LabCommand.class,
    RegisterCommand.class,
    DelegateCommand.class,
    HomeCommand.class,
    ListCommand.class,
    DumpCommand.class,
    LoadCommand.class,
    ReplicateCommand.class,
    BackupCommand.class,
    StatusCommand.class,
    ParseCommand.class,
    ConvertCommand.class
})
public final class IdCommand {}
