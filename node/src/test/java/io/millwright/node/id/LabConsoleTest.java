package io.millwright.node.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.client.Resolution;
import io.millwright.identity.client.Resolver;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueTypes;
import io.millwright.testkit.Await;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The API on identifiers, over a real tree of nodes. What is expected of a journey is what a resolver of its own sees;
/// what is expected of records is what lies in the node's ledger.
class LabConsoleTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PUMP = LabTree.FIRST_ENTERPRISE + "/pump-1";

    private static LabTree tree;
    private static LabConsole console;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        tree = new LabTree();
        console = LabConsole.start(tree, new InetSocketAddress("127.0.0.1", 0));
        client = HttpClient.newHttpClient();
        tree.start();
        tree.delegate("root", LabTree.NATIONAL, "national");
        tree.delegate("national", LabTree.SECOND, "second-level");
        tree.delegate("second-level", LabTree.FIRST_ENTERPRISE, "enterprise", "mirror");
        tree.delegate("second-level", LabTree.OTHER_ENTERPRISE, "other enterprise");
        put(PUMP, "a pump");
        console.enliven(0);
    }

    @AfterAll
    static void stop() throws Exception {
        client.shutdownNow();
        console.close();
        tree.close();
    }

    private static void put(String handle, String description) {
        var values = List.of(
                HandleValue.published(1, ValueTypes.DESC, description, 0), LabConsole.steward(tree, "enterprise"));
        Answers.done(tree.as("enterprise", c -> c.put(new HandleRecord(Handle.of(handle), values))));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create(console.url() + "api/v1" + path);
    }

    private static JsonNode get(String path) throws Exception {
        var response = send(HttpRequest.newBuilder(uri(path)));
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private static HttpResponse<String> post(String path, Map<String, ?> body) throws Exception {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body))));
    }

    private static JsonNode posted(String path, Map<String, ?> body) throws Exception {
        var response = post(path, body);
        assertEquals(200, response.statusCode(), response.body());
        return JSON.readTree(response.body());
    }

    private static String refused(int status, String path, Map<String, ?> body) throws Exception {
        var response = post(path, body);
        assertEquals(status, response.statusCode(), response.body());
        return JSON.readTree(response.body()).get("detail").asString();
    }

    /// The console's journey is that of `mw id resolve --root --trace`.
    @Test
    void aJourneyFromTheRootHasTheHopsThatAResolverSees() throws Exception {
        var hops = new ArrayList<Resolver.Hop>();
        var resolution = tree.search(PUMP, hops);
        assertTrue(resolution instanceof Resolution.Found, resolution.toString());
        var journey = posted("/journeys", Map.of("text", " hdl:" + PUMP));
        assertEquals("found", journey.get("outcome").asString());
        var expected = TraceLine.of(hops).stream()
                .map(l -> l.asked() + " " + l.what() + " " + l.answer())
                .toList();
        var told = new ArrayList<String>();
        var nodes = new ArrayList<String>();
        for (var hop : journey.get("hops")) {
            told.add(hop.get("asked").asString() + " " + hop.get("what").asString() + " "
                    + hop.get("answer").asString());
            nodes.add(hop.get("node").asString());
            assertTrue(hop.get("milliseconds").asDouble() > 0);
        }
        assertEquals(expected, told);
        assertEquals(List.of("root", "national", "second-level", "enterprise"), nodes);
        assertEquals("a pump", journey.at("/values/0/text").asString());
    }

    /// RFC 3652, section 3.1; GS1 Digital Link: the record of a GTIN stands under its path, and a lot's under it.
    @Test
    void aCodeOfGs1LeadsThroughTheRecursiveNodeToItsRecordAndThenToMemory() throws Exception {
        var scanned = Map.of("text", "]d20109506000134352", "via", "recursive");
        var first = posted("/journeys", scanned);
        assertEquals("gs1", first.at("/code/scheme").asString());
        assertEquals("88.118.7/01/09506000134352", first.get("handle").asString());
        assertEquals("recursive", first.at("/hops/0/node").asString());
        assertTrue(first.at("/hops/0/memory").isNull(), first.toString());
        var inner = new ArrayList<String>();
        first.get("hops").forEach(hop -> {
            if (!hop.get("inside").isNull()) {
                inner.add(hop.get("node").asString());
                assertEquals(1, hop.get("inside").asInt());
            }
        });
        assertEquals("enterprise", inner.getLast(), inner.toString());
        var second = posted("/journeys", scanned);
        assertEquals(1, second.get("hops").size(), second.toString());
        assertEquals("fresh", second.at("/hops/0/memory").asString());
        assertTrue(second.at("/hops/0/ageSeconds").asDouble() > 0);
    }

    @Test
    void aWrongCodeIsReadAndItsFaultHasItsPlace() throws Exception {
        var code = posted("/codes", Map.of("text", "(01)09506000134353"));
        assertFalse(code.get("valid").asBoolean());
        assertEquals(17, code.at("/faults/0/at").asInt());
        assertTrue(
                refused(400, "/journeys", Map.of("text", "(01)09506000134353")).contains("check digit"));
        assertTrue(refused(400, "/journeys", Map.of()).contains("`text` is missing"));
    }

    /// A page in the browser cannot make the node ask an address: only nodes are named, by their names.
    @Test
    void nobodyNamesAnAddressToAsk() throws Exception {
        for (var via : List.of("127.0.0.1:22", "http://169.254.169.254/", "root/../x")) {
            assertTrue(
                    refused(404, "/journeys", Map.of("text", PUMP, "via", via)).contains("no node"));
        }
        assertTrue(
                refused(404, "/records/read", Map.of("handle", "10.1000/182")).contains("no running node"));
        var foreign = send(HttpRequest.newBuilder(uri("/journeys"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + PUMP + "\"}")));
        assertEquals(415, foreign.statusCode());
    }

    @Test
    void theNodesTellTheirPlaceAndWhatTheyDo() throws Exception {
        var names = new HashMap<String, JsonNode>();
        get("/nodes").get("nodes").forEach(n -> names.put(n.get("name").asString(), n));
        assertEquals(7, names.size());
        assertEquals("root", names.get("national").get("above").asString());
        assertEquals("enterprise", names.get("mirror").get("follows").asString());
        assertTrue(names.get("mirror").get("administrator").isNull());
        assertEquals(
                tree.node("enterprise").ledger().size(),
                names.get("enterprise").get("records").asLong());
        Await.until(
                "the mirror has followed",
                () -> node("mirror").at("/replication/position").asLong()
                        == tree.node("enterprise").ledger().lastTransaction());
        Await.until("the recursive node is measured", () -> {
            boolean measured = false;
            for (var rate : node("recursive").get("rates")) {
                measured |= !rate.isNull();
            }
            return measured;
        });
        for (int i = 0; i < 20; i++) {
            posted("/journeys", Map.of("text", PUMP, "via", "recursive"));
        }
        Await.until(
                "requests are seen as a rate", () -> rates("recursive").stream().anyMatch(r -> r > 0));
        Await.until(
                "answers from memory are seen",
                () -> node("recursive").at("/cache/hitRate").asDouble() > 0.5);
    }

    private static JsonNode node(String name) {
        try {
            for (var node : get("/nodes").get("nodes")) {
                if (node.get("name").asString().equals(name)) {
                    return node;
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("no node " + name);
    }

    private static List<Double> rates(String name) {
        var rates = new ArrayList<Double>();
        node(name).get("rates").forEach(r -> rates.add(r.asDouble(0)));
        return rates;
    }

    @Test
    void identifiersAreListedPageByPageAndFound() throws Exception {
        for (int i = 1; i <= 5; i++) {
            put(LabTree.FIRST_ENTERPRISE + "/Shelf-" + i, "a shelf");
        }
        var seen = new ArrayList<String>();
        var after = "";
        do {
            var page = get("/records?prefix=88.118.7&contains=shelf&max=2&after=" + after);
            page.get("handles").forEach(h -> seen.add(h.asString()));
            after = page.get("next").asString("");
        } while (!after.isEmpty());
        assertEquals(5, seen.size(), seen.toString());
        assertEquals(5, seen.stream().distinct().count());
    }

    private static Map<String, String> steward() throws Exception {
        var secret = Files.readString(tree.secretFile(LabTree.FIRST_ENTERPRISE));
        return Map.of("administrator", "300:0.NA/88.118.7", "secret", secret);
    }

    private static Map<String, Object> given(int index, String type, String text) {
        return Map.of("index", index, "type", type, "text", text);
    }

    private static Map<String, Object> edit(JsonNode read, List<Map<String, Object>> values) throws Exception {
        return Map.of(
                "handle", read.get("handle").asString(),
                "revision", read.get("revision").asString(),
                "values", values,
                "credentials", steward());
    }

    private static List<Map<String, Object>> withoutChange(JsonNode read, int index) {
        var values = new ArrayList<Map<String, Object>>();
        for (var value : read.get("values")) {
            if (value.get("index").asInt() != index) {
                var members = new HashMap<String, Object>();
                for (var name : List.of("type", "text", "base64")) {
                    if (!value.get(name).isNull()) {
                        members.put(name, value.get(name).asString());
                    }
                }
                for (var name : List.of("index", "permissions", "ttlType", "ttl")) {
                    members.put(name, value.get(name).asLong());
                }
                values.add(members);
            }
        }
        return values;
    }

    private static String description(String handle) {
        return tree.node("enterprise")
                .ledger()
                .find(Handle.of(handle))
                .flatMap(r -> r.textOf(ValueTypes.DESC))
                .orElse("");
    }

    @Test
    void aRecordIsPreviewedChangedAndDeletedByItsSteward() throws Exception {
        var handle = LabTree.FIRST_ENTERPRISE + "/edited";
        put(handle, "before");
        var read = posted("/records/read", Map.of("handle", handle, "credentials", steward()));
        var values = withoutChange(read, 1);
        values.add(given(1, "DESC", "after"));
        values.add(given(7, "URL", "https://example.com/"));
        var edit = edit(read, values);
        var preview = posted("/records/preview", edit);
        assertEquals("change", preview.get("action").asString());
        assertEquals(2, preview.get("differences").size(), preview.toString());
        assertEquals("before", description(handle), "nothing is written by a preview");
        var changed = posted("/records/change", edit);
        assertTrue(changed.get("done").asBoolean(), changed.toString());
        assertEquals("after", description(handle));
        assertNotEquals(read.get("revision"), changed.at("/now/revision"));
        var deletion = Map.of(
                "handle", handle,
                "revision", changed.at("/now/revision").asString(),
                "credentials", steward());
        assertEquals(
                "delete", posted("/records/preview", deletion).get("action").asString());
        posted("/records/change", deletion);
        assertTrue(tree.node("enterprise").ledger().find(Handle.of(handle)).isEmpty());
    }

    @Test
    void whatChangedInBetweenIsNotOverwritten() throws Exception {
        var handle = LabTree.FIRST_ENTERPRISE + "/contested";
        put(handle, "read");
        var read = posted("/records/read", Map.of("handle", handle, "credentials", steward()));
        put(handle, "written by another");
        var edit = edit(read, List.of(given(1, "DESC", "mine")));
        assertTrue(posted("/records/preview", edit).get("outdated").asBoolean());
        assertTrue(refused(409, "/records/change", edit).contains("in between"));
        assertEquals("written by another", description(handle));
    }

    /// RFC 3651, section 3.2.1: an administrator may be permitted to change values and not to remove them.
    @Test
    void aChangeThatIsPermittedInPartSaysWhichPartWasMade() throws Exception {
        var handle = LabTree.FIRST_ENTERPRISE + "/half";
        int permitted = Administrator.MODIFY_VALUE | Administrator.READ_VALUE;
        var half = new Administrator(permitted, tree.steward("enterprise").reference());
        var admin = new HandleValue(
                100, ValueTypes.HS_ADMIN, half.encode(), Permissions.PUBLISHED, TimeToLive.DAY, 0, List.of());
        var values = List.of(
                HandleValue.published(1, ValueTypes.DESC, "before", 0),
                HandleValue.published(2, ValueTypes.URL, "https://example.com/", 0),
                admin);
        Answers.done(tree.as("enterprise", c -> c.create(new HandleRecord(Handle.of(handle), values))));
        var read = posted("/records/read", Map.of("handle", handle, "credentials", steward()));
        var wanted = withoutChange(read, 1);
        wanted.removeIf(v -> v.get("index").equals(2L));
        wanted.add(given(1, "DESC", "after"));
        var changed = posted("/records/change", edit(read, wanted));
        assertFalse(changed.get("done").asBoolean());
        assertEquals("modify", changed.at("/steps/0/kind").asString());
        assertTrue(changed.at("/steps/0/done").asBoolean());
        assertEquals("remove", changed.at("/steps/1/kind").asString());
        assertEquals(401, changed.at("/steps/1/responseCode").asInt());
        assertEquals("after", description(handle));
        assertEquals(3, changed.at("/now/values").size());
    }

    @Test
    void aNewRecordHasItsCreatorAsAdministrator() throws Exception {
        var handle = LabTree.FIRST_ENTERPRISE + "/born";
        Map<String, Object> edit =
                Map.of("handle", handle, "values", List.of(given(1, "DESC", "new")), "credentials", steward());
        assertEquals("create", posted("/records/preview", edit).get("action").asString());
        assertTrue(posted("/records/change", edit).get("done").asBoolean());
        var born = tree.node("enterprise").ledger().find(Handle.of(handle)).orElseThrow();
        assertEquals(1, born.valuesOf(ValueTypes.HS_ADMIN).size());
        assertTrue(refused(409, "/records/change", edit).contains("changed in between"));
    }

    @Test
    void whoDoesNotKnowTheSecretChangesNothingAndIsNotToldIt() throws Exception {
        var wrong = Map.of("administrator", "300:0.NA/88.118.7", "secret", "not the secret at all");
        assertTrue(refused(403, "/records/sign-in", wrong).contains("403"));
        assertEquals(
                "enterprise", posted("/records/sign-in", steward()).get("node").asString());
        var read = posted("/records/read", Map.of("handle", PUMP));
        Map<String, Object> edit = Map.of(
                "handle",
                PUMP,
                "revision",
                read.get("revision").asString(),
                "values",
                List.of(given(1, "DESC", "stolen")),
                "credentials",
                wrong);
        var why = refused(403, "/records/change", edit);
        assertFalse(why.contains("not the secret"), why);
        assertEquals("a pump", description(PUMP));
    }

    @Test
    void aValueThatIsNoneIsRefusedWithWhatWouldBeRight() throws Exception {
        var read = posted("/records/read", Map.of("handle", PUMP, "credentials", steward()));
        var cases = Map.of(
                "from 1 to", given(0, "URL", "x"),
                "does not end with a dot", given(2, "URL.", "x"),
                "not Base64", Map.<String, Object>of("index", 2, "type", "URL", "base64", "?"));
        for (var each : cases.entrySet()) {
            var why = refused(400, "/records/preview", edit(read, List.of(each.getValue())));
            assertTrue(why.contains(each.getKey()), why);
        }
    }
}
