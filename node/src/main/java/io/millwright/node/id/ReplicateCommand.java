package io.millwright.node.id;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Mirror;
import io.millwright.identity.client.Recovery;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.server.ServerSettings;
import io.millwright.identity.store.IdentityStore;
import io.millwright.identity.store.StoreSettings;
import io.millwright.model.Time;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id replicate`: copies a node into a folder once, or what is new since the last time.
@Command(
        name = "replicate",
        mixinStandardHelpOptions = true,
        header = "Copy a node into a folder, or what is new there since the last time.",
        description = {
            "The folder holds everything, secret keys too; `mw id serve --data DIR` answers from it.",
            "With --recover the folder is that of a stopped primary that was restored from an older copy, and the"
                    + " node a mirror: what the primary lost is fetched from it. What was changed since stays."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id replicate 88.118.7 --from 192.0.2.7 --primary-key 88.118.7.key \\",
            "      --secret 88.118.7.secret --data copy",
            "  mw id replicate 88.118.7 --recover --from 192.0.2.8 --primary-key mirror.key \\",
            "      --secret 88.118.7.secret --data 88.118.7"
        })
final class ReplicateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "The node's prefix: its steward is 300:0.NA/PREFIX.")
    private String prefix = "";

    @Option(names = "--from", paramLabel = "HOST:PORT", required = true, description = "The node, by TCP.")
    private String from = "";

    @Option(names = "--secret", paramLabel = "FILE", required = true, description = "The secret of its steward.")
    private Path secret = Path.of("secret");

    @Option(
            names = "--primary-key",
            paramLabel = "FILE",
            required = true,
            description = "Its public key, as `mw id status` shows it.")
    private Path primaryKey = Path.of("key");

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The folder.")
    private Path data = Path.of("data");

    @Option(names = "--recover", description = "Fetch from a mirror what a restored primary lost.")
    private boolean recover;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        var source = Handles.prefix(prefix);
        var steward = new Identity.SecretKey(IdNodeSettings.steward(source), NodeKey.secret(secret));
        var key = NodeKey.publicKey("--primary-key", primaryKey);
        var address = NodeAddress.parse("--from", from, ServerSettings.HANDLE_PORT);
        try (var client = HandleClient.to(Endpoint.tcp(address))) {
            var session = switch (client.as(steward).openSession(key)) {
                case AdministeringClient.Opening.Opened(var opened) -> opened;
                case AdministeringClient.Opening.Refused(var why) -> throw new FailedError(Answers.words(why));
            };
            var folder = data.resolve("records");
            try (var ledger = IdentityStore.open(folder, List.of(), StoreSettings.usual(), Time.system())) {
                if (recover) {
                    recover(new Recovery(session, ledger, source), ledger);
                } else {
                    follow(new Mirror(session, ledger, source), ledger);
                }
            }
        }
        return ExitStatus.OK;
    }

    private void follow(Mirror mirror, Ledger ledger) {
        var progress = mirror.catchUp();
        if (!(progress instanceof Mirror.Progress.CaughtUp(long number, boolean copied))) {
            throw new FailedError(Follower.words(progress));
        }
        output.text(data + " is " + Follower.words(progress) + "; it holds " + ledger.size() + " records.");
        output.json(Map.of("transaction", number, "copied", copied, "records", ledger.size()));
    }

    private void recover(Recovery recovery, Ledger ledger) {
        switch (recovery.recover()) {
            case Recovery.Outcome.Recovered(long stored, long deleted, long own) -> {
                output.text("%s: %d records fetched, %d deleted, %d changed since and left as they are; it holds %d."
                        .formatted(data, stored, deleted, own, ledger.size()));
                output.json(Map.of("stored", stored, "deleted", deleted, "own", own, "records", ledger.size()));
            }
            case Recovery.Outcome.NotNeeded() -> {
                output.text("The mirror knows nothing that " + data + " does not.");
                output.json(Map.of("stored", 0, "deleted", 0, "own", 0, "records", ledger.size()));
            }
            case Recovery.Outcome.Stopped(var why) -> throw new FailedError(Answers.words(why));
            case Recovery.Outcome.Impossible(var reason) ->
                throw new FailedError(from + " cannot give back what " + data + " lost: " + reason);
        }
    }
}
