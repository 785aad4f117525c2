package io.millwright.node.id;

import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.model.Time;
import io.millwright.model.disk.FolderInUse;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id backup`: a copy of a node's folder, while the node runs or not.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        header = "Copy a node's records and key into a new folder, while it runs or not.",
        description = {
            "The copy is everything that was acknowledged when it was made, and no change by half. On the same file"
                    + " system it is made of links, at once; it shares no fate with the disk until it is copied away.",
            "To restore it, start a node from it: `mw id serve --data COPY`. It holds everything, secret keys too."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mw id backup saturday --data 88.118.7"})
final class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "COPY", description = "A folder that does not exist.")
    private Path copy = Path.of("copy");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder.")
    private Path data = Path.of("data");

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (!Files.isDirectory(data.resolve("records"))) {
            throw new UsageError("--data: " + data + " is no folder of a node: it has no records");
        }
        try (var store = IdentityStore.open(data.resolve("records"), List.of(), StoreSettings.usual(), Time.system())) {
            BackupDoor.copy(data, store, copy.toAbsolutePath());
        } catch (FolderInUse running) {
            askRunning(running);
        } catch (IOException e) {
            throw new FailedError(IoReason.of(e));
        }
        output.text("The copy is in " + copy + "; mw id serve --data " + copy + " starts a node from it.");
        output.json(Map.of("copy", copy.toString()));
        return ExitStatus.OK;
    }

    private void askRunning(FolderInUse running) {
        String wrong;
        try {
            wrong = BackupDoor.ask(data, copy);
        } catch (IOException e) {
            throw new FailedError(running.getMessage() + " (it does not answer: " + IoReason.of(e) + ")");
        }
        if (!wrong.isEmpty()) {
            throw new FailedError(wrong);
        }
    }
}
