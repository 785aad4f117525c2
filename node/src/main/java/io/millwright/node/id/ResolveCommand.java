package io.millwright.node.id;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.ClientSettings;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.message.Body;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Printable;
import io.millwright.identity.server.ServerSettings;
import io.millwright.model.Time;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.FailedError;
import io.millwright.node.command.Output;
import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `mw id resolve`: asks a node what an identifier stands for, and prints what it is, where it stands, its signals and
/// where their live values are.
@Command(
        name = "resolve",
        mixinStandardHelpOptions = true,
        header = "Ask a node what an identifier stands for.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  mw id resolve 88.118.7/tank-1",
            "  mw id resolve 88.118.7/tank-1 --at 192.0.2.7:2641 --over tcp --json",
            "  mw id resolve 88.118.7/tank-1 --root 192.0.2.1 --trace",
            "  mw id resolve 88.118.7/tank-1 --root 192.0.2.1 --certified --key root.key"
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

    @Option(
            names = "--root",
            paramLabel = "HOST:PORT",
            description = "Find the way from this root instead of asking one node; port 2641 if none is given.")
    private Optional<String> root = Optional.empty();

    @Option(
            names = "--certified",
            description = "Take only signed answers: the root's by --key, every other by the key that the answer before"
                    + " told.")
    private boolean certified;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "The public key of the root, or of the node at --at, as `mw id status` shows it.")
    private Optional<Path> key = Optional.empty();

    @Option(names = "--no-alias", description = "With --root: show an alias (HS_ALIAS) instead of what it stands for.")
    private boolean noAlias;

    @Option(names = "--trace", description = "Show each question, its answer and its time.")
    private boolean trace;

    @Mixin
    private final Output output = new Output();

    @Override
    public Integer call() {
        if (certified != key.isPresent()) {
            throw new UsageError("--certified and --key FILE go together: whose signature is it to be?");
        }
        var hops = new ArrayList<Resolver.Hop>();
        var handle = Handles.parse(code);
        var asked = root.map(r -> "the root " + r).orElseGet(() -> new Endpoint(over, address()).toString());
        var resolution = resolve(handle, hops);
        var lines = TraceLine.of(hops);
        if (!(resolution instanceof Resolution.Found)) {
            show(Optional.empty(), lines);
        }
        show(Optional.of(report(resolution, asked)), lines);
        return ExitStatus.OK;
    }

    private Resolution resolve(Handle handle, List<Resolver.Hop> hops) {
        var query = Body.ResolutionRequest.all(handle);
        if (root.isPresent()) {
            var resolver = resolver(root.get()).observed(hops::add);
            return noAlias ? resolver.resolve(query) : resolver.resolveAlias(query);
        }
        var endpoint = new Endpoint(over, address());
        try (var client = HandleClient.to(endpoint)) {
            long began = Time.system().monotonicNanos();
            var resolution = key.isPresent() ? client.resolve(query, trusted()) : client.resolve(query);
            hops.add(new Resolver.Hop(endpoint, query, resolution, Time.system().monotonicNanos() - began));
            return resolution;
        }
    }

    private VerificationKey trusted() {
        return NodeKey.publicKey("--key", key.orElseThrow());
    }

    private Resolver resolver(String from) {
        var site = Sites.at(NodeAddress.parse("--root", from, ServerSettings.HANDLE_PORT));
        return key.isPresent()
                ? new Resolver(List.of(Sites.withKey(site, trusted())), ClientSettings.usual(), Time.system())
                        .certified()
                : new Resolver(List.of(site), ClientSettings.usual(), Time.system());
    }

    /// @param found nothing if there is only a trace to be shown
    private void show(Optional<Report> found, List<TraceLine> lines) {
        if (!trace) {
            found.ifPresent(report -> {
                output.text(new ReportText(output.colour()).of(report));
                output.json(report);
            });
            return;
        }
        found.ifPresent(report -> output.text(new ReportText(output.colour()).of(report) + "\n"));
        output.text(TraceLine.table(lines));
        ObjectNode json = found.map(report -> (ObjectNode) JsonMapper.shared().valueToTree(report))
                .orElseGet(() -> JsonMapper.shared().createObjectNode());
        json.set("trace", JsonMapper.shared().valueToTree(lines));
        output.json(json);
    }

    private Report report(Resolution resolution, String asked) {
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
                throw new FailedError(
                        certified
                                ? "the answer of " + endpoint + " does not count: " + Printable.of(reason)
                                : endpoint + " does not speak the Handle protocol: " + Printable.of(reason));
        };
    }

    private InetSocketAddress address() {
        int standard = over == Endpoint.Protocol.HTTP ? ServerSettings.HTTP_PORT : ServerSettings.HANDLE_PORT;
        return NodeAddress.parse("--at", at, standard);
    }
}
