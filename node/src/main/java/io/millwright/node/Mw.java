package io.millwright.node;

import io.millwright.node.command.BenchCommand;
import io.millwright.node.command.BrowseCommand;
import io.millwright.node.command.CheckCommand;
import io.millwright.node.command.CompletionCommand;
import io.millwright.node.command.DemoCommand;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.FaultCommand;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.MachinesCommand;
import io.millwright.node.command.ReadCommand;
import io.millwright.node.command.ReplayCommand;
import io.millwright.node.command.SchemaCommand;
import io.millwright.node.command.Subcommands;
import io.millwright.node.command.UpCommand;
import io.millwright.node.command.UsageError;
import io.millwright.node.command.VersionProvider;
import io.millwright.node.command.WriteCommand;
import io.millwright.node.data.DataCommand;
import io.millwright.node.fmu.FmuCommand;
import io.millwright.node.id.IdCommand;
import io.millwright.node.net.NetCommand;
import io.millwright.node.plc.PlcCommand;
import io.millwright.node.st.StCommand;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The command `mw`: every node of a plant is this program.
@Command(
        name = "mw",
        versionProvider = VersionProvider.class,
        mixinStandardHelpOptions = true,
        header = "Millwright: a plant described once, connected, named, kept and shown.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw demo                            the demonstration plant, complete",
            "  mw check plant.yaml                check a plant file",
            "  mw up plant.yaml                   run a plant",
            "  mw id resolve 88.118.7/tank-1      what is this, and where is its live value?",
            "  source <(mw completion)            complete commands in bash and zsh"
        })
@Subcommands({
    DemoCommand.class,
    CheckCommand.class,
    SchemaCommand.class,
    UpCommand.class,
    BrowseCommand.class,
    ReadCommand.class,
    WriteCommand.class,
    IdCommand.class,
    DataCommand.class,
    StCommand.class,
    PlcCommand.class,
    NetCommand.class,
    FmuCommand.class,
    MachinesCommand.class,
    FaultCommand.class,
    ReplayCommand.class,
    BenchCommand.class,
    CompletionCommand.class
})
public final class Mw {
    private static final int CAUSES_MAX = 20;
    private static final long STACK_BYTES = 8 << 20;

    private Mw() {}

    /// Runs the command line and ends the process with its exit status.
    public static void main(String[] arguments) {
        Logging.configure();
        boolean compiles = arguments.length > 0 && arguments[0].equals("st");
        System.exit(compiles ? execute(arguments) : executed(arguments));
    }

    /// In a thread with room for trees that are as deep as a chain of operators is long.
    private static int execute(String[] arguments) {
        var status = new AtomicInteger(ExitStatus.FAILED);
        var main = new Thread(null, () -> status.set(executed(arguments)), "main", STACK_BYTES);
        main.start();
        while (main.isAlive()) {
            try {
                main.join();
            } catch (InterruptedException _) {
                main.interrupt();
            }
        }
        return status.get();
    }

    private static int executed(String[] arguments) {
        try {
            return commandLine(arguments).execute(arguments);
        } catch (OutOfMemoryError e) {
            return onLackOfMemory();
        }
    }

    private static int onLackOfMemory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        System.err.println("mw: this takes more memory than the " + megabytes
                + " MB that mw may use; MW_JAVA_OPTIONS=-Xmx4g gives it 4 GB");
        return ExitStatus.FAILED;
    }

    /// The command line, ready to execute.
    ///
    /// @param arguments for which; with none, it has all commands
    public static CommandLine commandLine(String... arguments) {
        return Subcommands.Reader.read(Mw.class, List.of(arguments))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Mw::onWrongUsage)
                .setExecutionExceptionHandler(Mw::onFailure);
    }

    private static int onWrongUsage(ParameterException e, String[] arguments) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println("mw: " + inWords(e.getMessage()));
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        return ExitStatus.USAGE;
    }

    /// Types of Java as what is to be written.
    private static String inWords(@Nullable String message) {
        return String.valueOf(message)
                .replaceFirst(" is not an? (int|long)$", " is not a whole number")
                .replaceFirst(" is not a (double|float)$", " is not a number")
                .replaceFirst(" is not a boolean$", " is neither true nor false");
    }

    private static boolean isLackOfMemory(Exception e) {
        Throwable cause = e;
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            if (cause instanceof OutOfMemoryError) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static int onFailure(Exception e, CommandLine command, CommandLine.ParseResult result) {
        var err = command.getErr();
        if (isLackOfMemory(e)) {
            return onLackOfMemory();
        }
        return switch (e) {
            case UsageError usage -> {
                err.println("mw: " + usage.getMessage());
                yield ExitStatus.USAGE;
            }
            case FailedError failed -> {
                err.println("mw: " + failed.getMessage());
                yield ExitStatus.FAILED;
            }
            case IOException io -> {
                err.println("mw: " + IoReason.of(io));
                yield ExitStatus.FAILED;
            }
            default -> {
                err.println("mw: this should not have happened: " + e);
                err.println("    Details are in " + Logging.keep(e) + "; please report them.");
                yield ExitStatus.FAILED;
            }
        };
    }
}
