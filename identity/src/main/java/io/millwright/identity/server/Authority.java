package io.millwright.identity.server;

import io.millwright.identity.authentication.Proof;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ReferenceList;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.registry.Registry;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Who may do what: HS_ADMIN values name administrators, by themselves or by groups (HS_VLIST), and those prove
/// who they are by HS_PUBKEY and HS_SECKEY values (RFC 3651, section 3.2; RFC 3652, section 3.5).
final class Authority {

    /// How many references are followed before a search for a member of a group is given up.
    private static final int REFERENCES_MAX = 1000;

    /// How many records of other nodes are asked for in one such search.
    private static final int ELSEWHERE_MAX = 8;

    /// How many keys of a handle are tried where the client does not say which is its.
    private static final int KEYS_MAX = 8;

    private final Registry registry;
    private final Administration administration;
    private final Directory elsewhere;

    Authority(Registry registry, Administration administration, Time time) {
        this.registry = registry;
        this.administration = administration;
        elsewhere = new KeptDirectory(administration.elsewhere(), time);
    }

    boolean isSteward(ValueReference identity) {
        return isAmong(identity, administration.stewards());
    }

    /// Whether it may copy everything.
    boolean isMirror(ValueReference identity) {
        return isAmong(identity, administration.mirrors());
    }

    /// Has the node back itself up, if it can.
    Outcome backUp() {
        if (administration.backUp().isEmpty()) {
            return Outcome.error(ResponseCode.OPERATION_DENIED, "this node keeps nothing on disk to be backed up");
        }
        try {
            administration.backUp().get().run();
            return Outcome.DONE;
        } catch (IOException e) {
            return Outcome.error(ResponseCode.ERROR, "the backup failed: " + e.getMessage());
        }
    }

    /// The permissions an identity has in a record: bits of [Administrator].
    int permissions(HandleRecord record, ValueReference identity) {
        int permissions = 0;
        for (var value : record.values()) {
            var administrator = value.hasType(ValueTypes.HS_ADMIN) ? decode(value) : Optional.<Administrator>empty();
            if (administrator.isPresent()
                    && isAmong(identity, List.of(administrator.get().reference()))) {
                permissions |= administrator.get().permissions();
            }
        }
        return permissions;
    }

    private static Optional<Administrator> decode(HandleValue value) {
        try {
            return Optional.of(Administrator.decode(value.data()));
        } catch (MalformedException e) {
            return Optional.empty(); // What cannot be read grants nothing.
        }
    }

    /// Whether the identity is named, or is in a named group, or in a group of a group.
    private boolean isAmong(ValueReference identity, Collection<ValueReference> named) {
        Deque<ValueReference> left = new ArrayDeque<>(named);
        Set<ValueReference> seen = new HashSet<>(named);
        int askedElsewhere = 0;
        for (int i = 0; i < REFERENCES_MAX && !left.isEmpty(); i++) {
            var reference = left.removeFirst();
            boolean anyIndex = reference.index() == 0;
            if (reference.handle().equals(identity.handle()) && (anyIndex || reference.index() == identity.index())) {
                return true;
            }
            if (!isOwn(reference.handle()) && ++askedElsewhere > ELSEWHERE_MAX) {
                continue;
            }
            members(reference).stream().filter(seen::add).forEach(left::addLast);
        }
        return false;
    }

    private List<ValueReference> members(ValueReference group) {
        return find(group.handle())
                .flatMap(found -> found.value(group.index()))
                .filter(value -> value.hasType(ValueTypes.HS_VLIST))
                .map(Authority::members)
                .orElse(List.of());
    }

    private static List<ValueReference> members(HandleValue group) {
        try {
            return ReferenceList.decode(group.data()).references();
        } catch (MalformedException e) {
            return List.of();
        }
    }

    /// A record of this node, or of another.
    Optional<HandleRecord> find(Handle handle) {
        return own(handle).or(() -> elsewhere.find(handle));
    }

    /// Whether no other node has to be asked for a handle.
    boolean isOwn(Handle handle) {
        return !handle.isComplete() || registry.answersFor(handle);
    }

    private Optional<HandleRecord> own(Handle handle) {
        return registry.answersFor(handle) ? registry.find(handle) : Optional.empty();
    }

    /// Whether the answer proves that its sender is who it says.
    boolean isProven(Body.ChallengeAnswer answer, Octets nonce, Octets digest) {
        return prover(answer, nonce, digest).isPresent();
    }

    /// The value whose key the answer is by: the one it names, or, if it names index 0, one of the handle's.
    Optional<ValueReference> prover(Body.ChallengeAnswer answer, Octets nonce, Octets digest) {
        var identity = answer.identity();
        boolean secret = answer.keyType().equals(ValueTypes.HS_SECKEY);
        if (secret && own(identity.handle()).isEmpty()) {
            var proof = new Body.VerifyRequest(identity, nonce, digest, answer.answer());
            return elsewhere.verifies(proof) ? Optional.of(identity) : Optional.empty();
        }
        return find(identity.handle())
                .map(found -> keys(found, identity.index(), answer.keyType()))
                .orElse(List.of())
                .stream()
                .filter(key -> Proof.holds(answer, key, nonce, digest))
                .map(key -> new ValueReference(identity.handle(), key.index()))
                .findFirst();
    }

    /// Whether a key stands where one stood when it proved somebody's identity. Keys of other nodes are taken to.
    boolean holdsKey(ValueReference proven) {
        return own(proven.handle())
                .map(found -> found.value(proven.index())
                        .filter(v -> v.hasType(ValueTypes.HS_SECKEY) || v.hasType(ValueTypes.HS_PUBKEY))
                        .isPresent())
                .orElseGet(() -> !registry.answersFor(proven.handle()));
    }

    /// Whether a proof by a secret key of this node is right (RFC 3652, section 3.5.3).
    boolean isProven(Body.VerifyRequest proof) {
        var answer = new Body.ChallengeAnswer(ValueTypes.HS_SECKEY, proof.identity(), proof.answer());
        return own(proof.identity().handle()).isPresent() && isProven(answer, proof.nonce(), proof.digest());
    }

    private static List<HandleValue> keys(HandleRecord record, int index, String type) {
        if (index != 0) {
            return record.value(index).stream().toList();
        }
        return record.valuesOf(type).stream().limit(KEYS_MAX).toList();
    }
}
