package io.millwright.connect.opcua;

import io.millwright.model.Told;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.CertificateQuarantine;
import org.eclipse.milo.opcua.stack.core.security.CertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.DefaultClientCertificateValidator;
import org.eclipse.milo.opcua.stack.core.security.MemoryTrustListManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which servers this node talks to: those whose certificate, or its authority's, lies in the folder `trusted`
/// (OPC 10000-12, 7.5.2 trust lists). Files there are certificates or revocation lists, DER or PEM. Read anew for each
/// connection, so that a file put there counts at the next try.
///
/// A certificate that is not trusted is written to the folder `rejected`, from where a person who checked it moves it.
final class PeerTrust implements CertificateValidator, CertificateQuarantine {

    private static final Logger LOG = LoggerFactory.getLogger(PeerTrust.class);
    private static final int MOST_REJECTED = 100;

    private final Path folder;
    private final CertificateValidator validator;
    private final boolean trustsNobody;
    private volatile @Nullable Told refusal;

    PeerTrust(Path securityFolder) throws IOException {
        folder = securityFolder;
        var lists = new MemoryTrustListManager();
        var certificates = new ArrayList<X509Certificate>();
        var crls = new ArrayList<X509CRL>();
        load("trusted", certificates, crls);
        lists.setTrustedCertificates(List.copyOf(certificates));
        lists.setTrustedCrls(List.copyOf(crls));
        trustsNobody = certificates.isEmpty();
        certificates.clear();
        crls.clear();
        load("issuers", certificates, crls);
        lists.setIssuerCertificates(List.copyOf(certificates));
        lists.setIssuerCrls(List.copyOf(crls));
        validator = new DefaultClientCertificateValidator(lists, this);
    }

    /// Why the server's certificate was refused, and what to do; null while it was not.
    @Nullable
    Told refusal() {
        return refusal;
    }

    @Override
    public void validateCertificateChain(
            List<X509Certificate> chain, @Nullable String applicationUri, @Nullable String @Nullable [] hosts)
            throws UaException {
        if (chain.isEmpty()) {
            throw new UaException(StatusCodes.Bad_CertificateInvalid);
        }
        try {
            if (trustsNobody) {
                throw new UaException(StatusCodes.Bad_CertificateUntrusted);
            }
            // The host may be an address or a name that the server does not know itself by; who it is, the trusted
            // certificate and its application URI say.
            validator.validateCertificateChain(chain, applicationUri, hosts);
        } catch (UaException e) {
            X509Certificate certificate = chain.getFirst();
            Path file = quarantine(certificate);
            String why = StatusCodes.lookup(e.getStatusCode().value())
                    .map(names -> names[0])
                    .orElse("");
            refusal = Told.of(
                            "opcua-not-trusted",
                            "the server's certificate is not trusted ({status}): {subject}, SHA-1 {thumbprint}. "
                                    + "Compare that with what the server shows; to trust it, move {file} to {folder}")
                    .with("status", why.replace("_", ""))
                    .with("subject", certificate.getSubjectX500Principal())
                    .with("thumbprint", thumbprint(certificate))
                    .with("file", file)
                    .with("folder", folder.resolve("trusted"));
            throw e;
        }
    }

    private void load(String name, List<X509Certificate> certificates, List<X509CRL> crls) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Files.createDirectories(folder.resolve(name)))) {
            for (Path file : files) {
                read(file, certificates, crls);
            }
        }
    }

    private static void read(Path file, List<X509Certificate> certificates, List<X509CRL> crls) throws IOException {
        byte[] content = Files.readAllBytes(file);
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            if (file.toString().endsWith(".crl")) {
                crls.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(content)));
            } else {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(content)));
            }
        } catch (GeneralSecurityException e) {
            LOG.warn("{} is neither a certificate nor a revocation list and is left out", file);
        }
    }

    private Path quarantine(X509Certificate certificate) {
        String host = certificate.getSubjectX500Principal().getName().replaceAll("[^A-Za-z0-9.-]+", "_");
        String name = host.substring(0, Math.min(60, host.length())) + "-"
                + thumbprint(certificate).substring(0, 8);
        Path file = folder.resolve("rejected").resolve(name + ".der");
        try {
            Files.createDirectories(file.getParent());
            // A hostile network could offer a new certificate at each try.
            if (Files.notExists(file) && rejected() < MOST_REJECTED) {
                Files.write(file, certificate.getEncoded());
            }
        } catch (IOException | GeneralSecurityException e) {
            LOG.warn("{} could not be written: {}", file, e.getMessage());
        }
        return file;
    }

    private long rejected() throws IOException {
        try (var files = Files.list(folder.resolve("rejected"))) {
            return files.count();
        }
    }

    private static String thumbprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<X509Certificate> getRejectedCertificates() {
        return List.of();
    }

    /// Nothing to do: [#validateCertificateChain] keeps what is refused, for every reason.
    @Override
    public void addRejectedCertificate(X509Certificate certificate) {}

    @Override
    public void removeRejectedCertificate(X509Certificate certificate) {}
}
