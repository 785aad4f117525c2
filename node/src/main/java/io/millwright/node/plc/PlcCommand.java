package io.millwright.node.plc;

import io.millwright.node.command.Subcommands;
import io.millwright.node.plc.record.RecordCommand;
import io.millwright.node.plc.record.ReplayCommand;
import io.millwright.node.plc.record.TraceCommand;
import io.millwright.node.simulate.SimulateCommand;
import picocli.CommandLine.Command;

/// `mw plc`: the virtual PLC.
@Command(
        name = "plc",
        mixinStandardHelpOptions = true,
        header = "The virtual PLC: run control programs, watch, force and change them while they run.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw plc simulate examples/tanks --for 10min --watch levels.Level1",
            "  mw plc run examples/tanks",
            "  mw plc status",
            "  mw plc watch levels.Level1 levels.Pump1",
            "  mw plc force levels.Pump1 2.5 --reason \"testing pump 1\" --for 10min"
        })
@Subcommands({
    RunCommand.class,
    SimulateCommand.class,
    StatusCommand.class,
    ModeCommand.Start.class,
    ModeCommand.Stop.class,
    WatchCommand.class,
    SetCommand.class,
    ForceCommand.class,
    UnforceCommand.class,
    ChangeCommand.class,
    RecordCommand.class,
    ReplayCommand.class,
    TraceCommand.class
})
public final class PlcCommand {}
