package io.millwright.connect.opcua;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.millwright.connect.LinkException;
import io.millwright.model.Quality;
import io.millwright.model.SystemTold;
import io.millwright.model.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.milo.opcua.sdk.client.DiscoveryClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfig;
import org.eclipse.milo.opcua.sdk.client.OpcUaClientConfigBuilder;
import org.eclipse.milo.opcua.sdk.client.identity.UsernameProvider;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.util.CertificateUtil;
import org.eclipse.milo.opcua.stack.core.util.EndpointUtil;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/// Finds the endpoint of a server that fits the settings and opens a session there.
final class Endpoints {

    /// Keeps the session while nothing is asked for; a dead server is noticed earlier, by [OpcUaSession#await].
    private static final int KEEP_ALIVE_MILLIS = 5000;

    private static final int SESSION_TIMEOUT_MILLIS = 60_000;
    private static final int MOST_PASSWORD_BYTES = 1024;

    private final OpcUaSettings settings;
    private final Path securityFolder;

    Endpoints(OpcUaSettings settings, Path securityFolder) {
        this.settings = settings;
        this.securityFolder = securityFolder;
    }

    /// Opens a session. Blocks.
    OpcUaSession open() throws LinkException, InterruptedException {
        List<EndpointDescription> offered = offered();
        EndpointDescription chosen = choose(offered);
        try {
            boolean secure = settings.security() != SecurityPolicy.None;
            OwnCertificate own = secure ? OwnCertificate.in(securityFolder) : null;
            var trust = new PeerTrust(securityFolder);
            Failures failures = failures(own == null ? "" : own.file().toString());
            if (secure) {
                requireTrusted(chosen, trust);
            }
            OpcUaClientConfigBuilder config = config(chosen, offered, trust);
            if (own != null) {
                config.setApplicationUri(own.applicationUri())
                        .setCertificate(own.certificate())
                        .setCertificateChain(new X509Certificate[] {own.certificate()})
                        .setKeyPair(own.keys());
            }
            return connect(OpcUaClient.create(config.build(), this::transport), trust, failures);
        } catch (IOException e) {
            throw LinkException.refused(
                    Quality.BAD_CONFIGURATION_ERROR,
                    Told.of("opcua-security-folder", "the security folder cannot be used: {reason}")
                            .with("reason", SystemTold.said(e.getMessage())));
        } catch (UaException e) {
            throw failures("").connecting(e);
        }
    }

    /// Refuses an untrusted server before a word is said to it.
    private static void requireTrusted(EndpointDescription chosen, PeerTrust trust) throws LinkException {
        try {
            List<X509Certificate> chain = CertificateUtil.decodeCertificates(
                    chosen.getServerCertificate().bytesOrEmpty());
            trust.validateCertificateChain(chain, chosen.getServer().getApplicationUri(), new String[0]);
        } catch (UaException | IllegalArgumentException e) {
            Told refusal = trust.refusal();
            throw LinkException.refused(
                    Quality.BAD_CERTIFICATE_UNTRUSTED,
                    refusal != null
                            ? refusal
                            : Told.of(
                                    "opcua-no-certificate",
                                    "the server offers security without a certificate that can be read"));
        }
    }

    private OpcUaSession connect(OpcUaClient client, PeerTrust trust, Failures failures)
            throws LinkException, InterruptedException {
        var session = new OpcUaSession(client, failures);
        try {
            await(client.connectAsync(), 3);
            await(client.readNamespaceTableAsync(), 1);
            return session;
        } catch (ExecutionException | TimeoutException e) {
            session.close();
            Told refusal = trust.refusal();
            throw refusal != null
                    ? LinkException.refused(Quality.BAD_CERTIFICATE_UNTRUSTED, refusal)
                    : failures.connecting(e);
        } catch (InterruptedException e) {
            session.close();
            throw e;
        }
    }

