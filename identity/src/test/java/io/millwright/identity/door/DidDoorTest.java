package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// DID Resolution 0.3, The did:key Method, did:web; identifiers and their documents are examples of those documents.
class DidDoorTest {

    private static final String START = "/1.0/identifiers/";
    private static final String TANK = "did:web:id.example.org:88.118.7:tank-1";

    private Registered registered;

    @BeforeEach
    void start() throws Exception {
        registered = new Registered();
    }

    @AfterEach
    void stop() throws Exception {
        registered.close();
    }

    private static JsonNode json(WebAnswer answer) throws Exception {
        return Json.read(answer.content());
    }

    private void assertFailed(int status, String name, String did, String accept) throws Exception {
        var answer = registered.get(START + did, accept.isEmpty() ? Map.of() : Map.of("accept", accept));
        assertEquals(status, answer.status(), did);
        assertTrue(json(answer).path("didDocument").isNull());
        assertEquals(
                "https://www.w3.org/ns/did#" + name,
                json(answer)
                        .path("didResolutionMetadata")
                        .path("error")
                        .path("type")
                        .stringValue());
    }

    /// The examples of draft-msporny-base58, section 5.
    @Test
    void base58IsReadAsTheDraftHasIt() {
        assertArrayEquals(
                "Hello World!".getBytes(StandardCharsets.US_ASCII),
                Base58.decode("2NEpo7TZRRrLZSi2U").orElseThrow());
        assertArrayEquals(
                HexFormat.of().parseHex("0000287fb4cd"),
                Base58.decode("11233QC4").orElseThrow());
        assertTrue(Base58.decode("0OIl").isEmpty());
        assertArrayEquals(new byte[0], Base58.decode("").orElseThrow());
    }

    /// The document of the first example of the method's specification, section 3.1.1, without a derived key.
    @Test
    void aKeyIsItsOwnDocument() throws Exception {
        var did = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
        var reference = did + "#z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
        var answer = registered.get(START + did);
        assertEquals(200, answer.status());
        assertEquals("application/did-resolution", answer.fields().get("Content-Type"));
        var document = json(answer).path("didDocument");
        assertEquals(did, document.path("id").stringValue());
        var method = document.path("verificationMethod").path(0);
        assertEquals(reference, method.path("id").stringValue());
        assertEquals("Multikey", method.path("type").stringValue());
        assertEquals(did, method.path("controller").stringValue());
        assertEquals(
                reference.substring(reference.indexOf('#') + 1),
                method.path("publicKeyMultibase").stringValue());
        for (var use : List.of("authentication", "assertionMethod", "capabilityDelegation", "capabilityInvocation")) {
            assertEquals(reference, document.path(use).path(0).stringValue());
        }
        assertTrue(document.path("keyAgreement").isMissingNode());
    }

    @Test
    void everyKindOfKeyIsUnderstood() throws Exception {
        for (var key : List.of(
                "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169",
                "z82Lm1MpAkeJcix9K8TMiLd5NMAhnwkjjCBeWHXyu3U4oT2MVJJKXkcVBgjGhnLBn2Kaau9",
                "zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")) {
            var answer = registered.get(START + "did:key:" + key);
            assertEquals(200, answer.status(), key);
            assertEquals(
                    "did:key:" + key + "#" + key,
                    json(answer)
                            .path("didDocument")
                            .path("authentication")
                            .path(0)
                            .stringValue());
        }
        var agreement = "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc";
        var document = json(registered.get(START + agreement)).path("didDocument");
        assertEquals(1, document.path("keyAgreement").size());
        assertTrue(document.path("authentication").isMissingNode());
    }

    @Test
    void aRecordWithoutDocumentGetsOneThatNamesItsAddresses() throws Exception {
        var document = json(registered.get(START + TANK)).path("didDocument");
        assertEquals(TANK, document.path("id").stringValue());
        assertEquals(
                "info:hdl/88.118.7/tank-1", document.path("alsoKnownAs").path(0).stringValue());
        var service = document.path("service").path(0);
        assertEquals(TANK + "#value-1", service.path("id").stringValue());
        assertEquals(Registered.PAGE, service.path("serviceEndpoint").stringValue());
    }

    @Test
    void aDocumentThatIsHeldIsGivenAsItIs() throws Exception {
        var did = "did:web:id.example.org:88.118.7:gate";
        registered.register("gate", Registered.text(1, "DID.DOCUMENT", "{\"id\":\"" + did + "\",\"x\":[1]}"));
        registered.register("other", Registered.text(1, "DID.DOCUMENT", "{\"id\":\"" + did + "\"}"));
        registered.register("none", Registered.text(1, "DID.DOCUMENT", "{"));
        var held = "{\"id\":\"" + did + "\",\"x\":[1]}";
        for (var form : List.of("application/did", "application/did+json", "application/did+ld+json")) {
            var answer = registered.get(START + did, Map.of("accept", form));
            assertEquals(form, answer.fields().get("Content-Type"));
            assertEquals(held, answer.content().text());
        }
        assertEquals(held, registered.get("/88.118.7/gate/did.json").content().text());
        assertEquals(404, registered.get("/88.118.7/nothing/did.json").status());
        assertFailed(500, "INVALID_DID_DOCUMENT", "did:web:id.example.org:88.118.7:other", "");
        assertFailed(500, "INVALID_DID_DOCUMENT", "did:web:id.example.org:88.118.7:none", "");
    }

    @Test
    void failuresHaveTheNamesAndStatusesOfTheSpecification() throws Exception {
        assertFailed(400, "INVALID_DID", "did:web", "");
        assertFailed(400, "INVALID_DID", "did:WEB:id.example.org:a", "");
        assertFailed(400, "INVALID_DID", "88.118.7/tank-1", "");
        assertFailed(400, "INVALID_DID", TANK + "%23key", "");
        assertFailed(400, "INVALID_DID", TANK + "%ff", "");
        assertFailed(404, "NOT_FOUND", "did:web:id.example.org:88.118.7:nothing", "");
        assertFailed(404, "NOT_FOUND", "did:web:elsewhere.example:88.118.7:tank-1", "");
        assertFailed(501, "METHOD_NOT_SUPPORTED", "did:example:123456789abcdefghi", "");
        assertFailed(406, "REPRESENTATION_NOT_SUPPORTED", TANK, "text/html");
        // Not base58; no codec; an Ed25519 key cut short; x coordinates that are on no curve.
        assertFailed(400, "INVALID_DID", "did:key:z0", "");
        assertFailed(400, "INVALID_DID", "did:key:z1", "");
        assertFailed(400, "INVALID_DID", "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2do", "");
        assertFailed(400, "INVALID_DID", "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2160", "");
        assertFailed(400, "INVALID_DID", "did:key:z" + "2".repeat(4000), "");
    }
}
