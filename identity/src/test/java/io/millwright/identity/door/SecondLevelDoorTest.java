package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.server.AdministeredNode;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.ManualTime;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The second-level node's interface as its documentation describes it (id-guide, SNMS API, version 5): what is
/// asked and what is answered is written by hand after the examples there.
class SecondLevelDoorTest {

    private static final String USER = "301:0.NA/88.118.7";
    private static final String TEMPLATE = """
            {"prefix":"88.118.7","version":"1.0.0","industryCategory":"C","industrySpecific":"34",
             "industryTrade":"344","industrySubclass":"3441","type":2,"description":"测试模板",
             "items":[
              {"name":"名称","idType":"name","idIndex":"2000","required":true,
               "metadata":{"type":"string","minLength":1,"maxLength":10}},
              {"name":"序列号","idType":"serial","idIndex":2001,"required":false,"unique":true,
               "metadata":{"type":"string","minLength":4,"maxLength":8}}]}""";

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

    private String token() {
        var json = ask("POST", "/identity/token", "", logIn(USER, AdministeredNode.SECRET.text()));
        assertEquals(1, json.path("status").intValue(), json.toString());
        return json.path("data").path("token").stringValue();
    }

    private static String logIn(String user, String password) {
        return "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(user, password);
    }

    private static void assertDone(JsonNode json) {
        assertEquals(1, json.path("status").intValue(), json.toString());
        assertEquals("success", json.path("message").stringValue());
    }

    private static void assertFailed(int status, String part, JsonNode json) {
        assertEquals(status, json.path("status").intValue(), json.toString());
        assertTrue(json.path("message").stringValue().contains(part), json.toString());
    }

    private static String row(String handle, String name, String serial) {
        return """
                {"handle":"88.118.7/%s","templateVersion":"1.0.0","value":[
                 {"data":{"format":"string","value":"%s"},"auth":"","index":2000,"type":"name"},
                 {"data":{"format":"string","value":"%s"},"auth":"","index":2001,"type":"serial"}]}
                """.formatted(handle, name, serial);
    }

    private String registered() {
        var token = token();
        assertDone(ask("POST", "/snms/api/v5/template", token, TEMPLATE));
        assertDone(ask("POST", "/identityv2/data", token, row("p1", "小型机械01", "SN-001")));
        return token;
    }

    @Test
    void aTokenIsGivenForTheSecretKeyOnly() {
        assertFailed(-2, "用户名/密码错误", ask("POST", "/identity/token", "", logIn(USER, "123456")));
        assertFailed(-2, "用户名/密码错误", ask("POST", "/identity/token", "", logIn("88.118.7/nobody", "123456")));
        assertFailed(-2, "password", ask("POST", "/identity/token", "", "{\"username\":\"a\"}"));
        var byHandle = ask("POST", "/identity/token", "", logIn("0.NA/88.118.7", AdministeredNode.SECRET.text()));
        assertDone(byHandle);
        assertTrue(byHandle.path("data").path("token").stringValue().length() >= 43, "256 random bits");
    }

    @Test
    void aTokenEndsAfterItsLife() {
        var token = registered();
        time.advance(Duration.ofHours(24).minusSeconds(1));
        assertDone(ask("PUT", "/identityv2/data", token, row("p1", "b", "SN-001")));
        time.advance(Duration.ofSeconds(1));
        assertFailed(-1, "无效的token", ask("PUT", "/identityv2/data", token, row("p1", "c", "SN-001")));
        assertFailed(-1, "没有登录", ask("PUT", "/identityv2/data", "", row("p1", "c", "SN-001")));
        assertFailed(-1, "无效的token", ask("DELETE", "/identityv2/data", "x", "{\"handle\":\"88.118.7/p1\"}"));
        assertEquals("b", value("p1", 2000));
    }

    private String value(String suffix, int index) {
        return node.registry
                .find(Handle.of("88.118.7/" + suffix))
                .flatMap(r -> r.value(index))
                .orElseThrow()
                .text();
    }

    @Test
    void aTemplateIsCreatedShownChangedAndDeleted() {
        var token = token();
        assertDone(ask("POST", "/snms/api/v5/template", token, TEMPLATE));
        assertFailed(-2, "已存在", ask("POST", "/snms/api/v5/template", token, TEMPLATE));
        var target = "/snms/api/v5/template?prefix=88.118.7&version=1.0.0";
        var shown = ask("GET", target, "", "").path("data");
        assertEquals("3441", shown.path("industrySubclass").stringValue());
        assertEquals("88.118.7/META_1.0.0", shown.path("handle").stringValue());
        assertEquals(2001, shown.path("items").path(1).path("idIndex").intValue());
        assertEquals(
                8,
                shown.path("items").path(1).path("metadata").path("maxLength").intValue());
        var item = "{\"name\":\"重量\",\"idType\":\"mass\",\"state\":1,"
                + "\"metadata\":{\"type\":\"string\",\"minLength\":0,\"maxLength\":9}}";
        var off = "{\"name\":\"序列号\",\"idType\":\"serial\",\"idIndex\":2001,\"state\":0,"
                + "\"metadata\":{\"type\":\"string\",\"minLength\":0,\"maxLength\":9}}";
        var changed = TEMPLATE.replaceAll("(?s)\"items\":.*", "\"items\":[" + item + "," + off + "]}");
        assertDone(ask("PUT", "/snms/api/v5/template", token, changed));
        var items = ask("GET", target, "", "").path("data").path("items");
        assertEquals(3, items.size(), "what is not named stays");
        assertEquals(0, items.path(1).path("state").intValue());
        assertEquals(2002, items.path(2).path("idIndex").intValue(), "behind the last");
        assertDone(ask("DELETE", "/snms/api/v5/template", token, "{\"prefix\":\"88.118.7\",\"version\":\"1.0.0\"}"));
        assertFailed(-2, "不存在", ask("GET", target, "", ""));
    }

