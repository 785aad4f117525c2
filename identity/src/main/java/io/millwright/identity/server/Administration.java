package io.millwright.identity.server;

import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.record.ValueReference;
import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// What a node needs to be changed by others.
///
/// @param stewards who may home prefixes, register the handle `0.NA/…` of a homed prefix, list homed prefixes and copy
/// everything: values that hold their keys, or groups of such
/// @param mirrors who may copy everything and do nothing else
/// @param backUp copies everything to where it can be restored from (operation 1003); empty if nothing does
/// @param key what the node signs its answers with, of RSA or Ed25519; the public client demands a signature (of RSA)
/// before it begins a session. Empty: nothing is signed
/// @param elsewhere where keys, groups and prefixes that this node does not hold are looked up
/// @param challengeTimeout how long a client may take to answer a challenge
/// @param sessionTimeoutMax how long a session may last without a message, whatever the client asks for
/// @param sessionsMax how many sessions there may be at once
/// @param challengesMax how many unanswered challenges there may be at once; the oldest is forgotten first
/// @param concurrentMax how many changes, log-ins and session set-ups may be under way at once; more are told
/// SERVER_BUSY
public record Administration(
        Set<ValueReference> stewards,
        Set<ValueReference> mirrors,
        Optional<BackUp> backUp,
        Optional<KeyPair> key,
        Directory elsewhere,
        Duration challengeTimeout,
        Duration sessionTimeoutMax,
        int sessionsMax,
        int challengesMax,
        int concurrentMax) {

    /// Copies everything that is durable to where it can be restored from.
    public interface BackUp {
        void run() throws IOException;
    }

    public Administration {
        stewards = Set.copyOf(stewards);
        mirrors = Set.copyOf(mirrors);
    }

    /// Stewards and no more; the usual limits.
    public static Administration by(Set<ValueReference> stewards) {
        return new Administration(
                stewards,
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Directory.NONE,
                Duration.ofSeconds(30),
                Duration.ofHours(24),
                10_000,
                10_000,
                256);
    }

    public Administration withKey(KeyPair pair) {
        return new Administration(
                stewards,
                mirrors,
                backUp,
                Optional.of(pair),
                elsewhere,
                challengeTimeout,
                sessionTimeoutMax,
                sessionsMax,
                challengesMax,
                concurrentMax);
    }

    public Administration withDirectory(Directory directory) {
        return new Administration(
                stewards,
                mirrors,
                backUp,
                key,
                directory,
                challengeTimeout,
                sessionTimeoutMax,
                sessionsMax,
                challengesMax,
                concurrentMax);
    }

    public Administration withLimits(int sessions, int challenges, int concurrent) {
        return new Administration(
                stewards,
                mirrors,
                backUp,
                key,
                elsewhere,
                challengeTimeout,
                sessionTimeoutMax,
                sessions,
                challenges,
                concurrent);
    }

    /// @param permitted who may copy everything
    public Administration withMirrors(Set<ValueReference> permitted) {
        return new Administration(
                stewards,
                permitted,
                backUp,
                key,
                elsewhere,
                challengeTimeout,
                sessionTimeoutMax,
                sessionsMax,
                challengesMax,
                concurrentMax);
    }

    public Administration withBackUp(BackUp does) {
        return new Administration(
                stewards,
                mirrors,
                Optional.of(does),
                key,
                elsewhere,
                challengeTimeout,
                sessionTimeoutMax,
                sessionsMax,
                challengesMax,
                concurrentMax);
    }

    Optional<VerificationKey> publicKey() {
        return key.map(pair -> new VerificationKey.Standard(pair.getPublic()));
    }

    Optional<SigningKey> signingKey() {
        return key.map(pair -> new SigningKey.Standard(pair.getPrivate()));
    }

    /// The private key, if it is one of RSA: session keys can be encrypted for it.
    Optional<PrivateKey> rsaKey() {
        return key.map(KeyPair::getPrivate).filter(k -> k.getAlgorithm().equals("RSA"));
    }
}
