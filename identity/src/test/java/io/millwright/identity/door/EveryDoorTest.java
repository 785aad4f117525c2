package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Endpoint;
import io.millwright.identity.client.HandleClient;
import io.millwright.identity.client.Resolution;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.server.DnsServer;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.naming.directory.InitialDirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The same record through each door, over sockets: Java's own HTTP and DNS clients are the peers, and curl and dig
/// where they are installed.
class EveryDoorTest {

    private Registered registered;
    private DnsServer dns;
    private HttpClient http;

    @BeforeEach
    void start() throws Exception {
        registered = new Registered();
        dns = DnsServer.bind(InetAddress.getLoopbackAddress(), 0, Time.system());
        dns.serve(new DnsDoor(registered.server.node(), Registered.PREFIX, DnsDoor.ORS_ZONE));
        http = HttpClient.newHttpClient();
    }

    @AfterEach
    void stop() throws Exception {
        http.close();
        dns.close();
        registered.close();
    }

    private String base() {
        return "http://127.0.0.1:"
                + registered.server.httpAddress().orElseThrow().getPort();
    }

    private HttpResponse<String> get(String target) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(base() + target)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode json(String target) throws Exception {
        return Json.read(Octets.utf8(get(target).body()));
    }

    private static HandleRecord resolved(Endpoint endpoint) {
        try (var client = HandleClient.to(endpoint)) {
            return switch (client.resolve(Handle.of(Registered.TANK))) {
                case Resolution.Found(var found, var _) -> found;
                case Resolution other -> throw new AssertionError(other);
            };
        }
    }

    private List<String> pointers() throws Exception {
        var environment = new Hashtable<String, Object>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put(
                "java.naming.provider.url", "dns://127.0.0.1:" + dns.address().getPort() + "/");
        var context = new InitialDirContext(environment);
        var found = context.getAttributes("7.999.2.oid-res.org", new String[] {"NAPTR"})
                .get("NAPTR");
        var rules = new ArrayList<String>();
        Collections.list(found.getAll()).forEach(rule -> rules.add(String.valueOf(rule)));
        context.close();
        return rules;
    }

    private static String valueOf(JsonNode values, String type, String... path) {
        for (var value : values) {
            if (value.path("type").asString("").equals(type)) {
                var found = value;
                for (var step : path) {
                    found = found.path(step);
                }
                return found.stringValue();
            }
        }
        throw new AssertionError("no " + type + " in " + values);
    }

    @Test
    void everyDoorLeadsToTheSamePage() throws Exception {
        var pages = new ArrayList<String>();
        pages.add(resolved(Endpoint.udp(registered.server.udpAddress().orElseThrow()))
                .textOf("URL")
                .orElseThrow());
        pages.add(resolved(Endpoint.tcp(registered.server.tcpAddress().orElseThrow()))
                .textOf("URL")
                .orElseThrow());
        pages.add(resolved(Endpoint.http(registered.server.httpAddress().orElseThrow()))
                .textOf("URL")
                .orElseThrow());
        pages.add(valueOf(json("/api/handles/88.118.7/tank-1").path("values"), "URL", "data", "value"));
        var link = get("/8004/9506000111111tank1");
        assertEquals(307, link.statusCode());
        pages.add(link.headers().firstValue("Location").orElseThrow());
        pages.add(json("/8004/9506000111111tank1?linkType=linkset")
                .path("linkset")
                .path(0)
                .path("https://gs1.org/voc/defaultLink")
                .path(0)
                .path("href")
                .stringValue());
        pages.add(json("/1.0/identifiers/did:web:id.example.org:88.118.7:tank-1")
                .path("didDocument")
                .path("service")
                .path(0)
                .path("serviceEndpoint")
                .stringValue());
        pages.add(json("/88.118.7/tank-1/did.json")
                .path("service")
                .path(0)
                .path("serviceEndpoint")
                .stringValue());
        var uri = pointers().stream()
                .filter(p -> p.contains("ORS+UINF"))
                .findFirst()
                .orElseThrow();
        pages.add(uri.substring(uri.indexOf('!') + 6, uri.lastIndexOf('!')));
        pages.add(valueOf(
                json("/api/v1/doip?targetId=88.118.7%2Ftank-1&operationId=0.DOIP%2FOp.Retrieve")
                        .path("data")
                        .path("attributes")
                        .path("elements"),
                "URL",
                "value"));
        pages.add(valueOf(
                json("/identityv2/data/detail?handle=88.118.7/tank-1")
                        .path("data")
                        .path("value"),
                "URL",
                "data",
                "value"));
        assertEquals(Collections.nCopies(11, Registered.PAGE), pages);
    }

