package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.Limits;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.OpFlag;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// The Handle REST API: handles under `/api/handles`, sessions under `/api/sessions`, and `/api/prefixes` and
/// `/api/site` (Handle.Net Technical Manual, chapter 14). Whoever shows no credentials sees what anyone may read.
///
/// @param node who is asked
/// @param credentials say who asks
/// @param sessions behind some of them
record HandleRest(Node node, Credentials credentials, SessionDoor sessions) implements WebDoor {

    static final String PATH = "/api/";

    static final String JSON = "application/json;charset=UTF-8";
    private static final String HANDLES = "/api/handles";
    private static final String ONE = HANDLES + "/";

    /// Handles in one answer; whoever wants more asks for the next page.
    private static final int PAGE_MAX = 10_000;

    /// Leaves room for the suffix that is chosen, whatever the characters.
    private static final int START_LENGTH_MAX = 512;

    static HandleRest of(Node node, Time time) {
        var sessions = new HandleSessions(time);
        var credentials = new Credentials(node, sessions);
        return new HandleRest(node, credentials, new SessionDoor(sessions, credentials));
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        try {
            return route(request);
        } catch (RefusedException e) {
            var json = Json.object().put("responseCode", code(e.status())).put("message", e.detail());
            return challenged(WebAnswer.json(e.status(), JSON, json));
        }
    }

    private static int code(int status) {
        return switch (status) {
            case 401 -> ResponseCode.AUTHENTICATION_NEEDED;
            case 403 -> ResponseCode.NOT_AUTHORIZED;
            case 503 -> ResponseCode.SERVER_BUSY;
            default -> ResponseCode.PROTOCOL_ERROR;
        };
    }

    private WebAnswer route(WebRequest request) throws RefusedException {
        if (request.path().startsWith(ONE)) {
            var text = request.pathBehind(ONE);
            var handle = ValueJson.handle(text);
            return switch (request.method()) {
                case "GET", "HEAD" -> get(request, handle);
                case "PUT" -> put(request, handle);
                case "DELETE" -> delete(request, handle);
                default -> WebAnswer.notAllowed("GET, HEAD, PUT, DELETE, OPTIONS");
            };
        }
        if (SessionDoor.takes(request.path())) {
            return sessions.answer(request);
        }
        if (!request.is("GET")) {
            return WebAnswer.notAllowed("GET, HEAD, OPTIONS");
        }
        return switch (request.path()) {
            case HANDLES -> list(request);
            case "/api/prefixes" -> prefixes(request);
            case "/api/site" -> answered(ask(OpCode.GET_SITE_INFO, 0, new Body.HandleRequest(Handle.BLANK), request));
            default -> WebAnswer.problem(404, "Not Found", "the Handle API has handles, sessions, prefixes and site");
        };
    }

    private Node.Result ask(int opCode, int flags, Body body, WebRequest request) throws RefusedException {
        return credentials.of(request).ask(node, opCode, flags, body);
    }

    private WebAnswer get(WebRequest request, Handle handle) throws RefusedException {
        var parameters = request.parameters();
        var types = parameters.all("type");
        if (types.size() > Limits.TYPES) {
            throw new RefusedException("at most " + Limits.TYPES + " types can be asked for");
        }
        boolean stranger = request.credentials().isEmpty();
        int flags = (parameters.flag("publicOnly", stranger) ? OpFlag.PUBLIC_ONLY : 0)
                | (parameters.flag("auth", false) ? OpFlag.AUTHORITATIVE : 0);
        var query = new Body.ResolutionRequest(handle, indexes(parameters), types);
        return answered(ask(OpCode.RESOLUTION, flags, query, request));
    }

    private static List<Integer> indexes(Parameters parameters) throws RefusedException {
        var indexes = new ArrayList<Integer>();
        for (var text : parameters.all("index")) {
            indexes.add(Parameters.number("index", text, 0, Integer.MAX_VALUE));
        }
        return indexes;
    }

    private WebAnswer put(WebRequest request, Handle handle) throws RefusedException {
        var parameters = request.parameters();
        boolean overwrite = parameters.flag("overwrite", true);
        boolean mint = parameters.flag("mintNewSuffix", false);
        if (mint && handle.toString().length() > START_LENGTH_MAX) {
            throw new RefusedException("the start of a handle has at most " + START_LENGTH_MAX + " characters");
        }
        var body = new Body.ValuesRequest(handle, ValueJson.readAll(Json.read(request.content())));
        if (parameters.first("index").isPresent()) {
            var indexes = parameters.first("index").filter("various"::equals).isPresent()
                    ? body.values().stream().map(v -> v.index()).toList()
                    : indexes(parameters);
            if (!body.values().stream().allMatch(v -> indexes.contains(v.index()))) {
                throw new RefusedException("a value has an index that the query does not name");
            }
            int flag = overwrite ? OpFlag.OVERWRITE : 0;
            return answered(ask(OpCode.ADD_VALUE, flag, body, request), handle, 200);
        }
        int minted = mint ? OpFlag.MINT_SUFFIX : 0;
        var created = ask(OpCode.CREATE_HANDLE, minted, body, request);
        return overwrite && created.code() == ResponseCode.HANDLE_ALREADY_EXISTS
                ? answered(ask(OpCode.CREATE_HANDLE, OpFlag.OVERWRITE, body, request), handle, 200)
                : answered(created, handle, 201);
    }

