package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millwright.model.Time;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import net.handle.hdllib.AbstractMessage;
import net.handle.hdllib.AbstractRequest;
import net.handle.hdllib.AbstractResponse;
import net.handle.hdllib.AddValueRequest;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.HandleException;
import net.handle.hdllib.HandleResolver;
import net.handle.hdllib.HandleValue;
import net.handle.hdllib.Interface;
import net.handle.hdllib.ResolutionRequest;
import net.handle.hdllib.SecretKeyAuthenticationInfo;
import net.handle.hdllib.ServerInfo;
import net.handle.hdllib.SiteInfo;
import net.handle.util.AutoSelfSignedKeyManager;
import org.junit.jupiter.api.Test;

/// The public client asks over HTTPS, and takes no other certificate than one with the key that the node's site
/// tells.
class HttpsTest {

    private static final byte[] OWNER = AdministeredNode.OWNER.toString().getBytes(StandardCharsets.UTF_8);

    private static AdministeredNode node(KeyPair certified) throws Exception {
        var manager = new AutoSelfSignedKeyManager("node", certified.getPublic(), certified.getPrivate());
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {manager}, null, null);
        var settings = ServerSettings.freePorts().withTls(new ServerSettings.Tls(0, context));
        return new AdministeredNode(settings, AdministeredNode.usual(), Time.system());
    }

    private static AbstractResponse ask(AdministeredNode node, AbstractRequest request) throws Exception {
        SiteInfo site = Encoder.decodeSiteInfoRecord(node.server.site().encode().toByteArray(), 0);
        ServerInfo server = site.servers[0];
        server.interfaces = Arrays.stream(server.interfaces)
                .filter(i -> i.protocol == Interface.SP_HDL_HTTPS)
                .toArray(Interface[]::new);
        assertEquals(node.server.httpsAddress().orElseThrow().getPort(), server.interfaces[0].port);
        var resolver = new HandleResolver();
        resolver.setTcpTimeout(10_000);
        resolver.setSessionTracker(null);
        return resolver.sendRequestToSite(request, site, Interface.SP_HDL_HTTPS);
    }

    @Test
    void resolvesAndChanges() throws Exception {
        try (var node = node(AdministeredNode.NODE_KEYS)) {
            var query = new ResolutionRequest(OWNER, null, null, null);
            assertEquals(AbstractMessage.RC_SUCCESS, ask(node, query).responseCode);
            var identity = new SecretKeyAuthenticationInfo(
                    OWNER, AdministeredNode.SECRET_KEY, AdministeredNode.SECRET.toByteArray());
            var value = new HandleValue(
                    1, "DESC".getBytes(StandardCharsets.UTF_8), "by HTTPS".getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    AbstractMessage.RC_SUCCESS, ask(node, new AddValueRequest(OWNER, value, identity)).responseCode);
        }
    }

    @Test
    void anotherCertificateIsNotTaken() throws Exception {
        try (var node = node(AdministeredNode.RSA_KEYS)) {
            var query = new ResolutionRequest(OWNER, null, null, null);
            assertThrows(HandleException.class, () -> ask(node, query));
        }
    }
}
