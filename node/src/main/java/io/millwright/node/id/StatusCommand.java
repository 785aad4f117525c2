package io.millwright.node.id;

import io.millwright.identity.record.Printable;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.SiteServer;
import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.ExitStatus;
import io.millwright.node.command.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `mw id status`: what a node says of itself.
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        header = "What a node says of itself: its servers, doors and public key.",
        footerHeading = "%nExamples:%n",
        footer = {"  mw id status --at 192.0.2.7", "  mw id status --at 192.0.2.7 --json"})
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1",
            description = "The node, by TCP; default 127.0.0.1, port 2641.")
    private String at = "";

    @Mixin
    private final Output output = new Output();

    /// @param protocol the version it speaks
    /// @param primary whether it takes changes
    record Status(String protocol, int serial, boolean primary, List<Server> servers) {}

    /// @param doors protocol and port of each
    /// @param publicKey hexadecimal, for `--primary-key`; empty if it signs nothing
    record Server(long number, String address, List<String> doors, String publicKey) {}

    @Override
    public Integer call() {
        var status = status(Sites.at(NodeAddress.parse("--at", at, ServerSettings.HANDLE_PORT)));
        output.text((status.primary() ? "primary" : "mirror") + ", protocol " + status.protocol() + ", site serial "
                + status.serial());
        for (var server : status.servers()) {
            output.text(
                    "server " + server.number() + "   " + server.address() + "   " + String.join(", ", server.doors()));
            output.text("key        " + (server.publicKey().isEmpty() ? "none" : server.publicKey()));
        }
        output.json(status);
        return ExitStatus.OK;
    }

    static Status status(Site site) {
        return new Status(
                site.protocolMajor() + "." + site.protocolMinor(),
                site.serial(),
                site.isPrimary(),
                site.servers().stream().map(StatusCommand::server).toList());
    }

    private static Server server(SiteServer server) {
        var doors = server.doors().stream().map(StatusCommand::door).toList();
        return new Server(
                Integer.toUnsignedLong(server.id()),
                Printable.of(server.inetAddress().getHostAddress()),
                doors,
                server.publicKey().toString());
    }

    private static String door(SiteServer.Door door) {
        String protocol = switch (door.protocol()) {
            case SiteServer.UDP -> "UDP";
            case SiteServer.TCP -> "TCP";
            case SiteServer.HTTP -> "HTTP";
            case SiteServer.HTTPS -> "HTTPS";
            default -> "protocol " + door.protocol();
        };
        return protocol + " " + door.port();
    }
}