    private WebAnswer delete(WebRequest request, Handle handle) throws RefusedException {
        var indexes = indexes(request.parameters());
        var result = indexes.isEmpty()
                ? ask(OpCode.DELETE_HANDLE, 0, new Body.HandleRequest(handle), request)
                : ask(OpCode.REMOVE_VALUE, 0, new Body.RemoveRequest(handle, indexes), request);
        return answered(result, handle, 200);
    }

    private WebAnswer list(WebRequest request) throws RefusedException {
        var parameters = request.parameters();
        var prefix = parameters.first("prefix").orElse("");
        if (prefix.isEmpty()) {
            throw new RefusedException("name the prefix whose handles are wanted: ?prefix=88.118.7");
        }
        int page = parameters.number("page", 0, 0, Integer.MAX_VALUE);
        int size = parameters.number("pageSize", PAGE_MAX, 1, PAGE_MAX);
        var described = ValueJson.handle(prefix.startsWith("0.NA/") ? prefix : "0.NA/" + prefix);
        var result = ask(OpCode.LIST_HANDLES, 0, new Body.HandleRequest(described), request);
        if (result.code() != ResponseCode.SUCCESS) {
            return answered(result);
        }
        long from = (long) page * size;
        long total = 0;
        var handles = Json.array();
        for (var part = Optional.of(result);
                part.isPresent();
                part = part.get().more().map(Supplier::get)) {
            if (part.get().body() instanceof Body.HandleList(var listed)) {
                for (var handle : listed) {
                    if (total >= from && total < from + size) {
                        handles.add(handle.toString());
                    }
                    total++;
                }
            }
        }
        var json = Json.object().put("responseCode", ResponseCode.SUCCESS).put("prefix", described.suffix());
        json.put("totalCount", total).put("page", page).put("pageSize", size);
        json.set("handles", handles);
        return WebAnswer.json(200, JSON, json);
    }

    private WebAnswer prefixes(WebRequest request) throws RefusedException {
        var result = ask(OpCode.LIST_HOMED_PREFIXES, 0, new Body.HandleRequest(Handle.BLANK), request);
        if (!(result.body() instanceof Body.HandleList(var listed))) {
            return answered(result);
        }
        var json = Json.object().put("responseCode", ResponseCode.SUCCESS);
        var names = Json.array();
        listed.forEach(prefix -> names.add(prefix.toString()));
        json.set("prefixes", names);
        return WebAnswer.json(200, JSON, json);
    }

    private WebAnswer answered(Node.Result result) {
        return answered(result, Handle.BLANK, 200);
    }

    /// @param done the status of a success
    private WebAnswer answered(Node.Result result, Handle changed, int done) {
        var json = Json.object().put("responseCode", result.code());
        switch (result.body()) {
            case Body.ResolutionResponse(var handle, var values) -> {
                var list = Json.array();
                values.forEach(value -> list.add(ValueJson.write(value)));
                json.put("responseCode", values.isEmpty() ? ResponseCode.VALUE_NOT_FOUND : ResponseCode.SUCCESS);
                json.put("handle", handle.toString()).set("values", list);
            }
            case Body.CreateResponse(var handle) -> json.put("handle", handle.toString());
            case Body.SiteResponse(var site) -> json.set("site", SiteJson.write(site));
            case Body.ErrorResponse error ->
                json.put("message", error.text().orElse(ResponseCode.meaningOf(result.code())));
            default -> named(json, result, changed);
        }
        int status = result.code() == ResponseCode.SUCCESS ? done : status(result.code());
        return challenged(WebAnswer.json(status, JSON, json));
    }

    private static void named(ObjectNode json, Node.Result result, Handle changed) {
        if (result.code() == ResponseCode.SUCCESS) {
            json.put("handle", changed.toString());
        } else {
            json.put("message", ResponseCode.meaningOf(result.code()));
        }
    }

    private WebAnswer challenged(WebAnswer answer) {
        return answer.status() == 401 ? answer.with("WWW-Authenticate", credentials.challenge()) : answer;
    }

    /// The status that goes with a response code (Handle.Net Technical Manual, chapter 14).
    private static int status(int code) {
        return switch (code) {
            case ResponseCode.HANDLE_NOT_FOUND, ResponseCode.VALUE_NOT_FOUND -> 404;
            case ResponseCode.HANDLE_ALREADY_EXISTS, ResponseCode.VALUE_ALREADY_EXISTS -> 409;
            case ResponseCode.INVALID_HANDLE,
                    ResponseCode.SERVER_NOT_RESPONSIBLE,
                    ResponseCode.VALUE_INVALID,
                    ResponseCode.PROTOCOL_ERROR -> 400;
            case ResponseCode.AUTHENTICATION_NEEDED -> 401;
            case ResponseCode.SERVER_BUSY -> 503;
            case ResponseCode.OPERATION_DENIED -> 501;
            default -> code >= ResponseCode.NOT_AUTHORIZED && code < ResponseCode.SESSION_TIMEOUT ? 403 : 500;
        };
    }
}
