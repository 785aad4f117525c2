package io.millwright.node.id;

import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id home`: has a node answer for one more prefix.
@Command(
        name = "home",
        mixinStandardHelpOptions = true,
        header = "Have a node answer for one more prefix, or for one no longer.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id home 88.119 --as 300:0.NA/88.118 --secret 88.118.secret --root 192.0.2.1",
            "  mw id home 88.119 --end --as 300:0.NA/88.118 --secret 88.118.secret"
        })
final class HomeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "The prefix, e.g. 88.119.")
    private String prefix = "";

    @Option(names = "--end", description = "It no longer answers for the prefix; the records stay.")
    private boolean end;

    @Option(
            names = "--root",
            paramLabel = "HOST:PORT",
            description = "Refuse if another node answers for the prefix, as found from this root.")
    private Optional<String> root = Optional.empty();

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var homed = Handles.prefix(prefix);
        if (!end) {
            root.ifPresent(r -> refuseSecondPrimary(homed, r));
        }
        access.use(client -> Answers.done(end ? client.unhome(homed) : client.home(homed)));
        output.text("Prefix " + homed + (end ? " is no longer answered for." : " is answered for."));
        output.json(Map.of("prefix", homed, "homed", !end));
        return ExitStatus.OK;
    }

    private void refuseSecondPrimary(String homed, String begin) {
        var rootSite = Sites.at(NodeAddress.parse("--root", begin, ServerSettings.HANDLE_PORT));
        Sites.otherPrimary(rootSite, homed, Sites.at(access.address())).ifPresent(other -> {
            throw new FailedError("prefix " + homed + " is answered for by " + other + " already, says 0.NA/" + homed
                    + "; two would tell two truths. Delegate it anew first, or run a mirror");
        });
    }
}
