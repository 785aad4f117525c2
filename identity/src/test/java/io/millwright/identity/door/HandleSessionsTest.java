package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.ManualTime;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Sessions of the Handle REST API: challenge and answer (Handle.Net Technical Manual, chapter 14). The answers are
/// made here with the platform's own algorithms.
class HandleSessionsTest {

    private static final String VALVE = "/api/handles/88.118.7/valve-1";
    private static final String VALUES = "[{\"index\":1,\"type\":\"URL\",\"data\":\"https://example.org/v\"}]";
    private static final byte[] CLIENT_NONCE = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] SECRET = AdministeredNode.SECRET.toByteArray();

    private final ManualTime time = new ManualTime(1_700_000_000_000_000_000L);
    private AdministeredNode node;
    private WebDoors doors;

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
        doors = new WebDoors(node.server.node(), Registered.SETTINGS, time);
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private WebAnswer ask(String method, String target, String authorization, String content) {
        var fields = authorization.isEmpty() ? Map.<String, String>of() : Map.of("authorization", authorization);
        return doors.answer(WebRequest.of(method, target, fields, Octets.utf8(content)));
    }

    private static JsonNode json(WebAnswer answer) throws RefusedException {
        return Json.read(answer.content());
    }

    private record Opened(String id, byte[] nonce) {
        static Opened of(JsonNode json) {
            return new Opened(
                    json.path("sessionId").stringValue(),
                    Base64.getDecoder().decode(json.path("nonce").stringValue()));
        }

        byte[] challenge() {
            var both = new ByteArrayOutputStream();
            both.writeBytes(nonce);
            both.writeBytes(CLIENT_NONCE);
            return both.toByteArray();
        }

        String signed(String identity, String type, String alg, byte[] signature) {
            return ("Handle version=\"0\", sessionId=\"%s\", id=\"%s\", type=\"%s\","
                            + " cnonce=\"%s\", alg=\"%s\", signature=\"%s\"")
                    .formatted(id, identity, type, base64(CLIENT_NONCE), alg, base64(signature));
        }
    }

    private Opened open() throws Exception {
        var answer = ask("POST", "/api/sessions", "", "");
        assertEquals(200, answer.status());
        return Opened.of(json(answer));
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static byte[] rsa(byte[] message) throws Exception {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(AdministeredNode.RSA_KEYS.getPrivate());
        signature.update(message);
        return signature.sign();
    }

    private static byte[] hmac(String name, byte[] key, byte[] message) throws Exception {
        var mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(key, name));
        return mac.doFinal(message);
    }

    @Test
    void aSessionIsSignedByAPrivateKeyAndUsed() throws Exception {
        var opened = open();
        var field = opened.signed("300:0.NA/88.118.7", "HS_PUBKEY", "SHA256", rsa(opened.challenge()));
        var signed = ask("PUT", "/api/sessions/this", field, "");
        assertEquals(200, signed.status(), signed.content().text());
        assertTrue(json(signed).path("authenticated").booleanValue());
        assertEquals("300:0.NA/88.118.7", json(signed).path("id").stringValue());
        var session = "Handle version=\"0\", sessionId=\"" + opened.id() + "\"";
        assertEquals(201, ask("PUT", VALVE, session, VALUES).status());
        assertEquals(
                "300:0.NA/88.118.7",
                json(ask("GET", "/api/sessions/this", session, "")).path("id").stringValue());
        assertEquals(204, ask("DELETE", "/api/sessions/this", session, "").status());
        assertEquals(401, ask("DELETE", VALVE, session, "").status());
    }

    @Test
    void aSessionIsSignedInTheRequestThatUsesIt() throws Exception {
        var refused = ask("PUT", VALVE, "", VALUES);
        assertEquals(401, refused.status());
        var field = refused.fields().getOrDefault("WWW-Authenticate", "");
        var challenge = Pattern.compile("Handle .*sessionId=\"([^\"]+)\", nonce=\"([^\"]+)\"")
                .matcher(field);
        assertTrue(challenge.find(), field);
        var opened = new Opened(challenge.group(1), Base64.getDecoder().decode(challenge.group(2)));
        var signed = opened.signed("300%3A0.NA/88.118.7", "HS_PUBKEY", "SHA256", rsa(opened.challenge()));
        assertEquals(201, ask("PUT", VALVE, signed, VALUES).status());
    }

    /// The secret key before and behind, HMAC (RFC 2104), and HMAC with a key by PBKDF2 (RFC 8018).
    @Test
    void everyWayToAnswerByASecretKeyIsTaken() throws Exception {
        for (var alg : new String[] {"SHA1", "SHA256", "HMAC-SHA1", "HMAC-SHA256", "PBKDF2-HMAC-SHA1"}) {
            var opened = open();
            var enclosed = new ByteArrayOutputStream();
            enclosed.writeBytes(SECRET);
            enclosed.writeBytes(opened.challenge());
            enclosed.writeBytes(SECRET);
            var derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(
                            new PBEKeySpec(AdministeredNode.SECRET.text().toCharArray(), CLIENT_NONCE, 1000, 160))
                    .getEncoded();
            byte[] code = switch (alg) {
                case "SHA1" -> MessageDigest.getInstance("SHA-1").digest(enclosed.toByteArray());
                case "SHA256" -> MessageDigest.getInstance("SHA-256").digest(enclosed.toByteArray());
                case "HMAC-SHA1" -> hmac("HmacSHA1", SECRET, opened.challenge());
                case "HMAC-SHA256" -> hmac("HmacSHA256", SECRET, opened.challenge());
                default -> hmac("HmacSHA1", derived, opened.challenge());
            };
            var field = opened.signed("301:0.NA/88.118.7", "HS_SECKEY", alg, code);
            if (alg.startsWith("PBKDF2")) {
                field += ", salt=\"" + base64(CLIENT_NONCE) + "\", iterations=\"1000\", length=\"160\"";
            }
            var signed = ask("PUT", "/api/sessions/this", field, "");
            assertEquals(200, signed.status(), alg + ": " + signed.content().text());
        }
    }

    @Test
    void theContentMaySignToo() throws Exception {
        var opened = open();
        var content = """
                {"sessionId":"%s","id":"300:0.NA/88.118.7","type":"HS_PUBKEY","cnonce":"%s","alg":"SHA256",
                 "signature":"%s"}""".formatted(opened.id(), base64(CLIENT_NONCE), base64(rsa(opened.challenge())));
        assertTrue(json(ask("PUT", "/api/sessions/this", "", content))
                .path("authenticated")
                .booleanValue());
    }

    @Test
    void whatIsNotRightProvesNothing() throws Exception {
        var opened = open();
        var other = open();
        var right = rsa(opened.challenge());
        var wrong = new String[] {
            other.signed("300:0.NA/88.118.7", "HS_PUBKEY", "SHA256", right),
            opened.signed("302:0.NA/88.118.7", "HS_PUBKEY", "SHA256", right),
            opened.signed("300:0.NA/88.118.7", "HS_PUBKEY", "MD5", right),
            opened.signed("300:0.NA/88.118.7", "HS_SECKEY", "SHA256", right),
            opened.signed("nobody", "HS_PUBKEY", "SHA256", right),
            "Handle version=\"0\", sessionId=\"ffff\"",
            "Handle version=",
            "Handle " + "a=\"b\",".repeat(20) + "c=\"d\"",
            "Negotiate x"
        };
        for (var field : wrong) {
            assertEquals(401, ask("PUT", VALVE, field, VALUES).status(), field);
        }
        var unsigned = "Handle version=\"0\", sessionId=\"" + opened.id() + "\"";
        assertEquals(401, ask("PUT", VALVE, unsigned, VALUES).status());
        assertFalse(json(ask("GET", "/api/sessions/this", unsigned, "")).has("authenticated"));
        assertEquals(1, node.registry.size());
    }

    @Test
    void aSessionEnds() throws Exception {
        var opened = open();
        time.advance(Duration.ofMinutes(2));
        var late = opened.signed("300:0.NA/88.118.7", "HS_PUBKEY", "SHA256", rsa(opened.challenge()));
        assertEquals(401, ask("PUT", VALVE, late, VALUES).status(), "nobody signed it in time");
        var second = open();
        var field = second.signed("300:0.NA/88.118.7", "HS_PUBKEY", "SHA256", rsa(second.challenge()));
        assertEquals(201, ask("PUT", VALVE, field, VALUES).status());
        var session = "Handle version=\"0\", sessionId=\"" + second.id() + "\"";
        time.advance(Duration.ofMinutes(29));
        assertEquals(200, ask("GET", "/api/sessions/this", session, "").status());
        time.advance(Duration.ofMinutes(30));
        assertEquals(401, ask("GET", "/api/sessions/this", session, "").status());
    }

    /// Strangers open as many as they like; those who proved who they are keep theirs.
    @Test
    void sessionsThatWaitAreForgottenBeforeThoseThatAreSigned() throws Exception {
        var opened = open();
        var field = opened.signed("300:0.NA/88.118.7", "HS_PUBKEY", "SHA256", rsa(opened.challenge()));
        assertEquals(200, ask("PUT", "/api/sessions/this", field, "").status());
        var waiting = open();
        for (int i = 0; i < HandleSessions.MAX; i++) {
            open();
        }
        var session = "Handle version=\"0\", sessionId=\"" + opened.id() + "\"";
        assertEquals(200, ask("GET", "/api/sessions/this", session, "").status());
        session = "Handle version=\"0\", sessionId=\"" + waiting.id() + "\"";
        assertEquals(401, ask("GET", "/api/sessions/this", session, "").status());
    }

    @Test
    void whatOthersCouldReadIsTakenFromNobody() {
        var fields = Map.of("authorization", "Basic MzAxOg==");
        var put = WebRequest.of("PUT", VALVE, fields, Octets.utf8(VALUES));
        assertEquals(403, doors.answer(put.readable()).status());
        var open = WebRequest.of("POST", "/api/sessions", Map.of(), Octets.EMPTY);
        assertEquals(403, doors.answer(open.readable()).status());
        var read = WebRequest.of("GET", "/api/handles/0.NA/88.118.7", Map.of(), Octets.EMPTY);
        assertEquals(200, doors.answer(read.readable()).status());
    }
}
