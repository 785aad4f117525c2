package io.millwright.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// The reference of commands lists every command and option there is, and no other.
class CommandReferenceTest {

    private static final Pattern ROW = Pattern.compile("^\\| `(mw [a-z ]+)` \\|");
    private static final Pattern OPTION = Pattern.compile("`(--[a-z-]+)");

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/commands.md", "docs/zh/reference/commands.md"})
    void everyCommandIsListedAndNoOther(String page) throws IOException {
        var listed = new TreeSet<String>();
        for (var line : lines(page)) {
            var row = ROW.matcher(line);
            if (row.find()) {
                listed.add(row.group(1));
            }
        }
        assertEquals(commands(Mw.commandLine(), new TreeSet<>()), listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/commands.md", "docs/zh/reference/commands.md"})
    void everyOptionNamedBesideACommandIsOneOfIts(String page) throws IOException {
        for (var line : lines(page)) {
            var row = ROW.matcher(line);
            if (row.find()) {
                var command = Mw.commandLine();
                for (var word : row.group(1).substring("mw ".length()).split(" ")) {
                    command = command.getSubcommands().get(word);
                }
                var unknown = new TreeSet<String>();
                var option = OPTION.matcher(line);
                while (option.find()) {
                    if (command.getCommandSpec().findOption(option.group(1)) == null) {
                        unknown.add(option.group(1));
                    }
                }
                assertEquals(Set.of(), unknown, row.group(1));
            }
        }
    }

    /// What is to be written is named in the help, `--for=TIME`, and not by a field of the code, `--for=<life>`.
    @Test
    void everyValueOfAnOptionIsNamed() {
        assertEquals(Set.of(), unnamed(Mw.commandLine(), new TreeSet<>()));
    }

    private static Set<String> unnamed(CommandLine command, Set<String> found) {
        for (var argument : command.getCommandSpec().args()) {
            if (argument.arity().max() > 0
                    && !argument.hidden()
                    && argument.paramLabel().matches("<.*>")) {
                found.add(command.getCommandSpec().qualifiedName() + " " + argument.paramLabel());
            }
        }
        command.getSubcommands().values().forEach(sub -> unnamed(sub, found));
        return found;
    }

    private static Iterable<String> lines(String page) throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("mw.root")).resolve(page));
    }

    private static Set<String> commands(CommandLine command, Set<String> found) {
        command.getSubcommands().values().forEach(sub -> {
            found.add(sub.getCommandSpec().qualifiedName());
            commands(sub, found);
        });
        return found;
    }
}
