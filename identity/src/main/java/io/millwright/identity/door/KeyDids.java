package io.millwright.identity.door;

import io.millwright.identity.door.DidDoor.Failure;
import io.millwright.identity.door.DidDoor.Resolved;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// DIDs that are a public key (The did:key Method 0.9): a multibase of a multicodec prefix and the key. Ed25519,
/// X25519, secp256k1, P-256 and P-384; the document names the key as a Multikey and derives no second one from it.
final class KeyDids {

    private static final String START = "did:key:";
    private static final int LENGTH_MAX = 128;

    private static final List<String> SIGNING =
            List.of("authentication", "assertionMethod", "capabilityDelegation", "capabilityInvocation");

    private KeyDids() {}

    /// A kind of key.
    ///
    /// @param codec the multicodec prefix, a varint of two octets
    /// @param length octets of the key
    /// @param curve of keys that are points, compressed; empty for the curves of RFC 7748
    private record Kind(int codec, int length, String curve) {

        private static final int ED25519 = 0xed01;
        private static final int X25519 = 0xec01;

        private static final List<Kind> ALL = List.of(
                new Kind(ED25519, 32, ""),
                new Kind(X25519, 32, ""),
                new Kind(0xe701, 33, "secp256k1"),
                new Kind(0x8024, 33, "secp256r1"),
                new Kind(0x8124, 49, "secp384r1"));

        static Optional<Kind> of(byte[] octets) {
            int codec = octets.length < 2 ? 0 : (octets[0] & 0xff) << 8 | octets[1] & 0xff;
            return ALL.stream().filter(k -> k.codec == codec).findFirst();
        }

        boolean agrees() {
            return codec == X25519;
        }

        /// Whether the octets are a key of this kind: a point on its curve.
        boolean holds(byte[] key) {
            if (key.length != length) {
                return false;
            }
            if (curve.isEmpty()) {
                return codec != ED25519 || Ed25519.validatePublicKeyFull(key, 0);
            }
            try {
                var point = CustomNamedCurves.getByName(curve).getCurve().decodePoint(key);
                return point.isValid() && !point.isInfinity();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    static Resolved resolve(String did) {
        var key = did.substring(START.length());
        if (!key.startsWith("z") || key.length() > LENGTH_MAX) {
            return invalid("a key is written in base58btc: z, and at most " + (LENGTH_MAX - 1) + " characters");
        }
        var octets = Base58.decode(key.substring(1));
        if (octets.isEmpty()) {
            return invalid("a character of the key is not of base58btc");
        }
        var kind = Kind.of(octets.get());
        if (kind.isEmpty()) {
            return invalid("the key is none of Ed25519, X25519, secp256k1, P-256, P-384");
        }
        byte[] raw = Arrays.copyOfRange(octets.get(), 2, octets.get().length);
        return kind.get().holds(raw)
                ? document(did, key, kind.get())
                : invalid("these octets are no public key of the kind that they claim to be");
    }

    private static Resolved invalid(String why) {
        return new Resolved.Failed(Failure.INVALID_DID, why);
    }

    private static Resolved document(String did, String key, Kind kind) {
        var reference = did + "#" + key;
        var json = Json.object();
        json.set(
                "@context",
                Json.array().add("https://www.w3.org/ns/did/v1").add("https://w3id.org/security/multikey/v1"));
        json.put("id", did);
        var method = Json.object().put("id", reference).put("type", "Multikey");
        method.put("controller", did).put("publicKeyMultibase", key);
        json.set("verificationMethod", Json.array().add(method));
        for (var use : kind.agrees() ? List.of("keyAgreement") : SIGNING) {
            json.set(use, Json.array().add(reference));
        }
        return new Resolved.Document(json);
    }
}
