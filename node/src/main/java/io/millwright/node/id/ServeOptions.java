package io.millwright.node.id;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.recursive.RecursionSettings;
import io.millwright.identity.server.ServerSettings;
import io.millwright.node.command.TimeSpan;
import io.millwright.node.command.UsageError;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/// What makes the node of `mw id serve` one of a role.
final class ServeOptions {

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "root, national, second-level, enterprise or recursive.")
    private Optional<String> role = Optional.empty();

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "What it answers for, e.g. 88.118.7.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description = "The secret of its steward, 300:0.NA/PREFIX: who has it changes the node, or mirrors it.")
    private Optional<Path> secret = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where records and the node's key are kept; without it they are gone at the end.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--root",
            paramLabel = "HOST:PORT",
            description = "Where a recursive node begins; elsewhere, whom to ask whether another has the prefix.")
    private Optional<String> root = Optional.empty();

    @Option(names = "--mirror-of", paramLabel = "HOST:PORT", description = "The primary node to follow.")
    private Optional<String> mirrorOf = Optional.empty();

    @Option(
            names = "--primary-key",
            paramLabel = "FILE",
            description = "The primary's public key, as `mw id status` shows it.")
    private Optional<Path> primaryKey = Optional.empty();

    @Option(
            names = "--mirror-key",
            paramLabel = "FILE",
            description = "The public key of a mirror that may copy everything, as `mw id status` shows it; once for"
                    + " each. The first is kept as value 310 of 0.NA/PREFIX.")
    private List<Path> mirrorKeys = List.of();

    @Option(
            names = "--mirror-as",
            paramLabel = "INDEX",
            description = "A mirror: prove by this node's own key, which the primary keeps as this value of"
                    + " 0.NA/PREFIX, instead of the steward's secret.")
    private OptionalInt mirrorAs = OptionalInt.empty();

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = TimeSpan.class,
            defaultValue = "5s",
            description = "How often a mirror asks for what is new (default: ${DEFAULT-VALUE}).")
    private Duration every = Duration.ofSeconds(5);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "2000",
            description = "How many questions per second a recursive node takes of one client; twice as many at once"
                    + " (default: ${DEFAULT-VALUE}).")
    private int rate = 2000;

    boolean isGiven() {
        return role.isPresent();
    }

    IdNodeSettings settings(InetSocketAddress at) {
        var given = role();
        String answersFor = prefix(given);
        boolean mirrors = mirrorOf.isPresent();
        if (given == Role.RECURSIVE && root.isEmpty()) {
            throw new UsageError("a recursive node needs to know where to begin: --root HOST:PORT");
        }
        if (mirrors && (secret.isPresent() == mirrorAs.isPresent() || primaryKey.isEmpty())) {
            throw new UsageError("a mirror proves that it may copy everything, and whom from: --primary-key FILE, and"
                    + " either --mirror-as INDEX or --secret FILE, the primary's");
        }
        if (mirrors && !mirrorKeys.isEmpty() || mirrorKeys.size() > IdNodeSettings.MIRRORS_MAX) {
            throw new UsageError("--mirror-key goes with a primary, at most " + IdNodeSettings.MIRRORS_MAX + " times");
        }
        if (!mirrors && primaryKey.isPresent()) {
            throw new UsageError("--primary-key goes with --mirror-of");
        }
        return new IdNodeSettings(
                given,
                at,
                answersFor,
                secret.map(NodeKey::secret),
                data,
                mirrorKeys.stream()
                        .map(f -> NodeKey.publicKey("--mirror-key", f))
                        .toList(),
                root.map(r -> root(given, NodeAddress.parse("--root", r, ServerSettings.HANDLE_PORT))),
                mirrorOf.map(m -> new IdNodeSettings.Primary(
                        NodeAddress.parse("--mirror-of", m, ServerSettings.HANDLE_PORT),
                        NodeKey.publicKey("--primary-key", primaryKey.orElseThrow()),
                        every,
                        reference(answersFor))),
                recursion());
    }

    /// A recursive node starts while its root is away, and learns more of it later.
    private static Site root(Role given, InetSocketAddress address) {
        return given == Role.RECURSIVE ? Sites.presumed(address) : Sites.at(address);
    }

    private Optional<ValueReference> reference(String answersFor) {
        return mirrorAs.isPresent()
                ? Optional.of(new ValueReference(Handle.ofPrefix(answersFor), mirrorAs.getAsInt()))
                : Optional.empty();
    }

    private RecursionSettings recursion() {
        if (rate < 1 || rate > 1_000_000) {
            throw new UsageError("--rate: " + rate + " is not 1 to 1000000 questions per second");
        }
        return RecursionSettings.usual().withRate(rate, 2 * rate);
    }

    private Role role() {
        for (var known : Role.values()) {
            if (known.toString().equals(role.orElseThrow())) {
                return known;
            }
        }
        throw new UsageError("--role: \"" + role.orElseThrow()
                + "\" is no role; write root, national, second-level, enterprise or recursive");
    }

    private String prefix(Role given) {
        String chosen = prefix.orElse(given == Role.ROOT ? given.example() : "");
        if (given.fits(chosen)) {
            return chosen;
        }
        throw new UsageError(
                given == Role.RECURSIVE
                        ? "--prefix: a recursive node answers for no prefix of its own"
                        : "--prefix: \"" + chosen + "\" does not suit the role " + given + "; it would be, e.g., "
                                + given.example());
    }
}