    @Test
    void aTemplateThatCannotBeIsRefused() {
        var token = token();
        assertFailed(-2, "GB/T 4754", ask("POST", "/snms/api/v5/template", token, TEMPLATE.replace("3441", "9999")));
        assertFailed(-2, "2000", ask("POST", "/snms/api/v5/template", token, TEMPLATE.replace("\"2000\"", "\"1999\"")));
        assertFailed(
                -2, "string", ask("POST", "/snms/api/v5/template", token, TEMPLATE.replace("\"string\"", "\"int\"")));
        assertFailed(-2, "JSON", ask("POST", "/snms/api/v5/template", token, "{\"prefix\":"));
        assertFailed(-2, "最小长度", ask("POST", "/snms/api/v5/template", token, TEMPLATE.replace(":4,", ":9,")));
        assertEquals(1, node.registry.size(), "nothing was registered");
    }

    @Test
    void aRecordIsRegisteredShownChangedAndDeleted() {
        var token = registered();
        var shown =
                ask("GET", "/identityv2/data/detail?handle=88.118.7/p1", "", "").path("data");
        assertEquals("1.0.0", shown.path("templateVersion").stringValue());
        assertEquals("88.118.7", shown.path("prefix").stringValue());
        var byType = IntStream.range(0, shown.path("value").size())
                .mapToObj(i -> shown.path("value").path(i))
                .collect(Collectors.toMap(
                        v -> v.path("type").stringValue(),
                        v -> v.path("data").path("value").stringValue()));
        assertEquals(
                Map.of("name", "小型机械01", "serial", "SN-001", "TEMPLATE", "1.0.0", "TEMPLATE_ID", "88.118.7/META_1.0.0"),
                byType);
        assertFailed(-2, "已存在", ask("POST", "/identityv2/data", token, row("p1", "x", "SN-009")));
        assertDone(ask("PUT", "/identityv2/data", token, row("p1", "大型机械", "SN-002")));
        assertEquals("大型机械", value("p1", 2000));
        assertDone(ask("DELETE", "/identityv2/data", token, "{\"handle\":\"88.118.7/p1\"}"));
        assertFailed(-2, "不存在", ask("DELETE", "/identityv2/data", token, "{\"handle\":\"88.118.7/p1\"}"));
        assertFailed(-2, "标识不存在", ask("GET", "/identityv2/data/detail?handle=88.118.7/p1", "", ""));
        assertEquals(2, node.registry.size(), "the prefix and the template: no claim is left");
    }

    @Test
    void dataThatDoNotFitTheTemplateAreRefused() {
        var token = registered();
        assertFailed(-2, "name 为必填项", ask("POST", "/identityv2/data", token, row("p2", "", "SN-002")));
        assertFailed(
                -2, "name 长度应为 1 至 10", ask("POST", "/identityv2/data", token, row("p2", "一二三四五六七八九十一", "SN-002")));
        assertFailed(-2, "serial 长度应为 4 至 8", ask("POST", "/identityv2/data", token, row("p2", "a", "SN")));
        assertFailed(
                -2,
                "索引1000在模板中不存在",
                ask("POST", "/identityv2/data", token, row("p2", "a", "SN-002").replace("2001", "1000")));
        assertFailed(
                -2,
                "不能为1001",
                ask("POST", "/identityv2/data", token, row("p2", "a", "SN-002").replace("2001", "1001")));
        assertFailed(
                -2,
                "类型应为 serial",
                ask("POST", "/identityv2/data", token, row("p2", "a", "SN-002").replace("\"serial\"", "\"s\"")));
        assertFailed(
                -2,
                "元数据不存在",
                ask("POST", "/identityv2/data", token, row("p2", "a", "SN-002").replace("1.0.0", "9")));
        assertFailed(-2, "serial 应唯一", ask("POST", "/identityv2/data", token, row("p2", "a", "SN-001")));
        assertTrue(node.registry.find(Handle.of("88.118.7/p2")).isEmpty());
        assertFailed(-2, "后缀", ask("POST", "/identityv2/data", token, row("meta_x", "a", "SN-002")));
    }

