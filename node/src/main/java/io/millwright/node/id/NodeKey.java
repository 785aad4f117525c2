package io.millwright.node.id;

import io.millwright.identity.authentication.SigningKey;
import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.node.command.IoReason;
import io.millwright.node.command.UsageError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;

/// Keys and secrets, which come from files only.
final class NodeKey {

    private static final int BITS = 2048;
    private static final int SECRET_BYTES_MIN = 8;
    private static final int FILE_BYTES_MAX = 65_536;

    private NodeKey() {}

    static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("RSA is part of the platform", e);
        }
    }

    /// The key kept in a folder (PKCS #8), made at first use; only its owner may read it.
    static KeyPair kept(Path folder) throws IOException {
        var file = folder.resolve("node-key.der");
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            var made = generate();
            var part = Files.createTempFile(folder, "node-key", ".part");
            restrict(part);
            Files.write(part, made.getPrivate().getEncoded());
            Files.move(part, file);
        }
        return pair(file, bytes(file));
    }

    private static void restrict(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (UnsupportedOperationException e) {
            // Windows: a temporary file inherits what its folder allows.
        }
    }

    /// Writes a secret to a new file that only its owner may read.
    static void keep(Path file, String secret) throws IOException {
        restrict(Files.createFile(file));
        Files.writeString(file, secret + "\n");
    }

    private static KeyPair pair(Path file, byte[] pkcs8) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            var key = factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key instanceof RSAPrivateCrtKey rsa) {
                var open = factory.generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
                return new KeyPair(open, rsa);
            }
        } catch (GeneralSecurityException e) {
            // Said below.
        }
        throw new UsageError(file + " is not a private RSA key in the form of PKCS #8 (DER)");
    }

    /// A secret: what a file holds, without white space around it.
    static Octets secret(Path file) {
        try {
            var secret = Octets.utf8(new String(bytes(file), StandardCharsets.UTF_8).strip());
            if (secret.length() < SECRET_BYTES_MIN) {
                throw new UsageError("the secret in " + file + " is shorter than " + SECRET_BYTES_MIN
                        + " bytes; make one with: head -c 24 /dev/urandom | base64");
            }
            return secret;
        } catch (IOException e) {
            throw new UsageError("--secret: " + IoReason.of(e));
        }
    }

    /// A server's public key in hexadecimal, as `mw id status` shows it.
    ///
    /// @param option that names the file
    static VerificationKey publicKey(String option, Path file) {
        try {
            String hex = new String(bytes(file), StandardCharsets.US_ASCII).strip();
            return VerificationKey.decode(Octets.hex(hex));
        } catch (IOException e) {
            throw new UsageError(option + ": " + IoReason.of(e));
        } catch (MalformedException | IllegalArgumentException e) {
            throw new UsageError(file + " holds no public key; write what `mw id status` shows as publicKey");
        }
    }

    /// A private key of an administrator.
    static SigningKey privateKey(Path file) {
        try {
            return SigningKey.decode(bytes(file));
        } catch (IOException e) {
            throw new UsageError("--private-key: " + IoReason.of(e));
        } catch (MalformedException e) {
            throw new UsageError("--private-key: " + file + " is " + e.getMessage());
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(FILE_BYTES_MAX);
        }
    }
}
