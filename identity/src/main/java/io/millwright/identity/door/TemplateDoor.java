package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.OpCode;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Administrator;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.template.TemplateState;
import io.millwright.model.Time;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/// Templates of the enterprise node, under `/api/v1/open/meta/`, and the records registered by one, at
/// `/api/v1/open/handle/page`.
final class TemplateDoor {

    private static final String META = "/api/v1/open/meta/";
    private static final String PAGE = "/api/v1/open/handle/page";
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int PAGE_MAX = 1000;

    private final Node node;
    private final String prefix;
    private final TemplateRecords templates;
    private final RecordPages pages;
    private final Time time;

    TemplateDoor(Node node, String prefix, TemplateRecords templates, Time time) {
        this.node = node;
        this.prefix = prefix;
        this.templates = templates;
        this.time = time;
        pages = new RecordPages(node);
    }

    static boolean takes(String path) {
        return path.startsWith(META) || path.equals(PAGE);
    }

    /// @param who is asking
    WebAnswer answer(WebRequest request, ValueReference who) throws RefusedException {
        var client = new Client.Known(who);
        return switch (request.method() + " " + request.path()) {
            case "POST " + META + "create" -> create(request, who);
            case "GET " + META + "info" -> info(request, client);
            case "PUT " + META + "update-basic-info", "PUT " + META + "update-item" -> update(request, client);
            case "DELETE " + META + "delete" -> delete(request, client);
            case "POST " + META + "grant/info" -> grant(request, client);
            case "PUT " + META + "publish-or-withdraw" -> publish(request, client);
            case "GET " + META + "page" -> page(request, client);
            case "GET " + PAGE -> records(request, client);
            default -> WebAnswer.problem(404, "Not Found", request.method() + " " + request.path() + " is not offered");
        };
    }

    private static Content content(WebRequest request) throws RefusedException {
        return Content.of(Json.read(request.content()));
    }

    private static Handle handle(String text) throws RefusedException {
        var handle = ValueJson.handle(text);
        if (handle.isComplete() && handle.suffix().startsWith(TemplateRecords.START)) {
            return handle;
        }
        throw new RefusedException("元数据标识应为 前缀/" + TemplateRecords.START + "…, 不是 " + text);
    }

    private static Handle metaHandle(Content content) throws RefusedException {
        return handle(content.text("metaHandle", Handle.MAX_BYTES));
    }

    private WebAnswer create(WebRequest request, ValueReference who) throws RefusedException {
        var content = content(request);
        var handle = content.has("metaHandle")
                ? metaHandle(content)
                : TemplateRecords.handle(prefix, UUID.randomUUID().toString().replace("-", ""));
        try {
            var template = TemplateJson.template(content, time.epochNanos() / NANOS_PER_SECOND);
            var outcome = templates.create(handle, template, who);
            return outcome instanceof Outcome.Done
                    ? DoipAnswers.found(Json.object().put("metaHandle", handle.toString()))
                    : DoipAnswers.of(outcome, 0);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(String.valueOf(e.getMessage()));
        }
    }

    private WebAnswer info(WebRequest request, Client client) throws RefusedException {
        var handle = ValueJson.handle(EnterpriseDoor.needed(request.parameters(), "metaHandle"));
        return templates
                .find(handle, client)
                .map(kept -> DoipAnswers.found(TemplateJson.info(kept)))
                .orElseGet(() -> DoipAnswers.of(Outcome.refused(Outcome.Reason.NO_TEMPLATE), 0));
    }

    private WebAnswer update(WebRequest request, Client client) throws RefusedException {
        var content = content(request);
        TemplateRecords.Change change = request.path().endsWith("item")
                ? before -> TemplateJson.edited(before, content)
                : before -> TemplateJson.renamed(before, content);
        return DoipAnswers.of(templates.change(metaHandle(content), client, change), DoipAnswers.CHANGED);
    }

    /// A published template is withdrawn before it is deleted.
    private WebAnswer delete(WebRequest request, Client client) throws RefusedException {
        var handles = request.parameters().all("metaHandleList");
        if (handles.isEmpty()) {
            throw new RefusedException("元数据标识列表metaHandleList不能为空");
        }
        for (var text : handles) {
            var handle = handle(text);
            var kept = templates.find(handle, client);
            if (kept.isEmpty()) {
                return DoipAnswers.failed(Outcome.Reason.NO_TEMPLATE.number(), "元数据不存在: " + handle);
            }
            var outcome = kept.get().template().state() == TemplateState.PUBLISHED
                    ? Outcome.refused(Outcome.Reason.NOT_ALLOWED, "已发布的元数据需撤回发布后方可删除: " + handle)
                    : templates.delete(handle, client);
            if (outcome instanceof Outcome.Refused) {
                return DoipAnswers.of(outcome, 0);
            }
        }
        return DoipAnswers.of(Outcome.DONE, DoipAnswers.CHANGED);
    }

