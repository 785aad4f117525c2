package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleRecord;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.ManualTime;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The enterprise node's interface as its documentation describes it (id-guide, IDHub standard interface): what is
/// asked and what is answered is written by hand after the examples there.
class EnterpriseDoorTest {

    private static final String OWNER = "0.NA/88.118.7";
    private static final String META = "/api/v1/open/meta/";
    private static final String DOIP = "/api/v1/doip?targetId=88.118.7/%s&operationId=%s";
    private static final String TEMPLATE = """
            {"classifyCode":"sp","metaHandle":"88.118.7/META_pump","metaName":"泵","metaCode":"pump",
             "standard":"","metaDesc":"",
             "industryCategory":"C","industrySpecific":"34","industryTrade":"344","industrySubclass":"3441",
             "metaItemCreateDTOS":[
              {"itemCode":"1","englishName":"en1","chineseName":"名称","required":1,"uniqueField":0,"inputNecessary":1,
               "itemSchemaCreateDTO":{"minLength":1,"maxLength":20,"dataType":"1"},"itemReferenceDTO":{}},
              {"itemCode":"2","englishName":"en2","chineseName":"扬程","required":0,"uniqueField":0,
               "itemSchemaCreateDTO":{"dataType":"2","maxLength":6}},
              {"itemCode":"3","englishName":"en3","chineseName":"日期","required":0,"uniqueField":0,
               "itemSchemaCreateDTO":{"dateFormat":"YYYY-MM-DD","dataType":"3"}},
              {"itemCode":"4","englishName":"en4","chineseName":"序列号","required":0,"uniqueField":1,
               "itemSchemaCreateDTO":{"dataType":1}}]}""";

    private final ManualTime time = new ManualTime(1_700_000_000_000_000_000L);
    private AdministeredNode node;
    private WebDoors doors;
    private KeyPair guest;

    @BeforeEach
    void start() throws Exception {
        node = new AdministeredNode();
        doors = new WebDoors(node.server.node(), Registered.SETTINGS, time);
        guest = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var key = new io.millwright.identity.authentication.VerificationKey.Standard(guest.getPublic()).encode();
        node.registry.register(new HandleRecord(
                Handle.of("88.118.7/App_guest"),
                List.of(new HandleValue(
                        300,
                        "HS_PUBKEY",
                        key,
                        Permissions.PUBLISHED,
                        TimeToLive.DAY,
                        AdministeredNode.NOW,
                        List.of()))));
    }

    @AfterEach
    void stop() throws Exception {
        node.close();
    }

    private JsonNode ask(String method, String target, String token, String content) {
        var fields = token.isEmpty() ? Map.<String, String>of() : Map.of("authorization", "Bearer " + token);
        var answer = doors.answer(WebRequest.of(method, target, fields, Octets.utf8(content)));
        assertEquals(200, answer.status(), answer.content().text());
        try {
            return Json.read(answer.content());
        } catch (RefusedException e) {
            throw new AssertionError(answer.content().text(), e);
        }
    }

    private static JsonNode coded(int code, JsonNode json) {
        assertEquals(code, json.path("code").intValue(), json.toString());
        return json;
    }

    private String challenge(String handle) {
        return coded(1, ask("GET", "/api/v1/doip/public/challenge?handle=" + handle, "", ""))
                .path("data")
                .stringValue();
    }