    /// What is unique is free again when its record is changed or gone, by this door or another.
    @Test
    void aUniqueValueIsFreeAgainWhenItIsGivenUp() {
        var token = registered();
        assertDone(ask("PUT", "/identityv2/data", token, row("p1", "a", "SN-007")));
        assertDone(ask("POST", "/identityv2/data", token, row("p2", "a", "SN-001")));
        assertFailed(-2, "应唯一", ask("PUT", "/identityv2/data", token, row("p2", "a", "SN-007")));
        assertEquals("SN-001", value("p2", 2001), "nothing changed");
        var record = node.registry.find(Handle.of("88.118.7/p1")).orElseThrow();
        node.registry
                .commit(new io.millwright.identity.registry.Change.Delete(record))
                .join();
        assertDone(ask("PUT", "/identityv2/data", token, row("p2", "a", "SN-007")));
    }

    @Test
    void eachRowOfABatchHasItsOwnAnswer() {
        var token = registered();
        var batch = "[" + row("b1", "a", "SN-101") + "," + row("p1", "b", "SN-102") + "," + row("b2", "", "SN-103")
                + "," + row("b3", "c", "SN-101") + "," + row("b4", "d", "SN-104") + "," + row("b4", "e", "SN-105")
                + ",7]";
        var made = ask("POST", "/identityv2/data/batchCreate", token, batch);
        assertDone(made);
        var said = made.path("data");
        assertEquals(7, said.size());
        assertEquals("88.118.7/p1", said.path(1).path("handle").stringValue());
        assertEquals("标识对象已存在", said.path(1).path("msg").stringValue());
        assertTrue(said.path(2).path("msg").stringValue().contains("必填"));
        assertEquals("success", said.path(4).path("msg").stringValue(), "rows of one handle are done in their order");
        assertEquals("标识对象已存在", said.path(5).path("msg").stringValue());
        assertTrue(said.path(6).path("msg").stringValue().contains("对象"));
        var winners = IntStream.of(0, 3)
                .filter(i -> said.path(i).path("msg").stringValue().equals("success"))
                .count();
        assertEquals(1, winners, "one of those with the same serial number: " + said);
        var changed = ask("PUT", "/identityv2/data/batchUpdate", token, "[" + row("p1", "z", "SN-001") + "]");
        assertEquals("success", changed.path("data").path(0).path("msg").stringValue());
        var gone = ask("DELETE", "/identityv2/data/batchDelete", token, "[\"88.118.7/p1\",\"88.118.7/p1\"]")
                .path("data");
        assertEquals(1, gone.path(0).path("code").intValue());
        assertEquals(-2, gone.path(1).path("code").intValue());
        assertFailed(-2, "2000", ask("POST", "/identityv2/data/batchCreate", token, "[]"));
    }

    @Test
    void aFullBatchIsRegistered() {
        var token = registered();
        var batch = IntStream.range(0, SecondLevelDoor.BATCH_MAX)
                .mapToObj(i -> row("n" + i, "名" + i, "%08d".formatted(i)))
                .collect(Collectors.joining(",", "[", "]"));
        var said = ask("POST", "/identityv2/data/batchCreate", token, batch).path("data");
        for (var row : said) {
            assertEquals("success", row.path("msg").stringValue(), row.toString());
        }
        assertEquals(SecondLevelDoor.BATCH_MAX, said.size());
        assertEquals("名1999", value("n1999", 2000));
    }

    /// RFC 3652, section 3.6: who is no administrator changes nothing, by no door.
    @Test
    void aTokenAllowsNoMoreThanTheHandleProtocol() {
        registered();
        var apprentice = ask("POST", "/identity/token", "", logIn("310:0.NA/88.118.7", AdministeredNode.SECRET.text()))
                .path("data")
                .path("token")
                .stringValue();
        assertFailed(-3, "lacks the permission", ask("POST", "/identityv2/data", apprentice, row("p2", "a", "SN-002")));
        assertFailed(-3, "no administrator", ask("PUT", "/identityv2/data", apprentice, row("p1", "a", "SN-001")));
        assertFailed(
                -3, "no administrator", ask("DELETE", "/identityv2/data", apprentice, "{\"handle\":\"88.118.7/p1\"}"));
        assertEquals("小型机械01", value("p1", 2000));
    }

    @Test
    void whatOthersCouldReadIsTakenFromNobody() {
        var fields = Map.of("authorization", "Bearer " + token());
        var request = WebRequest.of("DELETE", "/identityv2/data", fields, Octets.utf8("{\"handle\":\"88.118.7/x\"}"));
        assertTrue(doors.answer(request.readable()).content().text().contains("HTTPS"));
        var logIn = WebRequest.of(
                "POST", "/identity/token", Map.of(), Octets.utf8(logIn(USER, AdministeredNode.SECRET.text())));
        assertTrue(doors.answer(logIn.readable()).content().text().contains("HTTPS"));
    }
}