    private List<EndpointDescription> offered() throws LinkException, InterruptedException {
        try {
            return await(DiscoveryClient.getEndpoints(settings.url(), this::transport), 2);
        } catch (ExecutionException | TimeoutException e) {
            throw failures("").connecting(e);
        }
    }

    private EndpointDescription choose(List<EndpointDescription> offered) throws LinkException {
        EndpointDescription best = offered.stream()
                .filter(e -> settings.security().getUri().equals(e.getSecurityPolicyUri()))
                .filter(e -> settings.mode() == e.getSecurityMode())
                .max(Comparator.comparingInt(e -> e.getSecurityLevel().intValue()))
                .orElseThrow(() -> LinkException.refused(
                        Quality.BAD_CONFIGURATION_ERROR,
                        Told.of("opcua-no-endpoint", "{device} offers no {policy} with {mode}; it offers {offered}")
                                .with("device", settings.address())
                                .with("policy", settings.security())
                                .with("mode", settings.mode())
                                .with("offered", names(offered))));
        // The server may know itself by a name that means nothing here.
        return EndpointUtil.updateUrl(
                best, settings.address().host(), settings.address().port());
    }

    private static String names(List<EndpointDescription> offered) {
        return String.join(
                ", ",
                offered.stream()
                        .map(e -> SecurityPolicy.fromUriSafe(e.getSecurityPolicyUri())
                                        .map(SecurityPolicy::name)
                                        .orElse(e.getSecurityPolicyUri())
                                + "/" + e.getSecurityMode())
                        .distinct()
                        .sorted()
                        .toList());
    }

    private OpcUaClientConfigBuilder config(
            EndpointDescription chosen, List<EndpointDescription> offered, PeerTrust trust) throws LinkException {
        OpcUaClientConfigBuilder config = OpcUaClientConfig.builder()
                .setApplicationName(LocalizedText.english("Millwright"))
                .setApplicationUri("urn:millwright")
                .setProductUri("urn:millwright")
                .setEndpoint(chosen)
                .setDiscoveryEndpoints(offered)
                .setSessionEndpointValidationEnabled(false)
                .setSessionTimeout(uint(SESSION_TIMEOUT_MILLIS))
                .setRequestTimeout(uint(settings.timeout().toMillis()))
                .setKeepAliveInterval(uint(KEEP_ALIVE_MILLIS))
                .setKeepAliveTimeout(uint(KEEP_ALIVE_MILLIS))
                .setKeepAliveFailuresAllowed(uint(0));
        if (settings.security() != SecurityPolicy.None) {
            config.setCertificateValidator(trust);
        }
        if (settings.user().isPresent() && settings.passwordFile().isPresent()) {
            byte[] password = password(settings.passwordFile().get());
            config.setIdentityProvider(new UsernameProvider(settings.user().get(), password::clone, trust));
        }
        return config;
    }

    private static byte[] password(Path file) throws LinkException {
        try {
            byte[] content = Files.readAllBytes(file);
            int length = content.length;
            while (length > 0 && (content[length - 1] == '\n' || content[length - 1] == '\r')) {
                length--;
            }
            if (length > 0 && length <= MOST_PASSWORD_BYTES) {
                return Arrays.copyOf(content, length);
            }
        } catch (IOException e) {
            // Reported below.
        }
        throw LinkException.refused(
                Quality.BAD_CONFIGURATION_ERROR,
                Told.of(
                                "opcua-password-file",
                                "the password-file {file} cannot be read or holds no password; it should hold it in "
                                        + "one line")
                        .with("file", file));
    }

    private void transport(OpcTcpClientTransportConfigBuilder transport) {
        transport
                .setConnectTimeout(uint(settings.timeout().toMillis()))
                .setAcknowledgeTimeout(uint(settings.timeout().toMillis()));
    }

    private <T> T await(CompletableFuture<T> future, int timeouts)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(timeouts * settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private Failures failures(String ownCertificate) {
        return new Failures(settings.address().toString(), settings.timeout().toMillis(), ownCertificate);
    }
}
