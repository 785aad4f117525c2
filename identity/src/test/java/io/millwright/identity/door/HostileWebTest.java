package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.Property;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Requests as an attacker makes them: none is answered with a failure of the node, none changes anything.
class HostileWebTest {

    private static final List<String> TARGETS = List.of(
            "/api/handles/88.118.7/tank-1?index=1&type=URL&auth&publicOnly=false",
            "/api/handles?prefix=88.118.7&page=1&pageSize=10",
            "/api/prefixes",
            "/01/09506000149189/10/ABC?linkType=gs1:pip&17=271231",
            "/ARHjlYd5IlOKd5IlOKA",
            "/1.0/identifiers/did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            "/1.0/identifiers/did:web:id.example.org:88.118.7:tank-1",
            "/88.118.7/tank-1/did.json",
            "/api/v1/doip?targetId=88.118.7%2Ftank-1&operationId=0.DOIP/Op.Retrieve",
            "/identityv2/data/detail?handle=88.118.7/tank-1",
            "/.well-known/gs1resolver");
    private static final String CONTENT =
            "[{\"index\":1,\"type\":\"HS_ADMIN\",\"data\":{\"format\":\"admin\",\"value\":"
                    + "{\"handle\":\"0.NA/88.118.7\","
                    + "\"index\":301,\"permissions\":\"011111110011\"}},\"ttl\":86400,\"permissions\":\"1110\"}]";
    private static final List<String> METHODS = List.of("GET", "HEAD", "PUT", "DELETE", "POST", "OPTIONS", "\u0000");

    private static String mutated(String text, SplittableRandom random) {
        var mutated = new StringBuilder(text);
        for (int i = random.nextInt(5); i > 0 && !mutated.isEmpty(); i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, "%" + "0123456789abcdefx/\u0000é".charAt(random.nextInt(19)));
                case 2 -> mutated.setCharAt(at, (char) random.nextInt(0x100));
                default -> mutated.insert(at, "/:?&=,;\"\\{[<>\r\n".charAt(random.nextInt(15)));
            }
        }
        return mutated.toString();
    }

    @Test
    void noRequestDisturbsTheDoors() throws Exception {
        try (var registered = new Registered()) {
            Property.check(4000, random -> {
                var fields = Map.of(
                        "accept", mutated("application/linkset+json;q=0.5, text/*, */*;q=0.1", random),
                        "accept-language", mutated("de-CH, en;q=0.8, *;q=0.1", random));
                var target = mutated(TARGETS.get(random.nextInt(TARGETS.size())), random);
                var answer = registered.doors.answer(WebRequest.of("GET", target, fields, Octets.EMPTY));
                // 501: a DID of another method, a list on a node that nobody may change.
                boolean told = answer.status() < 500 || answer.status() == 501;
                assertTrue(told, () -> answer.status() + " " + target);
            });
        }
    }

    @Test
    void nobodyChangesAnythingWithoutTheKey() throws Exception {
        try (var node = new AdministeredNode()) {
            var doors = new WebDoors(node.server.node(), Registered.SETTINGS);
            var before = node.registry.records(Handle.of(""), 10);
            Property.check(1500, random -> {
                var fields = Map.of("authorization", mutated("Basic MzAxJTNBMC5OQSUyRjg4LjExOC43OnNlY3JldA==", random));
                var method = METHODS.get(random.nextInt(METHODS.size()));
                var target = mutated("/api/handles/0.NA/88.118.7?index=various&overwrite=true", random);
                var content = Octets.utf8(mutated(CONTENT, random));
                var asking = random.nextBoolean() ? fields : Map.<String, String>of();
                var answer = doors.answer(WebRequest.of(method, target, asking, content));
                assertNotEquals(500, answer.status(), () -> method + " " + target);
                assertNotEquals(201, answer.status(), () -> method + " " + target);
            });
            assertEquals(before, node.registry.records(Handle.of(""), 10));
        }
    }

    /// What somebody with a token may send, and somebody without.
    private static final List<String> REQUESTS = List.of("""
            POST /snms/api/v5/template
            {"prefix":"88.118.7","version":"1","industryCategory":"C","industrySpecific":"34","industryTrade":"344",
            "industrySubclass":"3441","type":2,"items":[{"name":"n","idType":"name","idIndex":2000,"unique":true,
            "metadata":{"type":"string","minLength":1,"maxLength":10}}]}""", """
            PUT /snms/api/v5/template
            {"prefix":"88.118.7","version":"1","industryCategory":"C","industrySpecific":"34","industryTrade":"344",
            "industrySubclass":"3441","type":1,"items":[{"name":"n","idType":"name","idIndex":2000,"state":1,
            "metadata":{"type":"string","minLength":0,"maxLength":20}}]}""", """
            POST /identityv2/data/batchCreate
            [{"handle":"88.118.7/a","templateVersion":"1","value":[{"data":{"format":"string","value":"x"},"index":2000,
            "type":"name"}]},{"handle":"88.118.7/b","templateVersion":"1","value":[]},null]""", """
            PUT /identityv2/data
            {"handle":"88.118.7/a","templateVersion":"1","value":[{"data":{"format":"string","value":"y"},"index":2000,
            "type":"name"}]}""", """
            DELETE /identityv2/data/batchDelete
            ["88.118.7/a","88.118.7/b"]""", """
            POST /identity/token
            {"username":"301:0.NA/88.118.7","password":"x"}""", """
            PUT /api/sessions/this
            {"sessionId":"x","id":"300:0.NA/88.118.7","type":"HS_PUBKEY","cnonce":"AAAA","signature":"AAAA"}""", """
            GET /identityv2/data/detail?handle=88.118.7/a
            {}""", """
            POST /api/v1/doip/public/verify-response
            {"handle":"0.NA/88.118.7","signature":"AAAA"}""", """
            POST /api/v1/doip?targetId=88.118.7/c&operationId=0.DOIP/Op.Create
            {"type":"88.118.7/META_1","attributes":{"content":{"name":"z"}}}""");

    private static WebAnswer sent(WebDoors doors, String text, Map<String, String> fields) {
        int line = text.indexOf('\n');
        int space = text.indexOf(' ');
        boolean whole = line > 0 && space > 0 && space < line;
        var method = whole ? text.substring(0, space) : "POST";
        var target = whole ? text.substring(space + 1, line) : text;
        return doors.answer(WebRequest.of(method, target, fields, Octets.utf8(text.substring(Math.max(0, line)))));
    }

    @Test
    void noRequestDisturbsTheInterfacesThatChangeRecords() throws Exception {
        try (var node = new AdministeredNode()) {
            var doors = new WebDoors(node.server.node(), Registered.SETTINGS);
            var before = node.registry.records(Handle.of(""), 10);
            Property.check(600, random -> {
                var text = mutated(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
                assertNotEquals(500, sent(doors, text, Map.of()).status(), () -> text);
            });
            assertEquals(before, node.registry.records(Handle.of(""), 10), "nobody showed a token");
            var logIn = "POST /identity/token\n{\"username\":\"301:0.NA/88.118.7\",\"password\":\""
                    + AdministeredNode.SECRET.text() + "\"}";
            var token = Json.read(sent(doors, logIn, Map.of()).content())
                    .at("/data/token")
                    .stringValue();
            var fields = Map.of("authorization", "Bearer " + token);
            Property.check(1500, random -> {
                var text = mutated(REQUESTS.get(random.nextInt(REQUESTS.size())), random);
                assertNotEquals(500, sent(doors, text, fields).status(), () -> text);
            });
            assertEquals(200, sent(doors, REQUESTS.get(1), fields).status());
        }
    }
}
