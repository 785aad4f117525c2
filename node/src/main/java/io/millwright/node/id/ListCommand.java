package io.millwright.node.id;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Printable;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `mw id list`: the identifiers under a prefix, or the prefixes of a node.
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        header = "List the identifiers under a prefix, or the prefixes of a node.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id list 88.118.7 --as 300:0.NA/88.118.7 --secret 88.118.7.secret",
            "  mw id list --as 300:0.NA/88.118.7 --secret 88.118.7.secret"
        })
final class ListCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "PREFIX", description = "The prefix; none for the node's prefixes.")
    private Optional<String> prefix = Optional.empty();

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var listed = prefix.map(Handles::prefix);
        var found = new ArrayList<String>();
        access.use(client -> Answers.done(
                listed.isPresent()
                        ? client.list(listed.get(), handle -> found.add(text(handle)))
                        : client.listPrefixes(handle -> found.add(text(handle)))));
        found.forEach(output::text);
        output.json(found);
        return ExitStatus.OK;
    }

    private static String text(Handle handle) {
        return Printable.of(handle.toString());
    }
}
