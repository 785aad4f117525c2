package io.millwright.node.id;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id load`: registers the records of a file that `mw id dump` has written, or another program.
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        header = "Register the records of a file, each a line of JSON.",
        description = {
            "It ends at the first line that is refused; those before it are registered, of the next some may be. The"
                    + " message says with which line to go on.",
            "Requests go to the node in a session. The key the session begins with is that of --node-key; a node on"
                    + " this machine is asked for it. Another one is given a proof for each record, which is slow."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id load records.ndjson --replace --as 300:0.NA/88.118.7 --secret 88.118.7.secret",
            "  mw id load records.ndjson --from 48211 --as 300:0.NA/88.118.7 --secret 88.118.7.secret"
        })
final class LoadCommand implements Callable<Integer> {

    private static final long PROGRESS_NANOS = 5_000_000_000L;

    @Parameters(paramLabel = "FILE", description = "The file.")
    private Path file = Path.of("records.ndjson");

    @Option(names = "--replace", description = "Replace what is registered already.")
    private boolean replace;

    @Option(
            names = "--from",
            paramLabel = "LINE",
            description = "Go on with this line after a load that was broken off; records that are registered already"
                    + " with the same values are passed over.")
    private Optional<Long> from = Optional.empty();

    @Option(names = "--keep-going", description = "Name lines that are refused, up to 100, and go on.")
    private boolean keepGoing;

    @Option(
            names = "--node-key",
            paramLabel = "FILE",
            description = "The node's public key, as `mw id status` shows it.")
    private Optional<Path> nodeKey = Optional.empty();

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        long first = from.orElse(1L);
        if (first < 1) {
            throw new UsageError("--from: " + first + " is no line; the first is 1");
        }
        var options = new RecordLoad.Options(first, replace, from.isPresent(), keepGoing);
        try (var in = Files.newBufferedReader(file);
                var client = HandleClient.keeping(access.address())) {
            long begun = System.nanoTime();
            var loaded = new RecordLoad(opened(client), options, progress(begun)).load(in);
            return tell(loaded, (System.nanoTime() - begun) / 1e9);
        }
    }

    private AdministeringClient opened(HandleClient client) {
        var proving = client.as(access.prover());
        var key = nodeKey.map(file -> NodeKey.publicKey("--node-key", file)).or(() -> toldHere(access.address()));
        if (key.isEmpty()) {
            output.progress("No session without --node-key: each record is proven by itself, which is slow.");
            return proving;
        }
        return switch (proving.openSession(key.get())) {
            case AdministeringClient.Opening.Opened(var session) -> session;
            case AdministeringClient.Opening.Refused(var why) -> throw new FailedError(Answers.words(why));
        };
    }

    /// The key of a node on this machine, where nobody is in between.
    private static Optional<VerificationKey> toldHere(InetSocketAddress address) {
        if (!address.getAddress().isLoopbackAddress()) {
            return Optional.empty();
        }
        Octets told = Sites.at(address).servers().getFirst().publicKey();
        try {
            return told.length() == 0 ? Optional.empty() : Optional.of(VerificationKey.decode(told));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private LongConsumer progress(long begun) {
        long[] told = {begun};
        return registered -> {
            long now = System.nanoTime();
            if (now - told[0] > PROGRESS_NANOS) {
                told[0] = now;
                output.progress("%d records, %.0f/s".formatted(registered, registered / ((now - begun) / 1e9)));
            }
        };
    }

    private int tell(RecordLoad.Loaded loaded, double seconds) {
        String there = loaded.same() == 0 ? "" : ", " + loaded.same() + " more were already";
        String registered = loaded.registered() + " records are registered" + there;
        output.json(Map.of(
                "records", loaded.registered(),
                "same", loaded.same(),
                "refused", loaded.refused(),
                "from", loaded.from(),
                "seconds", seconds));
        if (loaded.refused().isEmpty()) {
            output.text(registered + ".");
            return ExitStatus.OK;
        }
        if (!keepGoing) {
            var wrong = loaded.refused().getFirst();
            throw new FailedError("%s:%d: %s; %s, go on with --from %d"
                    .formatted(file, wrong.line(), wrong.why(), registered, loaded.from()));
        }
        loaded.refused().forEach(wrong -> output.progress("%s:%d: %s".formatted(file, wrong.line(), wrong.why())));
        String rest = loaded.ended() ? "" : "; not all lines were read, go on with --from " + loaded.from();
        throw new FailedError(
                "%d lines are refused; %s%s".formatted(loaded.refused().size(), registered, rest));
    }
}
