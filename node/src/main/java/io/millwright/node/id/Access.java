package io.millwright.node.id;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.client.AdministeringClient;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Which node is changed, and by whom. A mixin of the commands that change or list.
final class Access {

    @Option(
            names = "--at",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1",
            description = "The node, by TCP; default 127.0.0.1, port 2641.")
    private String at = "";

    @Option(
            names = "--as",
            paramLabel = "INDEX:HANDLE",
            required = true,
            description = "Who changes it: the value that holds the key, e.g. 300:0.NA/88.118.7.")
    private String as = "";

    @Option(names = "--secret", paramLabel = "FILE", description = "The file with that secret.")
    private Optional<Path> secret = Optional.empty();

    @Option(
            names = "--private-key",
            paramLabel = "FILE",
            description = "Instead of a secret: the private key of RSA, Ed25519 or SM2 (PKCS #8, PEM or DER).")
    private Optional<Path> privateKey = Optional.empty();

    @Option(
            names = "--login",
            description = "Log in once for the connection (operations 2000 and 2001), instead of proving each request.")
    private boolean login;

    /// Does something at the node.
    <T> T use(Function<AdministeringClient, T> action) {
        var prover = prover();
        try (var client = HandleClient.to(Endpoint.tcp(address()))) {
            return action.apply(login ? client.loggedInAs(prover) : client.as(prover));
        }
    }

    /// Who changes it.
    Identity prover() {
        if (secret.isPresent() == privateKey.isPresent()) {
            throw new UsageError("who changes a node proves it: --secret FILE or --private-key FILE, one of the two");
        }
        return secret.isPresent()
                ? new Identity.SecretKey(identity(), NodeKey.secret(secret.get()))
                : new Identity.PrivateKey(identity(), NodeKey.privateKey(privateKey.orElseThrow()));
    }

    /// Where the node listens.
    InetSocketAddress address() {
        return NodeAddress.parse("--at", at, ServerSettings.HANDLE_PORT);
    }

    /// Who changes it.
    ValueReference identity() {
        try {
            var reference = RecordLine.reference(as);
            if (reference.handle().isComplete()) {
                return reference;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new UsageError("--as: \"" + as + "\" names no value; write INDEX:HANDLE, e.g. 300:0.NA/88.118.7");
    }
}
