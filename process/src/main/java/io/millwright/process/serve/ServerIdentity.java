package io.millwright.process.serve;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Period;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.security.CertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultApplicationGroup;
import org.eclipse.milo.opcua.stack.core.security.DefaultCertificateManager;
import org.eclipse.milo.opcua.stack.core.security.DefaultServerCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.FileBasedCertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.FileBasedTrustListManager;
import org.eclipse.milo.opcua.stack.core.security.KeyStoreCertificateStore;
import org.eclipse.milo.opcua.stack.core.security.RsaSha256CertificateFactory;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;

/// The application certificate of a simulated OPC UA server and the clients that it trusts, in one folder: `own/` holds
/// the key and `server.der`, `trusted/certs` the clients' certificates (put there by whoever provisions the server),
/// `trusted/crl`, `issuers/certs` and `issuers/crl` what belongs to them, `rejected` those that were turned away. The
/// folders are watched: a certificate moved from `rejected` to `trusted/certs` is trusted at once.
final class ServerIdentity implements AutoCloseable {

    private static final String STORE = "server.p12";
    private static final String EXPORTED = "server.der";
    // The folder's permissions guard the key; a password beside it would add nothing.
    private static final char[] PASSWORD = "millwright".toCharArray();
    private static final int KEY_BITS = 2048;

    private final FileBasedTrustListManager trusted;
    private final FileBasedCertificateQuarantine rejected;
    private final DefaultApplicationGroup group;
    private final CertificateManager certificates;

    private ServerIdentity(Path folder, URI applicationUri) throws Exception {
        Path issuers = Files.createDirectories(folder.resolve("issuers/certs"));
        Path issuersCrl = Files.createDirectories(folder.resolve("issuers/crl"));
        Path trustedCerts = Files.createDirectories(folder.resolve("trusted/certs"));
        Path trustedCrl = Files.createDirectories(folder.resolve("trusted/crl"));
        trusted = new FileBasedTrustListManager(issuers, issuersCrl, trustedCerts, trustedCrl);
        trusted.initialize();
        rejected = FileBasedCertificateQuarantine.create(Files.createDirectories(folder.resolve("rejected")));
        Path own = Files.createDirectories(folder.resolve("own"));
        var store = KeyStoreCertificateStore.createAndInitialize(
                new KeyStoreCertificateStore.Settings(own.resolve(STORE), PASSWORD::clone, alias -> PASSWORD.clone()));
        group = DefaultApplicationGroup.createAndInitialize(
                trusted, store, new Factory(applicationUri), new DefaultServerCertificateValidator(trusted, rejected));
        certificates = new DefaultCertificateManager(rejected, group);
        export(own.resolve(EXPORTED));
    }

    /// Puts the certificate there as a whole: whoever waits for the file must not read a part of it.
    private void export(Path file) throws Exception {
        Path part = file.resolveSibling(EXPORTED + ".part");
        Files.write(part, certificate().getEncoded());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Reads the identity kept in a folder, or makes one.
    ///
    /// @throws IOException if the folder cannot be used
    static ServerIdentity in(Path folder, URI applicationUri) throws IOException {
        try {
            return new ServerIdentity(folder, applicationUri);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the certificate in " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    CertificateManager certificates() {
        return certificates;
    }

    X509Certificate certificate() {
        return group.getCertificateChain(NodeIds.RsaSha256ApplicationCertificateType)
                .orElseThrow()[0];
    }

    @Override
    public void close() throws IOException {
        trusted.close();
    }

    private static final class Factory extends RsaSha256CertificateFactory {

        private final URI applicationUri;

        Factory(URI applicationUri) {
            this.applicationUri = applicationUri;
        }

        @Override
        protected KeyPair createRsaSha256KeyPair() throws java.security.NoSuchAlgorithmException {
            var generator = java.security.KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        }

        @Override
        protected X509Certificate[] createRsaSha256CertificateChain(KeyPair pair) throws Exception {
            var certificate = new SelfSignedCertificateBuilder(pair)
                    .setCommonName("Millwright simulated machines")
                    .setOrganization("Millwright")
                    .setApplicationUri(applicationUri.toString())
                    .setValidityPeriod(Period.ofYears(3))
                    .addDnsName("localhost")
                    .addIpAddress("127.0.0.1")
                    .build();
            return new X509Certificate[] {certificate};
        }
    }
}
