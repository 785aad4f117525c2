package io.millwright.identity.door;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.JsonNode;

/// Answers of the enterprise node: status 200, and in the content a number that says what came of it.
final class DoipAnswers {

    /// Of what was asked for.
    static final int FOUND = 1;

    /// Of what was changed.
    static final int CHANGED = 10_000;

    private static final String JSON = "application/json;charset=UTF-8";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private DoipAnswers() {}

    static WebAnswer found(JsonNode data) {
        return with(FOUND, data);
    }

    static WebAnswer with(int code, JsonNode data) {
        var json = Json.object().put("code", code).put("message", "成功");
        json.set("data", data);
        return WebAnswer.json(200, JSON, json);
    }

    static WebAnswer of(Outcome outcome, int done) {
        return switch (outcome) {
            case Outcome.Done() ->
                WebAnswer.json(200, JSON, Json.object().put("code", done).put("message", "成功"));
            case Outcome.Refused(var reason, var detail) -> failed(reason.number(), detail);
        };
    }

    static WebAnswer failed(int code, String message) {
        return WebAnswer.json(200, JSON, Json.object().put("message", message).put("code", code));
    }

    static WebAnswer refused(RefusedException e) {
        return switch (e.status()) {
            case 401 -> failed(Outcome.Reason.LOGIN.number(), e.detail());
            case 400 -> failed(Outcome.Reason.BAD_REQUEST.number(), "请求入参错误：" + e.detail());
            case 403 -> failed(Outcome.Reason.DENIED.number(), e.detail());
            default -> failed(e.status(), e.detail());
        };
    }

    /// A moment as these interfaces write it, in the zone of the machine.
    static String moment(long seconds) {
        return MOMENT.format(Instant.ofEpochSecond(seconds).atZone(ZoneId.systemDefault()));
    }
}
