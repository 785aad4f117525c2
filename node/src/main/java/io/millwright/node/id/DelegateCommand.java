package io.millwright.node.id;

import io.millwright.identity.client.Result;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id delegate`: registers at the node above which nodes answer for a prefix and what lies below it.
@Command(
        name = "delegate",
        mixinStandardHelpOptions = true,
        header = "Register at the node above who answers for a prefix.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id delegate 88 --to 192.0.2.2 --at 192.0.2.1 --as 300:0.NA/0.NA --secret root.secret",
            "  mw id delegate 88.118.7 --to 192.0.2.7 --to 192.0.2.8 --at 192.0.2.3 \\",
            "      --as 300:0.NA/88.118 --secret 88.118.secret       primary and mirror"
        })
final class DelegateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "PREFIX", description = "The prefix, e.g. 88.118.7.")
    private String prefix = "";

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            required = true,
            description = "A running node that answers for it; once for each: the primary and its mirrors.")
    private List<String> to = new ArrayList<>();

    @Option(names = "--replace", description = "Delegate anew what is delegated already.")
    private boolean replace;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var delegated = Handles.prefix(prefix);
        var sites = to.stream()
                .map(text -> Sites.at(NodeAddress.parse("--to", text, ServerSettings.HANDLE_PORT)))
                .toList();
        var added = record(delegated, sites, access.identity());
        var result = access.use(client -> replace ? client.put(added) : client.create(added));
        if (result instanceof Result.Refused(int code, var _) && code == ResponseCode.HANDLE_ALREADY_EXISTS) {
            throw new FailedError("prefix " + delegated + " is delegated already: " + added.handle()
                    + " says to whom; --replace delegates it anew");
        }
        Answers.done(result);
        output.text("Prefix " + delegated + " is delegated to " + String.join(", ", to) + ".");
        output.json(Map.of("delegated", delegated, "to", to));
        return ExitStatus.OK;
    }

    /// What is registered of a delegated prefix.
    ///
    /// @param by who delegates
    /// @throws UsageError if not exactly one of the sites takes changes
    static HandleRecord record(String prefix, List<Site> sites, ValueReference by) {
        if (sites.stream().filter(Site::isPrimary).count() != 1) {
            throw new UsageError("--to: of the nodes of a prefix one takes changes, the others mirror it; these are "
                    + sites.stream().filter(Site::isPrimary).count() + " that take changes");
        }
        var values = new ArrayList<>(Sites.values(sites, 0));
        var administrator = new Administrator(Administrator.ALL, by);
        values.add(new HandleValue(
                IdNodeSettings.ADMIN_INDEX,
                ValueTypes.HS_ADMIN,
                administrator.encode(),
                Permissions.PUBLISHED,
                TimeToLive.DAY,
                0,
                List.of()));
        return new HandleRecord(Handle.ofPrefix(prefix), values);
    }
}
