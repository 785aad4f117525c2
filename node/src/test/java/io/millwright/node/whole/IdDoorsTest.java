package io.millwright.node.whole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.VerificationKey;
import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.Site;
import io.millwright.identity.record.ValueTypes;
import io.millwright.node.runtime.RuntimeSettings;
import io.millwright.testkit.Await;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.naming.directory.InitialDirContext;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `mw id serve` with all its doors open, as a process: what is written through one is read through all others, and
/// is there still when the process was killed.
class IdDoorsTest {

    private static final String SECRET = "correct horse battery staple";
    private static final String PUMP = "88.118.7/8004/9506000111111tank1";
    private static final String PAGE = "https://example.org/pump-1";
    private static final String TEMPLATE = """
            {"classifyCode":"sp","metaHandle":"88.118.7/META_pump","metaName":"泵","metaCode":"pump",
             "industryCategory":"C","industrySpecific":"34","industryTrade":"344","industrySubclass":"3441",
             "metaItemCreateDTOS":[{"itemCode":"1","englishName":"URL","chineseName":"网址","required":1,
              "itemSchemaCreateDTO":{"minLength":1,"maxLength":200,"dataType":1}}]}""";
    private static final String RECORD = """
            {"type":"88.118.7/META_pump","attributes":{"content":{"URL":"%s"}}}""".formatted(PAGE);

    @TempDir
    private Path folder;

    private MwProcess serve(String role, String prefix, String... more) throws IOException {
        var secret = folder.resolve("secret");
        Files.writeString(secret, SECRET);
        var arguments = new ArrayList<>(List.of("id", "serve", "--role", role, "--prefix", prefix, "--json"));
        arguments.addAll(List.of(
                "--secret", secret.toString(), "--data", folder.resolve("data").toString()));
        arguments.addAll(List.of("--at", "127.0.0.1:0", "--http-port", "0", "--https-port", "0", "--dns-port", "0"));
        arguments.addAll(List.of(more));
        return MwProcess.start(folder, arguments.toArray(String[]::new));
    }

    private record Web(HttpClient client, String base) {

        JsonNode ask(String method, String target, String authorization, String content) throws Exception {
            var request = HttpRequest.newBuilder(URI.create(base + target))
                    .method(method, HttpRequest.BodyPublishers.ofString(content));
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared().readTree(answer.body());
        }

