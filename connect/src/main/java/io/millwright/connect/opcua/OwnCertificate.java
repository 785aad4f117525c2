package io.millwright.connect.opcua;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Period;
import java.util.Base64;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateBuilder;
import org.eclipse.milo.opcua.stack.core.util.SelfSignedCertificateGenerator;

/// This node's application instance certificate (OPC 10000-4, 6.1; OPC 10000-6, 6.2.2) and its key, in the folder
/// `own`: `certificate.der`, which a server has to trust, and `key.pem`, which only the node's user may read.
///
/// @param file the certificate's file, to be given to servers
/// @param applicationUri the name of this node in the certificate
record OwnCertificate(X509Certificate certificate, KeyPair keys, Path file, String applicationUri) {

    private static final int KEY_BITS = 2048;
    private static final Period VALIDITY = Period.ofYears(10);
    private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String PEM_END = "-----END PRIVATE KEY-----";

    /// Reads the certificate and its key, and makes them where there are none.
    ///
    /// @throws IOException if the folder cannot be used, or holds something else; the message says which file
    static OwnCertificate in(Path securityFolder) throws IOException {
        // Two links of one node start at the same time and must not make two certificates.
        synchronized (OwnCertificate.class) {
            Path folder = Files.createDirectories(securityFolder.resolve("own"));
            Path certificate = folder.resolve("certificate.der");
            Path key = folder.resolve("key.pem");
            if (Files.notExists(certificate) || Files.notExists(key)) {
                make(certificate, key);
            }
            return read(certificate, key);
        }
    }

    private static OwnCertificate read(Path file, Path keyFile) throws IOException {
        try {
            var certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
            String pem = Files.readString(keyFile).replace(PEM_BEGIN, "").replace(PEM_END, "");
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem);
            PrivateKey key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            String uri = CertificateUtil.getSanUri(certificate)
                    .orElseThrow(() -> new IOException(file + " names no application URI; delete it to have one made"));
            return new OwnCertificate(certificate, new KeyPair(certificate.getPublicKey(), key), file, uri);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " or " + keyFile + " is damaged (" + e.getMessage()
                    + "); delete both to have new ones made");
        }
    }

    private static void make(Path file, Path keyFile) throws IOException {
        try {
            String host = InetAddress.getLocalHost().getHostName();
            KeyPair keys = SelfSignedCertificateGenerator.generateRsaKeyPair(KEY_BITS);
            X509Certificate certificate = new SelfSignedCertificateBuilder(keys)
                    .setCommonName("Millwright@" + host)
                    .setOrganization("Millwright")
                    .setApplicationUri("urn:" + host + ":millwright")
                    .addDnsName(host)
                    .setValidityPeriod(VALIDITY)
                    .build();
            byte[] base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encode(keys.getPrivate().getEncoded());
            String pem = PEM_BEGIN + "\n" + new String(base64, StandardCharsets.US_ASCII) + "\n" + PEM_END + "\n";
            store(keyFile, pem.getBytes(StandardCharsets.US_ASCII));
            store(file, certificate.getEncoded());
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the certificate " + file + " could not be made: " + e.getMessage(), e);
        }
    }

    /// Writes a file that nobody else may read, whole or not at all.
    private static void store(Path file, byte[] content) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path folder = file.toAbsolutePath().getParent();
        Path part = Files.createTempFile(folder, "new", ".part", ownerOnly);
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
