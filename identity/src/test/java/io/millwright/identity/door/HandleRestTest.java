package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The Handle REST API against a node that can be changed (Handle.Net Technical Manual, chapter 14).
class HandleRestTest {

    private static final String OWNER = "301:0.NA/88.118.7";
    private static final String VALVE = "/api/handles/88.118.7/valve-1";
    private static final String ONE_VALUE =
            "[{\"index\":1,\"type\":\"URL\",\"data\":{\"format\":\"string\",\"value\":\"https://example.org/v\"}}]";

    private AdministeredNode node;
    private WebDoors doors;

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
        doors = new WebDoors(node.server.node(), Registered.SETTINGS);
        node.registry.register(new HandleRecord(
                Handle.of("88.118.7/pump-1"),
                List.of(
                        HandleValue.published(1, "URL", "https://example.org/pump-1", AdministeredNode.NOW),
                        HandleValue.published(2, "DESC", "Pump", AdministeredNode.NOW))));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private WebAnswer ask(String method, String target, String user, String content) {
        var fields = user.isEmpty() ? Map.<String, String>of() : Map.of("authorization", basic(user));
        return doors.answer(WebRequest.of(method, target, fields, Octets.utf8(content)));
    }

    private static String basic(String user) {
        var pair = user.replace(":", "%3A").replace("/", "%2F") + ":" + AdministeredNode.SECRET.text();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode json(WebAnswer answer) {
        try {
            return Json.read(answer.content());
        } catch (RefusedException e) {
            throw new AssertionError(answer.content().text(), e);
        }
    }

    private static void assertAnswered(int status, int code, WebAnswer answer) {
        assertEquals(status, answer.status(), answer.content().text());
        assertEquals(
                code,
                json(answer).path("responseCode").intValue(),
                answer.content().text());
    }

    @Test
    void aHandleIsReadWholeOrByIndexAndType() {
        var whole = ask("GET", "/api/handles/88.118.7/pump-1", "", "");
        assertAnswered(200, 1, whole);
        assertEquals("88.118.7/pump-1", json(whole).path("handle").stringValue());
        assertEquals(2, json(whole).path("values").size());
        var url = json(ask("GET", "/api/handles/88.118.7%2Fpump-1?type=url", "", ""));
        assertEquals(1, url.path("values").size());
        assertEquals(
                "https://example.org/pump-1",
                url.path("values").path(0).path("data").path("value").stringValue());
        assertEquals(
                2,
                json(ask("GET", "/api/handles/88.118.7/pump-1?index=1&index=2", "", ""))
                        .path("values")
                        .size());
        assertAnswered(200, 200, ask("GET", "/api/handles/88.118.7/pump-1?type=EMAIL", "", ""));
    }

    /// The statuses that go with response codes 100, 102, 301 and requests that cannot be read.
    @Test
    void whatIsNotThereHasItsStatus() {
        assertAnswered(404, 100, ask("GET", "/api/handles/88.118.7/pump-9", "", ""));
        assertAnswered(400, 301, ask("GET", "/api/handles/10.1000/1", "", ""));
        assertAnswered(400, 102, ask("GET", "/api/handles/nothing", "", ""));
        assertAnswered(400, 4, ask("GET", "/api/handles/88.118.7/pump-1?index=x", "", ""));
        assertAnswered(400, 4, ask("GET", "/api/handles/88.118.7/%ff", "", ""));
        assertEquals(404, ask("GET", "/api/nothing", "", "").status());
        assertEquals(405, ask("POST", "/api/handles/88.118.7/pump-1", "", "").status());
    }

    @Test
    void whatOnlyAdministratorsMayReadIsAskedForByThemOnly() {
        var prefix = "/api/handles/0.NA/88.118.7";
        assertFalse(ask("GET", prefix, "", "").content().text().contains("HS_SECKEY"));
        assertFalse(ask("GET", prefix, "", "").content().text().contains("correct horse"));
        assertAnswered(403, 401, ask("GET", prefix + "?index=301", OWNER, ""));
    }

    @Test
    void whoeverChangesShowsCredentials() {
        var stranger = ask("PUT", VALVE, "", ONE_VALUE);
        assertAnswered(401, 402, stranger);
        assertTrue(stranger.fields().getOrDefault("WWW-Authenticate", "").startsWith("Basic "));
        assertAnswered(403, 403, ask("PUT", VALVE, "300:0.NA/88.118.7", ONE_VALUE));
        assertAnswered(403, 400, ask("DELETE", "/api/handles/88.118.7/pump-1", "310:0.NA/88.118.7", ""));
        assertAnswered(401, 402, ask("DELETE", "/api/handles/88.118.7/pump-1", "", ""));
        assertEquals(2, node.registry.size(), "nothing was changed");
    }

    @Test
    void aHandleIsCreatedReplacedAndDeleted() {
        assertAnswered(201, 1, ask("PUT", VALVE, OWNER, owned("https://example.org/v")));
        assertAnswered(409, 101, ask("PUT", VALVE + "?overwrite=false", OWNER, owned("https://example.org/w")));
        assertAnswered(200, 1, ask("PUT", VALVE, OWNER, owned("https://example.org/w")));
        assertEquals(
                "https://example.org/w",
                node.registry
                        .find(Handle.of("88.118.7/valve-1"))
                        .orElseThrow()
                        .textOf("URL")
                        .orElseThrow());
        assertAnswered(200, 1, ask("DELETE", VALVE, OWNER, ""));
        assertAnswered(404, 100, ask("GET", VALVE, "", ""));
        assertAnswered(404, 100, ask("DELETE", VALVE, OWNER, ""));
        assertAnswered(400, 202, ask("PUT", VALVE, OWNER, "[]"));
    }

    /// Values with their administrator, the owner of the prefix.
    private static String owned(String url) {
        return """
                {"values":[{"index":1,"type":"URL","data":{"format":"string","value":"%s"}},
                {"index":100,"type":"HS_ADMIN","data":{"format":"admin","value":
                {"handle":"0.NA/88.118.7","index":301,"permissions":"011111110010"}}}]}""".formatted(url);
    }

    /// As the protocol has it: what no HS_ADMIN value says is nobody's to do.
    @Test
    void aHandleWithoutAdministratorStaysAsItIs() {
        assertAnswered(201, 1, ask("PUT", VALVE, OWNER, ONE_VALUE));
        assertAnswered(403, 400, ask("PUT", VALVE, OWNER, ONE_VALUE));
        assertAnswered(403, 400, ask("DELETE", VALVE, OWNER, ""));
    }

    @Test
    void singleValuesAreAddedReplacedAndRemoved() {
        var target = "/api/handles/0.NA/88.118.7";
        var value = ONE_VALUE.replace("\"index\":1", "\"index\":7");
        assertAnswered(200, 1, ask("PUT", target + "?index=various", OWNER, value));
        assertAnswered(409, 201, ask("PUT", target + "?index=7&overwrite=false", OWNER, value));
        assertAnswered(400, 4, ask("PUT", target + "?index=8", OWNER, value));
        assertAnswered(200, 1, ask("DELETE", target + "?index=7", OWNER, ""));
        assertAnswered(404, 200, ask("DELETE", target + "?index=7", OWNER, ""));
        assertTrue(node.registry
                .find(AdministeredNode.OWNER)
                .orElseThrow()
                .value(300)
                .isPresent());
    }

    @Test
    void aSuffixIsChosenIfThatIsAskedFor() {
        var minted = ask("PUT", "/api/handles/88.118.7/v-?mintNewSuffix=true", OWNER, ONE_VALUE);
        assertAnswered(201, 1, minted);
        var handle = json(minted).path("handle").stringValue();
        assertTrue(handle.length() > "88.118.7/v-".length()
                && node.registry.find(Handle.of(handle)).isPresent());
    }

    @Test
    void handlesAreListedByPage() {
        assertAnswered(401, 402, ask("GET", "/api/handles?prefix=88.118.7", "", ""));
        for (int i = 0; i < 250; i++) {
            node.registry.register(new HandleRecord(
                    Handle.of("88.118.7/x" + i), List.of(HandleValue.published(1, "DESC", "x", AdministeredNode.NOW))));
        }
        var seen = new ArrayList<String>();
        for (int page = 0; page < 3; page++) {
            var listed = json(ask("GET", "/api/handles?prefix=88.118.7&pageSize=100&page=" + page, OWNER, ""));
            assertEquals(251, listed.path("totalCount").intValue());
            listed.path("handles").forEach(handle -> seen.add(handle.stringValue()));
        }
        assertEquals(251, seen.stream().distinct().count());
        assertEquals(251, seen.size());
        assertAnswered(400, 4, ask("GET", "/api/handles", OWNER, ""));
    }

    @Test
    void prefixesAreForStewardsAndTheSiteForAll() {
        assertAnswered(401, 402, ask("GET", "/api/prefixes", "", ""));
        assertEquals(
                "0.NA/88.118.7",
                json(ask("GET", "/api/prefixes", OWNER, ""))
                        .path("prefixes")
                        .path(0)
                        .stringValue());
        var site = json(ask("GET", "/api/site", "", "")).path("site");
        assertEquals(7, site.path("serialNumber").intValue());
        assertEquals(3, site.path("servers").path(0).path("interfaces").size());
    }

    @Test
    void anyPageMayReadAndNoneMayChange() {
        assertEquals(
                "*", ask("GET", "/api/handles/88.118.7/pump-1", "", "").fields().get("Access-Control-Allow-Origin"));
        var preflight = ask("OPTIONS", "/api/handles/88.118.7/pump-1", "", "");
        assertEquals(204, preflight.status());
        assertEquals("GET, HEAD, OPTIONS", preflight.fields().get("Access-Control-Allow-Methods"));
    }
}
