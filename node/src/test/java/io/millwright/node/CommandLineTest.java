package io.millwright.node;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.node.command.FailedError;
import io.millwright.node.command.UsageError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class CommandLineTest {

    private final StringWriter errors = new StringWriter();
    private final CommandLine mw = Mw.commandLine().setErr(new PrintWriter(errors));

    @Test
    void everyCommandHasHelpWithADescriptionAndExamples() {
        var commands = all(mw, new ArrayList<>());
        assertTrue(commands.size() > 10, "only " + commands.size() + " commands");
        assertAll(commands.stream().map(command -> () -> {
            var spec = command.getCommandSpec();
            var usage = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertTrue(spec.mixinStandardHelpOptions(), spec.qualifiedName() + " has no --help");
            assertTrue(
                    spec.usageMessage().description().length
                                    + spec.usageMessage().header().length
                            > 0,
                    spec.qualifiedName() + " has no description");
            assertTrue(usage.contains("Examples:"), spec.qualifiedName() + " shows no examples");
        }));
    }

    @Test
    void aMisspelledCommandGetsTheNearestOneAndExitStatusTwo() {
        assertEquals(2, mw.execute("chekc"));
        assertTrue(errors.toString().contains("check"), errors.toString());
        assertNoStackTrace();
    }

    @Test
    void aMissingArgumentIsNamed() {
        assertEquals(2, mw.execute("check"));
        assertTrue(errors.toString().contains("PLANT"), errors.toString());
        assertNoStackTrace();
    }

    @Test
    void whatIsNoNumberIsSaidInWords() {
        assertEquals(2, mw.execute("st", "run", "x.st", "--scans", "many"));
        assertTrue(errors.toString().contains("'many' is not a whole number"), errors.toString());
        errors.getBuffer().setLength(0);
        assertEquals(2, mw.execute("st", "run", "x.st", "--scans", "-1"));
        assertTrue(errors.toString().contains("--scans -1: write how many, 0 or more"), errors.toString());
    }

    @Command(name = "failing")
    private record Failing(RuntimeException failure) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw failure;
        }
    }

    @Test
    void whatTheUserDidWrongEndsWithTwoAndWhatFailedWithOneAndOnlyTheMessageIsShown() {
        assertEquals(2, execute(new UsageError("the file is empty")));
        assertEquals("mw: the file is empty", errors.toString().strip());
        errors.getBuffer().setLength(0);
        assertEquals(1, execute(new FailedError("nobody listens there")));
        assertEquals("mw: nobody listens there", errors.toString().strip());
    }

    /// Even what nobody foresaw shows no stack trace: it is kept in a file, which is named.
    @Test
    void theUnforeseenIsKeptInAFile() {
        assertEquals(1, execute(new IllegalStateException("a defect")));
        assertTrue(errors.toString().contains("Details are in "), errors.toString());
        assertNoStackTrace();
    }

    @Test
    void theCompletionScriptIsValidShell() throws Exception {
        var script = AutoComplete.bash("mw", mw);
        var bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = bash.outputWriter()) {
            in.write(script);
        }
        assertTrue(bash.waitFor(20, TimeUnit.SECONDS));
        assertEquals("", new String(bash.getInputStream().readAllBytes()));
        assertEquals(0, bash.exitValue());
    }

    private int execute(RuntimeException failure) {
        return mw.addSubcommand("failing" + failure.hashCode(), new Failing(failure))
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler(mw.getExecutionExceptionHandler())
                .execute("failing" + failure.hashCode());
    }

    private void assertNoStackTrace() {
        assertFalse(errors.toString().contains("\tat "), errors.toString());
    }

    private static List<CommandLine> all(CommandLine command, List<CommandLine> found) {
        found.add(command);
        command.getSubcommands().values().stream().distinct().forEach(sub -> all(sub, found));
        return found;
    }

    @Test
    void onlyTheCommandThatIsAskedForIsRead() {
        var plc = Mw.commandLine("plc", "run", "x");
        assertEquals(Set.of("plc"), plc.getSubcommands().keySet());
        assertEquals(
                Set.of("run"), plc.getSubcommands().get("plc").getSubcommands().keySet());
        assertTrue(Mw.commandLine("completion").getSubcommands().containsKey("plc"));
        assertTrue(Mw.commandLine("plk").getSubcommands().containsKey("plc"));
    }
}
