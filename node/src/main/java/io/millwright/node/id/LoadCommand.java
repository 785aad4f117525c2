package io.millwright.node.id;

import io.millwright.identity.client.AdministeringClient;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id load`: registers the records of a file that `mw id dump` has written, or another program.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        header = "Register the records of a file, each a line of JSON.",
        description = "It ends at the first that is refused; those before it are registered.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw id load records.ndjson --replace --as 300:0.NA/88.118.7 --secret 88.118.7.secret"})
final class LoadCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("records.ndjson");

    @Option(names = "--replace", description = "Replace what is registered already.")
    private boolean replace;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        int count;
        try (var in = Files.newBufferedReader(file)) {
            count = access.use(client -> load(client, in));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        output.text(count + " records are registered.");
        output.json(Map.of("records", count));
        return ExitStatus.OK;
    }

    private int load(AdministeringClient client, BufferedReader in) {
        int number = 0;
        for (var line : (Iterable<String>) in.lines()::iterator) {
            number++;
            try {
                var read = RecordLine.read(line);
                Answers.done(replace ? client.put(read) : client.create(read));
            } catch (IllegalArgumentException | FailedError e) {
                throw new FailedError(file + ":" + number + ": " + e.getMessage());
            }
        }
        return number;
    }
}
