package io.millwright.node.id;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Printable;
import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `mw id resolve`: asks a node what an identifier stands for, and prints what it is, where it stands, its signals and
/// where their live values are.
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        header = "Ask a node what an identifier stands for.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id resolve 88.118.7/tank-1",
            "  mw id resolve 88.118.7/tank-1 --at 192.0.2.7:2641 --over tcp --json"
        })
final class ResolveCommand implements Callable<Integer> {

    @Parameters(paramLabel = "CODE", description = "The identifier, e.g. 88.118.7/tank-1.")
    private String code = "";

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1",
            description = "The node to ask; default 127.0.0.1, port 2641, or 8000 over HTTP.")
    private String at = "";

    @Option(
            names = "--over",
            paramLabel = "PROTOCOL",
            defaultValue = "udp",
            description = "How to ask: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Endpoint.Protocol over = Endpoint.Protocol.UDP;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        var endpoint = new Endpoint(over, address());
        try (var client = HandleClient.to(endpoint)) {
            var report = report(client.resolve(handle()), endpoint);
            output.text(new ReportText(output.colour()).of(report));
            output.json(report);
            return ExitStatus.OK;
        }
    }

    private Report report(Resolution resolution, Endpoint asked) {
        return switch (resolution) {
            case Resolution.Found(var found, var from) -> Report.of(found, from);
            case Resolution.NotFound(var handle) ->
                throw new FailedError("no " + handle + " is registered at " + asked);
            case Resolution.NotResponsible(var handle, var _) ->
                throw new FailedError(asked + " does not answer for prefix " + handle.prefix()
                        + "; name a node that does with --at HOST:PORT");
            case Resolution.Referred(var to, var _) ->
                throw new FailedError(asked + " refers to the service described by " + to + "; ask that with --at");
            case Resolution.Refused(var _, var reason) ->
                throw new FailedError(asked + " refuses: " + Printable.of(reason));
            case Resolution.Unreachable(var endpoint, var reason) ->
                throw new FailedError("no answer from " + endpoint + ": " + reason);
            case Resolution.Garbled(var endpoint, var reason) ->
                throw new FailedError(endpoint + " does not speak the Handle protocol: " + Printable.of(reason));
        };
    }

    /// Accepts the ways in which such an identifier is often written.
    private Handle handle() {
        String text = code.strip();
        if (text.toLowerCase(Locale.ROOT).startsWith("hdl:")) {
            text = text.substring("hdl:".length());
        }
        try {
            var handle = Handle.of(text);
            if (handle.isComplete()) {
                return handle;
            }
        } catch (IllegalArgumentException e) {
            throw new UsageError("CODE: " + e.getMessage());
        }
        throw new UsageError("CODE: \"" + text + "\" is not an identifier; write prefix/suffix, e.g. 88.118.7/tank-1");
    }

    private InetSocketAddress address() {
        int standard = over == Endpoint.Protocol.HTTP ? ServerSettings.HTTP_PORT : ServerSettings.HANDLE_PORT;
        int bracket = at.lastIndexOf(']');
        int colon = at.lastIndexOf(':');
        boolean plainIpv6 = bracket < 0 && at.indexOf(':') != colon;
        boolean withPort = colon > bracket && !plainIpv6;
        String host = withPort ? at.substring(0, colon) : at;
        int port = withPort ? port(at.substring(colon + 1)) : standard;
        var address = new InetSocketAddress(host, port);
        if (host.isEmpty() || address.isUnresolved()) {
            throw new UsageError("--at: there is no host \"" + host + "\"; write HOST:PORT, e.g. 127.0.0.1:2641");
        }
        return address;
    }

    private int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageError("--at: \"" + text + "\" is not a port; write HOST:PORT, e.g. 127.0.0.1:2641");
    }
}
