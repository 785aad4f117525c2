package io.millwright.identity.server;

import io.millwright.model.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/// What a node shows over TLS: a certificate from files, or one that it signs itself with its own key, as nodes of
/// the Handle System do; their clients compare the key with the site's.
public final class Certificates {

    /// X.680, section 47.
    private static final DateTimeFormatter UTC_TIME = DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'");

    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final int SERIAL_BITS = 120;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final Duration EARLIER = Duration.ofDays(1);
    private static final Duration VALID = Duration.ofDays(825);
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Certificates() {}

    /// A certificate and its key in PEM.
    ///
    /// @param certificates the node's own first, then those that signed it
    /// @param key PKCS #8, not encrypted: RSA, EC or Ed25519
    /// @throws IOException if a file cannot be read, or holds something else; the message says which
    public static SSLContext of(Path certificates, Path key) throws IOException {
        try {
            var chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(certificates)))
                    .toArray(Certificate[]::new);
            if (chain.length == 0) {
                throw new IOException(certificates + " holds no certificate in PEM");
            }
            return context(privateKey(key), chain);
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    certificates + " and " + key + " are not a certificate in PEM and its key: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(FILE_BYTES_MAX);
        }
    }

    private static PrivateKey privateKey(Path file) throws IOException {
        var pem = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
        if (pem.find()) {
            byte[] pkcs8 = Base64.getMimeDecoder().decode(pem.group(1));
            for (var algorithm : ALGORITHMS) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                } catch (GeneralSecurityException e) {
                    // A key of another algorithm, perhaps.
                }
            }
        }
        throw new IOException(file + " holds no private key in PEM (-----BEGIN PRIVATE KEY-----, RSA, EC or Ed25519);"
                + " others are converted with: openssl pkcs8 -topk8 -nocrypt");
    }

    private static SSLContext context(PrivateKey key, Certificate... chain) throws GeneralSecurityException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("node", key, new char[0], chain);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, new char[0]);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// A certificate for the address and for `localhost`, signed by its own key.
    ///
    /// @param pair of RSA
    public static SSLContext selfSigned(KeyPair pair, InetAddress address, Time time) {
        try {
            return context(pair.getPrivate(), certificate(pair, address, time));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("no certificate can be made with this key", e);
        }
    }

    /// RFC 5280, section 4.1.
    private static Certificate certificate(KeyPair pair, InetAddress address, Time time)
            throws GeneralSecurityException, IOException {
        var now = time.epochNanos() / NANOS_PER_MILLI;
        var signing = new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
        var name = new X500Name("CN=" + address.getHostAddress());
        var contents = new V3TBSCertificateGenerator();
        contents.setSerialNumber(new ASN1Integer(new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE)));
        contents.setSignature(signing);
        contents.setIssuer(name);
        contents.setSubject(name);
        contents.setStartDate(moment(now - EARLIER.toMillis()));
        contents.setEndDate(moment(now + VALID.toMillis()));
        contents.setSubjectPublicKeyInfo(publicKey(pair.getPublic()));
        var extensions = new ExtensionsGenerator();
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, address.getHostAddress())
        });
        extensions.addExtension(Extension.subjectAlternativeName, false, names);
        contents.setExtensions(extensions.generate());
        var signed = contents.generateTBSCertificate();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getEncoded("DER"));
        var parts = new ASN1EncodableVector();
        parts.add(signed);
        parts.add(signing);
        parts.add(new DERBitString(signature.sign()));
        byte[] whole = new DERSequence(parts).getEncoded("DER");
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }

    private static org.bouncycastle.asn1.x509.Time moment(long epochMillis) {
        var utc = Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC);
        return new org.bouncycastle.asn1.x509.Time(new DERUTCTime(UTC_TIME.format(utc)));
    }

    private static SubjectPublicKeyInfo publicKey(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }
}