    private WebAnswer grant(WebRequest request, Client client) throws RefusedException {
        var content = content(request);
        var handle = metaHandle(content);
        boolean restricted = content.number("scope", 1, 2) == 2;
        // The documentation's table and its example do not call the list the same.
        var users = content.has("handleUsers") ? "handleUsers" : "handleList";
        var grants = new Grants(
                Grants.handles(content.texts(users)),
                List.of(),
                Grants.handles(content.texts("removeHandleUsers")),
                List.of());
        var outcome = templates.grant(handle, client, grants::applied);
        return DoipAnswers.of(
                outcome instanceof Outcome.Done
                        ? templates.change(handle, client, before -> before.restricted(restricted))
                        : outcome,
                DoipAnswers.CHANGED);
    }

    private WebAnswer publish(WebRequest request, Client client) throws RefusedException {
        var content = content(request);
        var state = switch (content.text("opType", 20)) {
            case "publish" -> TemplateState.PUBLISHED;
            case "withdraw" -> TemplateState.WITHDRAWN;
            default -> throw new RefusedException("opType 应为 publish 或 withdraw");
        };
        var list = Json.array();
        for (var text : TemplateJson.handles(content)) {
            var outcome = templates.change(handle(text), client, before -> {
                if (state == TemplateState.WITHDRAWN && before.state() == TemplateState.DRAFT) {
                    throw new RefusedException("元数据未发布, 不能撤回");
                }
                return before.in(state);
            });
            var reason = outcome instanceof Outcome.Refused(var _, var detail) ? detail : "";
            list.add(Json.object()
                    .put("metaHandle", text)
                    .put("state", reason.isEmpty() ? "success" : "failed")
                    .put("reason", reason));
        }
        return DoipAnswers.with(DoipAnswers.CHANGED, list);
    }

    /// Whoever may list the handles of the prefix may list its templates and records.
    private void mayList(String listed, Client client) throws RefusedException {
        var body = new Body.HandleRequest(Handle.ofPrefix(listed));
        if (client.ask(node, OpCode.LIST_HANDLES, 0, body).code() != ResponseCode.SUCCESS) {
            throw new RefusedException(403, "没有权限列出前缀 " + listed + " 下的标识");
        }
    }

    private WebAnswer page(WebRequest request, Client client) throws RefusedException {
        mayList(prefix, client);
        var parameters = request.parameters();
        var group = parameters.first("classifyCode").orElse("");
        var named = parameters.first("metaHandle").orElse("");
        var state = parameters.first("metaState").orElse("");
        var span = RecordPages.Span.of(parameters);
        var rows = pages.templates(prefix).stream()
                .flatMap(h -> templates.find(h, client).stream())
                .filter(k -> group.isEmpty() || k.template().group().equals(group))
                .filter(k -> named.isEmpty() || k.handle().toString().equals(named))
                .filter(k -> state.isEmpty() || state.equals(Integer.toString(TemplateJson.state(k.template()))))
                .filter(k -> span.holds(k.template().createdSeconds()))
                .map(TemplateDoor::row)
                .toList();
        return paged(parameters, rows);
    }

    private static ObjectNode row(TemplateRecords.Kept kept) {
        var template = kept.template();
        return Json.object()
                .put("metaHandle", kept.handle().toString())
                .put("metaCode", template.code())
                .put("metaName", template.name())
                .put("metaState", TemplateJson.state(template))
                .put("isQuote", 0)
                .put("createdTime", DoipAnswers.moment(template.createdSeconds()))
                .put("classifyName", template.group());
    }

    private WebAnswer records(WebRequest request, Client client) throws RefusedException {
        var parameters = request.parameters();
        var template = handle(EnterpriseDoor.needed(parameters, "metaHandle"));
        mayList(template.prefix(), client);
        var span = RecordPages.Span.of(parameters);
        var rows = pages.registered(template, parameters.first("handleName").orElse("")).stream()
                .filter(r -> span.holds(r.createdSeconds()))
                .map(r -> Json.object()
                        .put("handleName", r.handle().toString())
                        .put("updateTime", DoipAnswers.moment(r.updatedSeconds()))
                        .put("createTime", DoipAnswers.moment(r.createdSeconds()))
                        .put("createdBy", r.owner()))
                .toList();
        return paged(parameters, rows);
    }

    private static WebAnswer paged(Parameters parameters, List<ObjectNode> rows) throws RefusedException {
        int page = parameters.number("page", 0, 0, Integer.MAX_VALUE);
        int size = parameters.number("size", 10, 1, PAGE_MAX);
        var content = Json.array();
        rows.stream().skip((long) page * size).limit(size).forEach(content::add);
        var json = Json.object().put("pageSize", size).put("pageNumber", page + 1);
        json.put("totalCount", rows.size()).put("totalPage", Math.ceilDiv(rows.size(), size));
        json.set("content", content);
        return DoipAnswers.found(json);
    }

    /// Who an HS_ADMIN value names; empty if it cannot be read.
    static String owner(List<HandleValue> values) {
        return values.stream()
                .filter(v -> v.index() == TemplateRecords.OWNER_INDEX && v.hasType(ValueTypes.HS_ADMIN))
                .flatMap(v -> Grants.decode(v).stream())
                .map(Administrator::reference)
                .map(r -> r.handle().toString())
                .findFirst()
                .orElse("");
    }
}
