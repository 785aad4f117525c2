package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueText;
import java.util.List;
import java.util.Optional;

/// Resolution as the enterprise node (`GET /api/v1/doip`) and the second-level node (`GET /identityv2/data/detail`) of
/// China's industrial internet offer it. Only what anyone may read is shown; nothing is changed here.
///
/// @param node who is asked
record EnterpriseDoor(Node node) implements WebDoor {

    private static final String DOIP = "/api/v1/doip";
    private static final String DETAIL = "/identityv2/data/detail";
    private static final String RETRIEVE = "0.DOIP/Op.Retrieve";
    private static final String JSON = "application/json;charset=UTF-8";

    /// Values about the record itself, not of the thing.
    private static final String SYSTEM_TYPES = "HS_";

    private static final int TEXT = 1;

    static boolean takes(String path) {
        return path.equals(DOIP) || path.equals(DETAIL);
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        boolean doip = request.path().equals(DOIP);
        try {
            if (!request.is("GET")) {
                return WebAnswer.notAllowed("GET, HEAD, OPTIONS");
            }
            return doip ? retrieve(request.parameters()) : detail(request.parameters());
        } catch (RefusedException e) {
            return doip ? doip(e.status(), 106, "请求入参错误：" + e.detail()) : detail(e.status(), e.detail());
        }
    }

    private static String named(Parameters parameters, String name) throws RefusedException {
        return parameters
                .first(name)
                .filter(v -> !v.isEmpty())
                .orElseThrow(() -> new RefusedException("缺少必要的请求参数: " + name));
    }

    private Node.Result resolve(String handle) throws RefusedException {
        var query = Body.ResolutionRequest.all(ValueJson.handle(handle));
        return node.perform(OpCode.RESOLUTION, OpFlag.PUBLIC_ONLY, query, Optional.empty());
    }

    private static List<HandleValue> shown(List<HandleValue> values) {
        return values.stream().filter(v -> !v.type().startsWith(SYSTEM_TYPES)).toList();
    }

    private WebAnswer retrieve(Parameters parameters) throws RefusedException {
        var operation = named(parameters, "operationId");
        if (!operation.equals(RETRIEVE)) {
            return doip(400, 405, "不支持的操作类型: " + operation);
        }
        var handle = named(parameters, "targetId");
        var result = resolve(handle);
        if (!(result.body() instanceof Body.ResolutionResponse(var _, var values))) {
            return result.code() == ResponseCode.HANDLE_NOT_FOUND
                    ? doip(404, 104, "标识对象不存在")
                    : doip(400, 101, "请求无效: " + ResponseCode.meaningOf(result.code()));
        }
        var attributes = Json.object().put("id", handle).put("type", "");
        var elements = Json.array();
        for (var value : shown(values)) {
            var element = Json.object().put("index", Integer.toUnsignedLong(value.index()));
            element.put("type", value.type()).put("name", value.type()).put("dataType", TEXT);
            elements.add(element.put("value", ValueText.of(value)));
        }
        attributes.set("elements", elements);
        var data = Json.object().put("id", handle).put("type", "");
        data.set("attributes", attributes);
        var json = Json.object().put("code", 1).put("message", "成功");
        json.set("data", data);
        return WebAnswer.json(200, JSON, json);
    }

    private static WebAnswer doip(int status, int code, String message) {
        return WebAnswer.json(
                status, JSON, Json.object().put("message", message).put("code", code));
    }

    private WebAnswer detail(Parameters parameters) throws RefusedException {
        var handle = named(parameters, "handle");
        var result = resolve(handle);
        if (!(result.body() instanceof Body.ResolutionResponse(var _, var values))) {
            boolean missing = result.code() == ResponseCode.HANDLE_NOT_FOUND;
            return detail(missing ? 404 : 400, missing ? "标识不存在" : ResponseCode.meaningOf(result.code()));
        }
        var list = Json.array();
        for (var value : shown(values)) {
            var data = Json.object().put("format", "string").put("value", ValueText.of(value));
            var one = Json.object();
            one.set("data", data);
            one.put("auth", "").put("index", Integer.toUnsignedLong(value.index()));
            list.add(one.put("type", value.type()));
        }
        var data =
                Json.object().put("code", "200").put("prefix", Handle.of(handle).prefix());
        data.put("handle", handle).put("templateVersion", "").set("value", list);
        var json = Json.object().put("message", "success").put("status", 1);
        json.set("data", data);
        return WebAnswer.json(200, JSON, json);
    }

    private static WebAnswer detail(int status, String message) {
        var json = Json.object().put("message", message).put("status", -2);
        return WebAnswer.json(status, JSON, json.putNull("data"));
    }
}
