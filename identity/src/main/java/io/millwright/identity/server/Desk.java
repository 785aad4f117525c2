package io.millwright.identity.server;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.door.Node;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.Ledger;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// The node as its other doors see it. Whoever shows a key is put to the same proof as a client of the Handle
/// protocol: the desk poses the challenge and answers it with that key.
final class Desk implements Node {

    private static final int NONCE_BYTES = 16;
    private static final int DIGEST_BYTES = 32;

    /// How often all together may name keys that other nodes hold.
    private static final int ELSEWHERE_PER_SECOND = 20;

    private final Operations operations;
    private final Registry registry;
    private final Optional<Authority> authority;
    private final SecureRandom random;
    private final Semaphore slow;
    private final Time time;
    private final SourceRates elsewhere =
            new SourceRates(SourceRates.Grouping.HOSTS, ELSEWHERE_PER_SECOND, 2 * ELSEWHERE_PER_SECOND, 1);

    /// @param authority empty on a node that only resolves
    /// @param slowMax how many changes and proofs may be under way at once
    Desk(
            Operations operations,
            Registry registry,
            Optional<Authority> authority,
            SecureRandom random,
            int slowMax,
            Time time) {
        this.time = time;
        this.operations = operations;
        this.registry = registry;
        this.authority = authority;
        this.random = random;
        slow = new Semaphore(slowMax);
    }

    @Override
    public Result perform(int opCode, int flags, Body body, Optional<Identity> asking) {
        var header = new Header(opCode, 0, flags | OpFlag.DO_NOT_REFER, Header.NO_SITE, 0, 0);
        if (asking.isEmpty() && opCode == OpCode.RESOLUTION) {
            return result(operations.perform(header, body, Requester.STRANGER));
        }
        return slowly(() -> proven(header, body, asking));
    }

    private Result slowly(Supplier<Outcome> work) {
        if (!slow.tryAcquire()) {
            return result(Outcome.error(ResponseCode.SERVER_BUSY, "too many requests are under way; try again"));
        }
        try {
            return result(work.get());
        } finally {
            slow.release();
        }
    }

    @Override
    public Result performAs(int opCode, int flags, Body body, ValueReference proven) {
        var header = new Header(opCode, 0, flags | OpFlag.DO_NOT_REFER, Header.NO_SITE, 0, 0);
        return slowly(() -> authority.filter(judge -> judge.holdsKey(proven)).isPresent()
                ? operations.perform(header, body, Requester.of(proven))
                : Outcome.error(ResponseCode.AUTHENTICATION_FAILED, "there is no key any more at " + proven));
    }

    @Override
    public Optional<ValueReference> prover(Body.ChallengeAnswer answer, Octets nonce, Octets digest) {
        if (authority.isEmpty() || !slow.tryAcquire()) {
            return Optional.empty();
        }
        try {
            return authority.get().prover(answer, nonce, digest);
        } finally {
            slow.release();
        }
    }

    @Override
    public List<Handle> handles(String prefix, Handle after, int max) {
        return registry instanceof Ledger ledger ? ledger.handles(prefix, after, max) : List.of();
    }

    private Outcome proven(Header header, Body body, Optional<Identity> asking) {
        if (asking.isEmpty()) {
            return operations.perform(header, body, Requester.STRANGER);
        }
        var identity = asking.get();
        if (authority.isEmpty()) {
            return Outcome.error(ResponseCode.UNABLE_TO_AUTHENTICATE, "this node authenticates nobody");
        }
        boolean own = authority.get().isOwn(identity.reference().handle());
        if (!own && !elsewhere.admits(InetAddress.getLoopbackAddress(), time.monotonicNanos())) {
            return Outcome.error(ResponseCode.SERVER_BUSY, "keys of other nodes are named too often; try again");
        }
        return isProven(authority.get(), identity)
                ? operations.perform(header, body, Requester.of(identity.reference()))
                : Outcome.error(ResponseCode.AUTHENTICATION_FAILED, "the key does not prove " + identity.reference());
    }

    private boolean isProven(Authority judge, Identity identity) {
        var nonce = drawn(NONCE_BYTES);
        var digest = new RequestDigest(RequestDigest.SHA_256, drawn(DIGEST_BYTES));
        return judge.isProven(identity.answer(nonce, digest, random), nonce, digest.digest());
    }

    private Octets drawn(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private static Result result(Outcome outcome) {
        return new Result(outcome.code(), outcome.body(), outcome.more().map(more -> () -> result(more.get())));
    }

    @Override
    public Optional<HandleRecord> find(Handle handle) {
        var result =
                perform(OpCode.RESOLUTION, OpFlag.PUBLIC_ONLY, Body.ResolutionRequest.all(handle), Optional.empty());
        return result.code() == ResponseCode.SUCCESS
                        && result.body() instanceof Body.ResolutionResponse(var asked, var values)
                ? Optional.of(new HandleRecord(
                        registry.find(asked).map(HandleRecord::handle).orElse(asked), values))
                : Optional.empty();
    }
}
