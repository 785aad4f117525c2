package io.millwright.node.id;

import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.wire.Octets;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id register`: registers an identifier at a node.
@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        header = "Register an identifier at a node.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id register 88.118.7/pump-9 --value URL=https://example.com/pump-9 --value DESC=\"Feed pump\" \\",
            "      --as 300:0.NA/88.118.7 --secret 88.118.7.secret"
        })
final class RegisterCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CODE", description = "The identifier, e.g. 88.118.7/pump-9.")
    private String code = "";

    @Option(
            names = "--value",
            paramLabel = "TYPE=TEXT",
            required = true,
            description = "A value; the first has index 1, and so on.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--ttl",
            paramLabel = "SECONDS",
            defaultValue = "86400",
            description = "How long others may keep the values, 0 to 2147483647 (default: ${DEFAULT-VALUE}).")
    private int ttl = 86_400;

    @Option(names = "--replace", description = "Replace all values if it is registered already.")
    private boolean replace;

    @Mixin
    private final Access access = new Access();

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var handle = Handles.parse(code);
        var added = new HandleRecord(handle, all());
        access.use(client -> Answers.done(replace ? client.put(added) : client.create(added)));
        output.text(handle + " is registered.");
        output.json(Map.of("registered", handle.toString()));
        return ExitStatus.OK;
    }

    private List<HandleValue> all() {
        if (ttl < 0 || values.size() >= IdNodeSettings.ADMIN_INDEX) {
            throw new UsageError("--ttl is not negative, and at most 99 values can be given");
        }
        var all = new ArrayList<HandleValue>();
        values.forEach((type, text) -> all.add(value(all.size() + 1, type, Octets.utf8(text))));
        var administrator = new Administrator(Administrator.ALL, access.identity());
        all.add(value(IdNodeSettings.ADMIN_INDEX, ValueTypes.HS_ADMIN, administrator.encode()));
        return all;
    }

    private HandleValue value(int index, String type, Octets data) {
        return new HandleValue(index, type, data, Permissions.PUBLISHED, TimeToLive.relative(ttl), 0, List.of());
    }
}
