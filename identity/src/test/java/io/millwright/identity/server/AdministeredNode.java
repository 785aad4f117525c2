package io.millwright.identity.server;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.ReferenceList;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.registry.MemoryRegistry;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.gm.GMObjectIdentifiers;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/// A node on free loopback ports that can be changed. Its prefix has an administrator of every kind in one group.
public final class AdministeredNode implements AutoCloseable {

    public static final String PREFIX = "88.118.7";
    public static final Handle OWNER = Handle.ofPrefix(PREFIX);
    public static final Octets SECRET = Octets.utf8("correct horse battery staple");
    public static final int NOW = 1_700_000_000;

    static final int GROUP = 200;
    static final int RSA = 300;
    static final int SECRET_KEY = 301;
    static final int ED25519 = 302;
    static final int SM2 = 303;

    /// Proves who it is like the others, and may only add values.
    static final int APPRENTICE = 310;

    public static final KeyPair RSA_KEYS = keys("RSA");
    public static final KeyPair ED25519_KEYS = keys("Ed25519");
    public static final AsymmetricCipherKeyPair SM2_KEYS = sm2Keys();
    static final KeyPair NODE_KEYS = keys("RSA");

    /// Administrators by each kind of key.
    public static final Identity BY_SECRET = new Identity.SecretKey(at(SECRET_KEY), SECRET);

    public static final Identity BY_RSA =
            new Identity.PrivateKey(at(RSA), new SigningKey.Standard(RSA_KEYS.getPrivate()));
    public static final Identity BY_ED25519 =
            new Identity.PrivateKey(at(ED25519), new SigningKey.Standard(ED25519_KEYS.getPrivate()));
    public static final Identity BY_SM2 =
            new Identity.PrivateKey(at(SM2), new SigningKey.Sm2((ECPrivateKeyParameters) SM2_KEYS.getPrivate()));

    public final MemoryRegistry registry;
    public final HandleServer server;

    public AdministeredNode() throws IOException {
        this(Administration.by(Set.of(at(GROUP))).withKey(NODE_KEYS), Time.system());
    }

    public AdministeredNode(Administration administration, Time time) throws IOException {
        this(ServerSettings.freePorts(), administration, time);
    }

    AdministeredNode(ServerSettings doors, Administration administration, Time time) throws IOException {
        var settings =
                doors.withTimeouts(Duration.ofDays(2), Duration.ofDays(2)).withAdministration(administration);
        server = HandleServer.bind(settings, 7, time);
        registry = new MemoryRegistry(List.of(PREFIX));
        registry.register(owner());
        server.serve(registry);
    }

    static Administration usual() {
        return Administration.by(Set.of(at(GROUP))).withKey(NODE_KEYS);
    }

    static ValueReference at(int index) {
        return new ValueReference(OWNER, index);
    }

    private static HandleRecord owner() {
        var group = new ReferenceList(List.of(at(RSA), at(SECRET_KEY), at(ED25519), at(SM2)));
        return new HandleRecord(
                OWNER,
                List.of(
                        administrator(100, Administrator.ALL, GROUP),
                        administrator(101, Administrator.ADD_VALUE, APPRENTICE),
                        value(GROUP, "HS_VLIST", group.encode(), Permissions.PUBLISHED),
                        value(RSA, "HS_PUBKEY", publicKey(RSA_KEYS), Permissions.PUBLISHED),
                        value(SECRET_KEY, "HS_SECKEY", SECRET, Permissions.SECRET),
                        value(ED25519, "HS_PUBKEY", publicKey(ED25519_KEYS), Permissions.PUBLISHED),
                        value(
                                SM2,
                                "HS_PUBKEY",
                                new VerificationKey.Sm2((ECPublicKeyParameters) SM2_KEYS.getPublic()).encode(),
                                Permissions.PUBLISHED),
                        value(APPRENTICE, "HS_SECKEY", SECRET, Permissions.SECRET)));
    }

    static Octets publicKey(KeyPair keys) {
        return new VerificationKey.Standard(keys.getPublic()).encode();
    }

    static HandleValue administrator(int index, int permissions, int key) {
        var data = new Administrator(permissions, at(key)).encode();
        return value(index, "HS_ADMIN", data, Permissions.PUBLISHED);
    }

    static HandleValue value(int index, String type, Octets data, Permissions permissions) {
        return new HandleValue(index, type, data, permissions, TimeToLive.DAY, NOW, List.of());
    }

    private static KeyPair keys(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static AsymmetricCipherKeyPair sm2Keys() {
        var curve = ECNamedDomainParameters.lookup(GMObjectIdentifiers.sm2p256v1);
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve, new SecureRandom()));
        return generator.generateKeyPair();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
