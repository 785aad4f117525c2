package io.millwright.node.id;

import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id dump`: the records under a prefix, each a line of JSON.
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        header = "Write the records under a prefix to a file, each a line of JSON.",
        description = "Values that nobody may read, secret keys, are not among them.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw id dump 88.118.7 -o records.ndjson --as 300:0.NA/88.118.7 --secret 88.118.7.secret"})
final class DumpCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "The prefix, e.g. 88.118.7.")
    private String prefix = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "Where to write.")
    private Path file = Path.of("records.ndjson");

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var dumped = Handles.prefix(prefix);
        var part = file.resolveSibling(file.getFileName() + ".part");
        int count;
        try (var out = Files.newBufferedWriter(part)) {
            count = access.use(client -> dump(client, dumped, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        output.text(count + " records are in " + file + ".");
        output.json(Map.of("records", count, "file", file.toString()));
        return ExitStatus.OK;
    }

    private static int dump(AdministeringClient client, String prefix, BufferedWriter out) {
        List<Handle> handles = new ArrayList<>();
        Answers.done(client.list(prefix, handles::add));
        int count = 0;
        for (var handle : handles) {
            switch (client.resolve(Body.ResolutionRequest.all(handle))) {
                case Resolution.Found(var found, var _) -> {
                    count++;
                    write(out, RecordLine.write(found));
                }
                case Resolution.NotFound _ -> {} // Deleted since it was listed.
                case Resolution other -> throw new FailedError(handle + ": " + TraceLine.words(other));
            }
        }
        return count;
    }

    private static void write(BufferedWriter out, String line) {
        try {
            out.write(line);
            out.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