    private static String sign(KeyPair key, String nonce) throws Exception {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getPrivate());
        signature.update(nonce.getBytes(StandardCharsets.UTF_8));
        return Base64.getEncoder().encodeToString(signature.sign());
    }

    private JsonNode verify(String handle, String signature) {
        var content = "{\"handle\":\"%s\",\"signature\":\"%s\"}".formatted(handle, signature);
        return ask("POST", "/api/v1/doip/public/verify-response", "", content);
    }

    private String logIn(String handle, KeyPair key) throws Exception {
        return coded(1, verify(handle, sign(key, challenge(handle))))
                .path("data")
                .path("token")
                .stringValue();
    }

    private String token() throws Exception {
        return logIn(OWNER, AdministeredNode.RSA_KEYS);
    }

    private String published() throws Exception {
        var token = token();
        var made = coded(1, ask("POST", META + "create", token, TEMPLATE));
        assertEquals("88.118.7/META_pump", made.path("data").path("metaHandle").stringValue());
        publish(token, "publish");
        return token;
    }

    private JsonNode publish(String token, String operation) {
        var content = "{\"metaHandleList\":[\"88.118.7/META_pump\"],\"opType\":\"%s\"}".formatted(operation);
        return coded(10_000, ask("PUT", META + "publish-or-withdraw", token, content))
                .path("data")
                .path(0);
    }

    private static String pump(String content) {
        return "{\"type\":\"88.118.7/META_pump\",\"attributes\":{\"content\":{%s}}}".formatted(content);
    }

    private JsonNode doip(String operation, String suffix, String token, String content) {
        return ask("POST", DOIP.formatted(suffix, operation), token, content);
    }

    private JsonNode retrieve(String suffix, String token) {
        return ask("GET", DOIP.formatted(suffix, "0.DOIP/Op.Retrieve"), token, "");
    }

    @Test
    void aTokenIsGivenForASignatureOnce() throws Exception {
        var nonce = challenge(OWNER);
        var right = sign(AdministeredNode.RSA_KEYS, nonce);
        coded(102, verify(OWNER, sign(guest, nonce)));
        coded(102, verify("88.118.7/App_guest", right));
        coded(1, verify(OWNER, right));
        coded(102, verify(OWNER, right));
        coded(102, verify(OWNER, "§"));
        coded(401, ask("GET", "/api/v1/doip/public/challenge?handle=88.118.7/nobody", "", ""));
        var late = sign(AdministeredNode.RSA_KEYS, challenge(OWNER));
        time.advance(Duration.ofMinutes(1));
        coded(102, verify(OWNER, late));
    }

    /// 24 hours without use, says the documentation.
    @Test
    void aTokenEndsWhenItIsNotUsed() throws Exception {
        var token = published();
        time.advance(Duration.ofHours(23));
        coded(1, ask("GET", META + "info?metaHandle=88.118.7/META_pump", token, ""));
        time.advance(Duration.ofHours(23));
        coded(1, ask("GET", META + "info?metaHandle=88.118.7/META_pump", token, ""));
        time.advance(Duration.ofHours(24));
        coded(401, ask("GET", META + "info?metaHandle=88.118.7/META_pump", token, ""));
        coded(401, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\"")));
        coded(401, doip("0.DOIP/Op.Create", "p1", "", pump("\"en1\":\"a\"")));
    }

    @Test
    void aTemplateIsADraftUntilItIsPublished() throws Exception {
        var token = token();
        coded(1, ask("POST", META + "create", token, TEMPLATE));
        coded(105, ask("POST", META + "create", token, TEMPLATE));
        coded(600, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\"")));
        assertEquals("failed", publish(token, "withdraw").path("state").stringValue());
        assertEquals("success", publish(token, "publish").path("state").stringValue());
        var shown = coded(1, retrieve("META_pump", "")).path("data");
        assertEquals("0.TYPE/DO.DOIPMETA", shown.path("type").stringValue());
        var content = shown.path("attributes").path("content");
        assertEquals(1, content.path("basicInfo").path("metaState").intValue());
        assertEquals(
                2,
                content.path("itemInfos")
                        .path(1)
                        .path("itemSchemaInfo")
                        .path("dataType")
                        .intValue());
        assertEquals("[\"en4\"]", content.path("uniqueness").toString());
        coded(702, ask("DELETE", META + "delete?metaHandleList=88.118.7/META_pump", token, ""));
        assertEquals("success", publish(token, "withdraw").path("state").stringValue());
        coded(604, ask("GET", META + "info?metaHandle=88.118.7/META_pump", logIn("88.118.7/App_guest", guest), ""));
        coded(600, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\"")));
        coded(10_000, ask("DELETE", META + "delete?metaHandleList=88.118.7/META_pump", token, ""));
        coded(604, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\"")));
    }

    @Test
    void aTemplateIsChanged() throws Exception {
        var token = published();
        var basic = "{\"classifyCode\":\"x\",\"metaHandle\":\"88.118.7/META_pump\",\"metaName\":\"水泵\","
                + "\"metaCode\":\"pump\","
                + "\"industryCategory\":\"E\",\"industrySpecific\":\"50\",\"industryTrade\":\"502\","
                + "\"industrySubclass\":\"5022\"}";
        coded(10_000, ask("PUT", META + "update-basic-info", token, basic));
        var items =
                "{\"metaHandle\":\"88.118.7/META_pump\",\"metaItemDTOS\":[{\"itemCode\":\"2\",\"englishName\":\"en2\","
                        + "\"chineseName\":\"扬程\",\"itemState\":1,"
                        + "\"itemSchemaCreateDTO\":{\"dataType\":1}},{\"itemCode\":\"5\","
                        + "\"englishName\":\"en5\",\"chineseName\":\"新\",\"itemSchemaCreateDTO\":{\"dataType\":1}}]}";
        coded(10_000, ask("PUT", META + "update-item", token, items));
        var info = coded(1, ask("GET", META + "info?metaHandle=88.118.7/META_pump", token, ""))
                .path("data");
        assertEquals("水泵", info.path("metaName").stringValue());
        assertEquals("5022", info.path("industrySubclass").stringValue());
        assertEquals(5, info.path("itemVOS").size());
        assertEquals(1, info.path("itemVOS").path(1).path("itemState").intValue());
        assertEquals(2004, info.path("itemVOS").path(4).path("itemIndex").intValue());
        assertEquals(1, info.path("metaState").intValue(), "still published");
        coded(106, ask("PUT", META + "update-item", token, items.replace("\"dataType\":1}}]", "\"dataType\":4}}]")));
    }

    @Test
    void aRecordIsCreatedChangedAndDeleted() throws Exception {
        var token = published();
        var made = pump("\"en1\":\"P-1\",\"en2\":12.5,\"en3\":\"2024-02-29\",\"en4\":\"S1\"");
        var echoed = coded(10_000, doip("0.DOIP/Op.Create", "p1", token, made));
        assertEquals(
                "P-1",
                echoed.path("data")
                        .path("attributes")
                        .path("content")
                        .path("en1")
                        .stringValue());
        coded(105, doip("0.DOIP/Op.Create", "p1", token, made));
        var shown = coded(1, retrieve("p1", "")).path("data");
        assertEquals("88.118.7/META_pump", shown.path("type").stringValue());
        var elements = shown.path("attributes").path("elements");
        assertEquals(4, elements.size());
        assertEquals("12.5", elements.path(1).path("value").stringValue());
        assertEquals(2, elements.path(1).path("dataType").intValue());
        coded(10_000, doip("0.DOIP.EXTEND/Op.Update.Non.Overlay", "p1", token, pump("\"en2\":13")));
        assertEquals(
                4,
                coded(1, retrieve("p1", ""))
                        .path("data")
                        .path("attributes")
                        .path("elements")
                        .size());
        coded(601, doip("0.DOIP/Op.Update", "p1", token, pump("\"en2\":13")));
        coded(10_000, doip("0.DOIP/Op.Update", "p1", token, pump("\"en1\":\"P-2\",\"en2\":14")));
        elements = coded(1, retrieve("p1", "")).path("data").path("attributes").path("elements");
        assertEquals(2, elements.size(), elements.toString());
        assertEquals("P-2", elements.path(0).path("value").stringValue());
        coded(10_000, doip("0.DOIP/Op.Create", "p2", token, pump("\"en1\":\"b\",\"en4\":\"S1\"")));
        coded(10_000, doip("0.DOIP/Op.Delete", "p1", token, ""));
        coded(104, doip("0.DOIP/Op.Delete", "p1", token, ""));
        coded(104, retrieve("p1", ""));
    }

    @Test
    void whatIsWrongHasItsNumber() throws Exception {
        var token = published();
        coded(601, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"\"")));
        coded(601, doip("0.DOIP/Op.Create", "p1", token, pump("\"en2\":1")));
        coded(601, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\",\"en2\":\"heavy\"")));
        coded(601, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\",\"en3\":\"2023-02-29\"")));
        coded(603, doip("0.DOIP/Op.Create", "p1", token, pump("\"en9\":\"a\"")));
        coded(106, doip("0.DOIP/Op.Create", "p1", token, "{}"));
        coded(106, doip("0.DOIP/Op.Create", "p1", token, "["));
        coded(405, doip("0.DOIP/Op.Hello", "p1", token, ""));
        coded(604, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"a\"").replace("META_pump", "META_none")));
        var elsewhere = "/api/v1/doip?targetId=10.1000/1&operationId=0.DOIP/Op.Create";
        coded(701, ask("POST", elsewhere, token, pump("\"en1\":\"a\"")));
        coded(103, doip("0.DOIP/Op.Create", "p1", logIn("88.118.7/App_guest", guest), pump("\"en1\":\"a\"")));
        coded(604, doip("0.DOIP/Op.Update", "App_guest", token, pump("\"en1\":\"a\"")));
    }

    /// What is granted here is what HS_ADMIN values say to every door.
    @Test
    void whoMayReadAndWriteARecordIsGranted() throws Exception {
        var token = published();
        coded(10_000, doip("0.DOIP/Op.Create", "p1", token, pump("\"en1\":\"P-1\"")));
        var other = logIn("88.118.7/App_guest", guest);
        var grant = "{\"handle\":\"88.118.7/p1\",\"grantType\":2,\"readerScope\":%d,\"%s\":[\"88.118.7/App_guest\"]}";
        coded(103, ask("POST", "/api/v1/single-handle/authorization", other, grant.formatted(1, "handleUserReaders")));
        coded(1, ask("POST", "/api/v1/single-handle/authorization", token, grant.formatted(2, "delHandleUserReaders")));
        coded(403, retrieve("p1", ""));
        coded(403, retrieve("p1", other));
        coded(1, ask("POST", "/api/v1/single-handle/authorization", token, grant.formatted(2, "handleUserReaders")));
        assertEquals("P-1", first(retrieve("p1", other)));
        coded(103, doip("0.DOIP/Op.Update", "p1", other, pump("\"en1\":\"x\"")));
        coded(1, ask("POST", "/api/v1/single-handle/authorization", token, grant.formatted(2, "handleUserWriters")));
        coded(10_000, doip("0.DOIP/Op.Update", "p1", other, pump("\"en1\":\"x\"")));
        assertEquals("x", first(retrieve("p1", other)));
        assertFalse(doors.answer(WebRequest.of("GET", "/api/handles/88.118.7/p1", Map.of(), Octets.EMPTY))
                .content()
                .text()
                .contains("\"x\""));
        coded(1, ask("POST", "/api/v1/single-handle/authorization", token, grant.formatted(2, "delHandleUserReaders")));
        coded(403, retrieve("p1", other));
        coded(
                1,
                ask(
                        "POST",
                        "/api/v1/single-handle/authorization",
                        token,
                        "{\"handle\":\"88.118.7/p1\",\"grantType\":1}"));
        assertEquals("x", first(retrieve("p1", "")));
    }

    private static String first(JsonNode retrieved) {
        return coded(1, retrieved)
                .path("data")
                .path("attributes")
                .path("elements")
                .path(0)
                .path("value")
                .stringValue();
    }

    @Test
    void aTemplateIsForThoseItIsGrantedTo() throws Exception {
        var token = published();
        var other = logIn("88.118.7/App_guest", guest);
        var info = META + "info?metaHandle=88.118.7/META_pump";
        coded(1, ask("GET", info, other, ""));
        var grant = "{\"scope\":2,\"metaHandle\":\"88.118.7/META_pump\",\"%s\":[\"88.118.7/App_guest\"]}";
        coded(10_000, ask("POST", META + "grant/info", token, grant.formatted("removeHandleUsers")));
        coded(604, ask("GET", info, other, ""));
        coded(10_000, ask("POST", META + "grant/info", token, grant.formatted("handleUsers")));
        coded(1, ask("GET", info, other, ""));
        coded(103, ask("PUT", META + "update-basic-info", other, TEMPLATE));
    }

    @Test
    void templatesAndRecordsAreListedInPages() throws Exception {
        var token = published();
        for (int i = 0; i < 12; i++) {
            coded(10_000, doip("0.DOIP/Op.Create", "n" + i, token, pump("\"en1\":\"P\"")));
        }
        var page = coded(1, ask("GET", META + "page?classifyCode=sp&page=0&size=10", token, ""))
                .path("data");
        assertEquals(1, page.path("totalCount").intValue());
        assertEquals("pump", page.path("content").path(0).path("metaCode").stringValue());
        var records = "/api/v1/open/handle/page?metaHandle=88.118.7/META_pump";
        var second =
                coded(1, ask("GET", records + "&page=1&size=10", token, "")).path("data");
        assertEquals(12, second.path("totalCount").intValue());
        assertEquals(2, second.path("totalPage").intValue());
        assertEquals(2, second.path("content").size());
        assertEquals(OWNER, second.path("content").path(0).path("createdBy").stringValue());
        var some = coded(1, ask("GET", records + "&handleName=88.118.7/n1", token, ""))
                .path("data");
        assertEquals(3, some.path("totalCount").intValue(), "n1, n10 and n11");
        coded(103, ask("GET", records, logIn("88.118.7/App_guest", guest), ""));
        coded(106, ask("GET", records + "&startTime=yesterday", token, ""));
        assertTrue(coded(1, ask("GET", records + "&startTime=2999-01-01%2000:00:00", token, ""))
                .path("data")
                .path("content")
                .isEmpty());
    }
}