    @Test
    void noDoorShowsTheSecret() throws Exception {
        for (var target : List.of(
                "/api/handles/88.118.7/tank-1",
                "/8004/9506000111111tank1?linkType=linkset",
                "/1.0/identifiers/did:web:id.example.org:88.118.7:tank-1",
                "/api/v1/doip?targetId=88.118.7%2Ftank-1&operationId=0.DOIP%2FOp.Retrieve",
                "/identityv2/data/detail?handle=88.118.7/tank-1")) {
            assertTrue(!get(target).body().contains("secret"), target);
        }
    }

    /// The codes of the interface's own documentation: 104 not there, 405 no such operation, 106 what is missing.
    @Test
    void theEnterpriseNodeSaysWhatIsMissing() throws Exception {
        var retrieve = "/api/v1/doip?operationId=0.DOIP/Op.Retrieve&targetId=";
        assertEquals(1, json(retrieve + "88.118.7/tank-1").path("code").intValue());
        assertEquals(104, json(retrieve + "88.118.7/nothing").path("code").intValue());
        assertEquals(
                106,
                json("/api/v1/doip?operationId=0.DOIP/Op.Retrieve").path("code").intValue());
        assertEquals(
                405,
                json("/api/v1/doip?operationId=x&targetId=88.118.7/tank-1")
                        .path("code")
                        .intValue());
        assertEquals(-2, json("/identityv2/data/detail").path("status").intValue());
        assertEquals(
                "缺少必要的请求参数: handle",
                json("/identityv2/data/detail").path("message").stringValue());
        assertEquals(
                1,
                json("/identityv2/data/detail?handle=88.118.7/tank-1")
                        .path("status")
                        .intValue());
    }

    @Test
    void curlFollowsADigitalLinkAndAsksForHeadsOnly() throws Exception {
        assumeInstalled("curl");
        var head = run("curl", "-sS", "-I", base() + "/8004/9506000111111tank1");
        assertTrue(head.startsWith("HTTP/1.1 307 "), head);
        assertTrue(head.contains("Location: " + Registered.PAGE), head);
        var listed = run("curl", "-sS", "-H", "Accept: application/linkset+json", base() + "/01/09506000149189");
        assertTrue(listed.contains("\"anchor\":\"https://id.example.org/01/09506000149189\""), listed);
        var twice = run("curl", "-sS", base() + "/api/site", base() + "/api/handles/88.118.7/tank-1");
        assertTrue(twice.contains("\"site\"") && twice.contains(Registered.PAGE), twice);
    }

    @Test
    void digFindsTheServicesOfAnObjectIdentifier() throws Exception {
        assumeInstalled("dig");
        var port = Integer.toString(dns.address().getPort());
        for (var way : List.of("+notcp", "+tcp")) {
            var found = run("dig", "@127.0.0.1", "-p", port, way, "+short", "7.999.2.oid-res.org", "NAPTR");
            assertTrue(found.contains("\"ORS+UINF\" \"!^.*$!https://example.org/tank-1!\" ."), found);
        }
    }

    /// What cannot be served is refused, and the connection ends; the next client is served.
    @Test
    void brokenRequestsAreRefused() throws Exception {
        assertTrue(raw("GET /x\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(raw("PUT /api/handles/88.118.7/x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                .startsWith("HTTP/1.1 411 "));
        assertTrue(raw("PUT /api/handles/88.118.7/x HTTP/1.1\r\nContent-Length: 600000\r\n\r\n")
                .startsWith("HTTP/1.1 413 "));
        assertTrue(raw("GET /a\tb HTTP/1.1\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 400 "));
        assertTrue(raw("GET http://elsewhere/ HTTP/1.1\r\nConnection: close\r\n\r\n")
                .startsWith("HTTP/1.1 400 "));
        assertTrue(raw("BREW / HTTP/1.1\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 405 "));
        assertEquals(200, get("/api/site").statusCode());
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(
                InetAddress.getLoopbackAddress(),
                registered.server.httpAddress().orElseThrow().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assumeInstalled(String program) throws Exception {
        boolean installed;
        try {
            installed = new ProcessBuilder(program, program.equals("dig") ? "-v" : "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            installed = false;
        }
        Assumptions.assumeTrue(installed, program + " is not installed");
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            return text;
        }
    }
}
