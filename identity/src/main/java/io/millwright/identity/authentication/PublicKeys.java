package io.millwright.identity.authentication;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.interfaces.DHPublicKey;
import javax.crypto.spec.DHPublicKeySpec;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// The data of HS_PUBKEY values (RFC 3651, section 3.2.8): a name, two octets kept free, and the numbers of the
/// key, each with its length.
///
/// ```text
/// | length, RSA_PUB_KEY | 0 (2) | length, exponent | length, modulus | 0 (4), as clients in use write it |
/// | length, DSA_PUB_KEY | 0 (2) | length, q | length, p | length, g | length, y |
/// | length, DH_PUB_KEY | 0 (2) | length, y | length, p | length, g |
/// | length, SM2_PUB_KEY | 0 (2) | length, SubjectPublicKeyInfo as PEM |       addition of the Chinese system
/// | length, ED25519_PUB_KEY | 0 (2) | length, SubjectPublicKeyInfo |          addition of Millwright (RFC 8410)
/// ```
final class PublicKeys {

    private static final String RSA = "RSA_PUB_KEY";
    private static final String DSA = "DSA_PUB_KEY";
    private static final String DIFFIE_HELLMAN = "DH_PUB_KEY";
    private static final String SM2 = "SM2_PUB_KEY";
    private static final String ED25519 = "ED25519_PUB_KEY";
    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    /// Numbers of 8192 bits and a sign: more would cost more to check than a stranger's request is worth.
    private static final int NUMBER_BYTES_MAX = 1025;

    private static final int EXPONENT_BITS_MAX = 64;
    private static final int NAME_BYTES_MAX = 64;
    private static final int INFO_BYTES_MAX = 4096;

    private PublicKeys() {}

    static VerificationKey decode(Octets data) throws MalformedException {
        var in = new WireReader(data);
        String name = in.text("public key's algorithm", NAME_BYTES_MAX);
        in.u16("public key's reserved octets");
        return switch (name) {
            case RSA -> new VerificationKey.Standard(rsa(in));
            case DSA -> {
                var q = number("q", in);
                var p = number("p", in);
                var g = number("g", in);
                yield new VerificationKey.Standard(key("DSA", new DSAPublicKeySpec(number("y", in), p, q, g)));
            }
            case SM2 -> sm2(in.octets("SM2 key", INFO_BYTES_MAX));
            case ED25519 -> {
                var info = new X509EncodedKeySpec(
                        in.octets("Ed25519 key", INFO_BYTES_MAX).toByteArray());
                yield new VerificationKey.Standard(key("Ed25519", info));
            }
            default ->
                throw new MalformedException("public key of algorithm \"" + name
                        + "\"; RSA_PUB_KEY, DSA_PUB_KEY, SM2_PUB_KEY and ED25519_PUB_KEY are known");
        };
    }

    private static PublicKey rsa(WireReader in) throws MalformedException {
        var exponent = number("exponent", in);
        if (exponent.bitLength() > EXPONENT_BITS_MAX) {
            throw new MalformedException("RSA exponent of " + exponent.bitLength() + " bits");
        }
        return key("RSA", new RSAPublicKeySpec(number("modulus", in), exponent));
    }

    /// The Diffie-Hellman key of a session.
    static DHPublicKey decodeDiffieHellman(Octets data) throws MalformedException {
        var in = new WireReader(data);
        String name = in.text("public key's algorithm", NAME_BYTES_MAX);
        if (!name.equals(DIFFIE_HELLMAN)) {
            throw new MalformedException("public key of algorithm \"" + name + "\"; DH_PUB_KEY is needed here");
        }
        in.u16("public key's reserved octets");
        var y = number("y", in);
        var p = number("p", in);
        return (DHPublicKey) key("DH", new DHPublicKeySpec(y, p, number("g", in)));
    }

    private static BigInteger number(String field, WireReader in) throws MalformedException {
        return new BigInteger(
                1, in.octets("public key's " + field, NUMBER_BYTES_MAX).toByteArray());
    }

    private static PublicKey key(String algorithm, KeySpec spec) throws MalformedException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new MalformedException("not a public key of " + algorithm + ": " + e.getMessage());
        }
    }

    private static VerificationKey sm2(Octets info) throws MalformedException {
        try {
            boolean onCurve = PublicKeyFactory.createKey(unwrapped(info)) instanceof ECPublicKeyParameters key
                    && key.getParameters() instanceof ECNamedDomainParameters named
                    && named.getName().equals(GMObjectIdentifiers.sm2p256v1);
            if (onCurve) {
                return new VerificationKey.Sm2((ECPublicKeyParameters) PublicKeyFactory.createKey(unwrapped(info)));
            }
        } catch (IOException | RuntimeException e) {
            throw new MalformedException("not a public key of SM2: " + e.getMessage());
        }
        throw new MalformedException("the public key lies on another curve than sm2p256v1");
    }

    private static byte[] unwrapped(Octets info) {
        String text = info.text();
        int begin = text.indexOf(PEM_BEGIN);
        int end = text.indexOf(PEM_END);
        return begin < 0 || end < begin
                ? info.toByteArray()
                : Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end));
    }

    static Octets encode(VerificationKey key) {
        return switch (key) {
            case VerificationKey.Standard(RSAPublicKey rsa) ->
                start(RSA)
                        .octets(Octets.of(rsa.getPublicExponent().toByteArray()))
                        .octets(Octets.of(rsa.getModulus().toByteArray()))
                        .int32(0)
                        .toOctets();
            case VerificationKey.Standard(EdECPublicKey ed) ->
                start(ED25519).octets(Octets.of(ed.getEncoded())).toOctets();
            case VerificationKey.Sm2(var sm2) ->
                start(SM2).octets(Octets.utf8(pem(sm2))).toOctets();
            case VerificationKey.Standard(var other) ->
                throw new IllegalArgumentException("no form is known for a key of " + other.getAlgorithm());
        };
    }

    static Octets encode(DHPublicKey key) {
        return start(DIFFIE_HELLMAN)
                .octets(Octets.of(key.getY().toByteArray()))
                .octets(Octets.of(key.getParams().getP().toByteArray()))
                .octets(Octets.of(key.getParams().getG().toByteArray()))
                .toOctets();
    }

    private static WireWriter start(String name) {
        return new WireWriter().text(name).u16(0);
    }

    private static String pem(ECPublicKeyParameters key) {
        try {
            var named = new ECPublicKeyParameters(
                    key.getQ(), ECNamedDomainParameters.lookup(GMObjectIdentifiers.sm2p256v1));
            byte[] info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(named)
                    .getEncoded();
            var lines = Base64.getMimeEncoder(76, "\r\n".getBytes(StandardCharsets.US_ASCII));
            return PEM_BEGIN + "\r\n" + lines.encodeToString(info) + "\r\n" + PEM_END + "\r\n";
        } catch (IOException e) {
            throw new AssertionError("a key of SM2 has an encoding", e);
        }
    }
}