        HttpResponse<String> get(String target) throws Exception {
            return client.send(
                    HttpRequest.newBuilder(URI.create(base + target)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String basic(String user) {
        var pair = user.replace(":", "%3A").replace("/", "%2F") + ":" + SECRET;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static InetSocketAddress address(JsonNode ready, String door) {
        var text = ready.get(door).asString();
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static Web plain(JsonNode ready) {
        return new Web(HttpClient.newHttpClient(), "http://" + ready.get("http").asString());
    }

    /// A client that trusts this certificate and no other, and looks at the name in it.
    private static Web secure(JsonNode ready, Certificate trusted) throws Exception {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("node", trusted);
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        var client = HttpClient.newBuilder().sslContext(context).build();
        return new Web(client, "https://" + ready.get("https").asString());
    }

    /// What the node shows, whoever it is.
    private static Certificate shown(InetSocketAddress address) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TakesAll()}, null);
        var sockets = context.getSocketFactory();
        try (var socket = (SSLSocket) sockets.createSocket(address.getAddress(), address.getPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class TakesAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private static String page(Endpoint endpoint) {
        try (var client = HandleClient.to(endpoint)) {
            return client.resolve(Handle.of(PUMP)) instanceof Resolution.Found(var found, var _)
                    ? found.textOf("URL").orElseThrow()
                    : "not found at " + endpoint;
        }
    }

    private static String pointers(InetSocketAddress dns) throws Exception {
        var environment = new Hashtable<String, Object>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", "dns://127.0.0.1:" + dns.getPort() + "/");
        var context = new InitialDirContext(environment);
        try {
            return context.getAttributes("7.999.2.oid-res.org", new String[] {"NAPTR"})
                    .toString();
        } finally {
            context.close();
        }
    }

    /// Registers an application that may register, by the Handle REST API, as the steward.
    private static void admit(Web web, KeyPair key) throws Exception {
        var publicKey = new VerificationKey.Standard(key.getPublic()).encode().toByteArray();
        var app = "[{\"index\":300,\"type\":\"HS_PUBKEY\",\"data\":{\"format\":\"base64\",\"value\":\"%s\"}}]"
                .formatted(Base64.getEncoder().encodeToString(publicKey));
        var steward = basic("300:0.NA/88.118.7");
        assertEquals(
                1,
                web.ask("PUT", "/api/handles/88.118.7/App_mes", steward, app)
                        .path("responseCode")
                        .asInt());
        var admin = "[{\"index\":101,\"type\":\"HS_ADMIN\",\"data\":{\"format\":\"admin\",\"value\":"
                + "{\"handle\":\"88.118.7/App_mes\",\"index\":300,\"permissions\":\"100000000001\"}}}]";
        assertEquals(
                1,
                web.ask("PUT", "/api/handles/0.NA/88.118.7?index=101", steward, admin)
                        .path("responseCode")
                        .asInt());
        var alias = "[{\"index\":1,\"type\":\"HS_ALIAS\",\"data\":\"%s\"}]".formatted(PUMP);
        assertEquals(
                1,
                web.ask("PUT", "/api/handles/88.118.7/2.999.7", steward, alias)
                        .path("responseCode")
                        .asInt());
    }

    private static String logIn(Web web, KeyPair key) throws Exception {
        var nonce = web.ask("GET", "/api/v1/doip/public/challenge?handle=88.118.7/App_mes", "", "")
                .path("data")
                .asString();
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(nonce.getBytes(StandardCharsets.UTF_8));
        var answer = "{\"handle\":\"88.118.7/App_mes\",\"signature\":\"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(signature.sign()));
        return "Bearer "
                + web.ask("POST", "/api/v1/doip/public/verify-response", "", answer)
                        .path("data")
                        .path("token")
                        .asString();
    }

    private static void assertCode(int code, JsonNode json) {
        assertEquals(code, json.path("code").asInt(), json.toString());
    }

    private static void assertEveryDoorLeadsToThePage(JsonNode ready, Web web) throws Exception {
        assertEquals(PAGE, page(Endpoint.udp(address(ready, "identifiers"))));
        assertEquals(PAGE, page(Endpoint.tcp(address(ready, "identifiers"))));
        assertEquals(PAGE, page(Endpoint.http(address(ready, "http"))));
        assertEquals(
                PAGE,
                web.ask("GET", "/api/handles/" + PUMP + "?type=URL", "", "")
                        .at("/values/0/data/value")
                        .asString());
        var link = web.get("/8004/9506000111111tank1");
        assertEquals(307, link.statusCode(), link.body());
        assertEquals(PAGE, link.headers().firstValue("Location").orElseThrow());
        var did = "did:web:" + ready.get("https").asString().replace(":", "%253A") + ":88.118.7:2.999.7";
        assertEquals(
                PAGE,
                web.ask("GET", "/1.0/identifiers/" + did, "", "")
                        .at("/didDocument/service/0/serviceEndpoint")
                        .asString());
        assertTrue(pointers(address(ready, "dns")).contains("!^.*$!" + PAGE + "!"));
        var retrieved = web.ask("GET", "/api/v1/doip?operationId=0.DOIP/Op.Retrieve&targetId=" + PUMP, "", "");
        assertEquals(PAGE, retrieved.at("/data/attributes/elements/0/value").asString(), retrieved.toString());
        var detail = web.ask("GET", "/identityv2/data/detail?handle=" + PUMP, "", "");
        assertTrue(detail.at("/data/value").toString().contains("\"" + PAGE + "\""), detail.toString());
    }

    @Test
    void whatTheEnterpriseInterfaceWritesIsReadThroughEveryDoorAndOutlivesAKill() throws Exception {
        var key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        try (var process = serve("enterprise", "88.118.7")) {
            var ready = process.ready();
            var certificate = shown(address(ready, "https"));
            assertEquals(siteKey(ready), new VerificationKey.Standard(certificate.getPublicKey()));
            var web = secure(ready, certificate);
            admit(web, key);
            var token = logIn(web, key);
            assertCode(1, web.ask("POST", "/api/v1/open/meta/create", token, TEMPLATE));
            var publish = "{\"metaHandleList\":[\"88.118.7/META_pump\"],\"opType\":\"publish\"}";
            assertCode(10_000, web.ask("PUT", "/api/v1/open/meta/publish-or-withdraw", token, publish));
            var create = "/api/v1/doip?operationId=0.DOIP/Op.Create&targetId=" + PUMP;
            assertCode(401, web.ask("POST", create, "Bearer x", RECORD));
            assertCode(10_000, web.ask("POST", create, token, RECORD));
            assertEveryDoorLeadsToThePage(ready, web);
            assertEveryDoorLeadsToThePage(ready, plain(ready));
        }
        try (var process = serve("enterprise", "88.118.7")) {
            var ready = process.ready();
            var web = secure(ready, shown(address(ready, "https")));
            assertEveryDoorLeadsToThePage(ready, web);
            var token = logIn(web, key);
            var delete = "/api/v1/doip?operationId=0.DOIP/Op.Delete&targetId=" + PUMP;
            assertCode(10_000, web.ask("POST", delete, token, ""));
            assertEquals(
                    "not found",
                    page(Endpoint.udp(address(ready, "identifiers"))).substring(0, 9));
            assertEquals(404, web.get("/8004/9506000111111tank1").statusCode());
        }
    }

    /// The key that the node's own record tells.
    private static VerificationKey siteKey(JsonNode ready) throws Exception {
        try (var client = HandleClient.to(Endpoint.udp(address(ready, "identifiers")))) {
            if (client.resolve(Handle.of("0.NA/88.118.7")) instanceof Resolution.Found(var found, var _)) {
                var site = Site.decode(
                        found.valuesOf(ValueTypes.HS_SITE).getFirst().data());
                return VerificationKey.decode(site.servers().getFirst().publicKey());
            }
        }
        throw new AssertionError("the node does not tell its site");
    }

    private static String row(String handle, String name) {
        return """
                {"handle":"88.118/%s","templateVersion":"1.0","value":[
                 {"data":{"format":"string","value":"%s"},"index":2000,"type":"name"}]}""".formatted(handle, name);
    }

    private static void assertStatus(int status, JsonNode json) {
        assertEquals(status, json.path("status").asInt(), json.toString());
    }

    private static String token(Web web, String password) throws Exception {
        var logIn = "{\"username\":\"300:0.NA/88.118\",\"password\":\"%s\"}".formatted(password);
        return "Bearer "
                + web.ask("POST", "/identity/token", "", logIn)
                        .at("/data/token")
                        .asString("");
    }

    /// Token, template, registration, detail, batch, deletion, and what does not go, over a certificate from files.
    @Test
    void theSecondLevelInterfaceDoesWhatItsDocumentationSays() throws Exception {
        var files = certificate();
        try (var process = serve("second-level", "88.118", files)) {
            var ready = process.ready();
            var web = secure(ready, read(folder.resolve("cert.pem")));
            assertEquals("Bearer ", token(web, "wrong"));
            var token = token(web, SECRET);
            var template = """
                    {"prefix":"88.118","version":"1.0","industryCategory":"C","industrySpecific":"34",
                     "industryTrade":"344","industrySubclass":"3441","type":2,
                     "items":[{"name":"名称","idType":"name","idIndex":2000,"required":true,
                     "metadata":{"type":"string","minLength":1,"maxLength":10}}]}""";
            assertStatus(-1, web.ask("POST", "/snms/api/v5/template", "Bearer wrong", template));
            assertStatus(1, web.ask("POST", "/snms/api/v5/template", token, template));
            assertStatus(-2, web.ask("POST", "/identityv2/data", token, row("p1", "far too long for it")));
            assertStatus(1, web.ask("POST", "/identityv2/data", token, row("p1", "泵")));
            var handles = plain(ready).ask("GET", "/api/handles/88.118/p1?type=name", "", "");
            assertEquals("泵", handles.at("/values/0/data/value").asString());
            var batch = web.ask(
                    "POST", "/identityv2/data/batchCreate", token, "[" + row("p1", "a") + "," + row("p2", "b") + "]");
            assertEquals("标识对象已存在", batch.at("/data/0/msg").asString());
            assertEquals("success", batch.at("/data/1/msg").asString());
            var gone = web.ask("DELETE", "/identityv2/data/batchDelete", token, "[\"88.118/p1\",\"88.118/p9\"]");
            assertEquals(1, gone.at("/data/0/code").asInt());
            assertEquals(-2, gone.at("/data/1/code").asInt());
            assertStatus(1, web.ask("GET", "/identityv2/data/detail?handle=88.118/p2", token, ""));
        }
        try (var process = serve("second-level", "88.118", "--token-life", "1s")) {
            var web = plain(process.ready());
            var token = token(web, SECRET);
            Await.until(() -> "the token ends", () -> {
                try {
                    return web.ask("DELETE", "/identityv2/data", token, "{}")
                                    .path("status")
                                    .asInt()
                            == -1;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertStatus(1, web.ask("GET", "/identityv2/data/detail?handle=88.118/p2", "", ""));
        }
    }

    private static Certificate read(Path file) throws Exception {
        try (var in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    /// Options with a certificate that OpenSSL made.
    private String[] certificate() throws Exception {
        var cert = folder.resolve("cert.pem").toString();
        var key = folder.resolve("key.pem").toString();
        boolean made;
        try {
            var openssl = new ProcessBuilder(
                            "openssl",
                            "req",
                            "-x509",
                            "-newkey",
                            "ec",
                            "-pkeyopt",
                            "ec_paramgen_curve:prime256v1",
                            "-nodes",
                            "-days",
                            "2",
                            "-subj",
                            "/CN=node",
                            "-addext",
                            "subjectAltName=IP:127.0.0.1",
                            "-out",
                            cert,
                            "-keyout",
                            key)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("openssl.out").toFile())
                    .start();
            made = openssl.waitFor(30, TimeUnit.SECONDS) && openssl.exitValue() == 0;
        } catch (IOException e) {
            made = false;
        }
        Assumptions.assumeTrue(made, "openssl is not installed");
        return new String[] {"--tls-cert", cert, "--tls-key", key};
    }

    @Test
    void everyAssetOfThePlantIsFoundThroughTheDoorsOfMwUpWhoeverHasTheirPorts() throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        try (var http = new ServerSocket();
                var dns = new DatagramSocket(null)) {
            take(() -> http.bind(new InetSocketAddress(loopback, RuntimeSettings.DOORS_HTTP_PORT)));
            take(() -> dns.bind(new InetSocketAddress(loopback, RuntimeSettings.DOORS_DNS_PORT)));
            everyAssetIsFound(freePort());
        }
    }

    private interface Taking {
        void port() throws IOException;
    }

    /// Whether it is this test that has the port or another program does not matter.
    private static void take(Taking taking) {
        try {
            taking.port();
        } catch (IOException e) {
            // Taken already.
        }
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private void everyAssetIsFound(int handlePort) throws Exception {
        var plant = MwProcess.root().resolve("examples/demo/plant.yaml").toString();
        var data = folder.resolve("up").toString();
        var ports = List.of("--http", "127.0.0.1:0", "--handle", "127.0.0.1:" + handlePort, "--data", data);
        var arguments = new ArrayList<>(List.of("up", plant, "--json"));
        arguments.addAll(ports);
        try (var process = MwProcess.start(folder, arguments.toArray(String[]::new))) {
            var ready = process.ready();
            var base = ready.get("identifiersHttp").asString();
            assertTrue(!base.endsWith(":" + RuntimeSettings.DOORS_HTTP_PORT + "/"), base);
            var named = address(ready, "identifiersDns");
            assertTrue(named.getPort() != RuntimeSettings.DOORS_DNS_PORT, named.toString());
            assertEquals("No attributes", pointers(named), "the name is told to exist; no asset has it");
            var web = new Web(HttpClient.newHttpClient(), base.substring(0, base.length() - 1));
            var page = web.ask("GET", "/api/handles/88.118.7/pump-1?type=URL", "", "")
                    .at("/values/0/data/value")
                    .asString();
            assertTrue(page.endsWith("#/identifiers/88.118.7/pump-1"), page);
            assertEquals(
                    page,
                    web.ask("GET", "/88.118.7/pump-1/did.json", "", "")
                            .at("/service/0/serviceEndpoint")
                            .asString());
            var detail = web.ask("GET", "/identityv2/data/detail?handle=88.118.7/pump-1", "", "");
            assertTrue(detail.toString().contains(page), detail.toString());
            assertStatus(-1, web.ask("POST", "/identityv2/data", "", "{}"));
        }
    }
}
