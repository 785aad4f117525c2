package io.millwright.identity.door;

import io.millwright.identity.message.Body;
import io.millwright.identity.message.ResponseCode;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.record.ValueTypes;
import io.millwright.identity.template.Filled;
import io.millwright.identity.template.ItemType;
import io.millwright.identity.template.Template;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireWriter;
import io.millwright.model.Time;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The interface of the enterprise node of China's industrial internet (IDHub): operations of the Digital Object
/// Interface Protocol under `/api/v1/doip`, log-in by challenge below, and templates (see [TemplateDoor]).
final class EnterpriseDoor implements WebDoor {

    private static final String DOIP = "/api/v1/doip";
    private static final String CHALLENGE = DOIP + "/public/challenge";
    private static final String RESPONSE = DOIP + "/public/verify-response";
    private static final String AUTHORIZATION = "/api/v1/single-handle/authorization";
    private static final String TEMPLATE_TYPE = "0.TYPE/DO.DOIPMETA";
    private static final int TEXT_MAX = ItemType.TEXT_MAX + 1;

    private final Node node;
    private final Bearers bearers;
    private final Nonces nonces;
    private final TemplateRecords templates;
    private final Registrations registrations;
    private final TemplateDoor templateDoor;

    EnterpriseDoor(Node node, DoorSettings settings, Time time) {
        this.node = node;
        bearers = new Bearers(new Tokens(time, settings.tokenLife(), true));
        nonces = new Nonces(time);
        templates = new TemplateRecords(node);
        registrations = new Registrations(node, templates);
        templateDoor = new TemplateDoor(node, settings.prefix(), templates, time);
    }

    static boolean takes(String path) {
        return path.equals(DOIP)
                || path.equals(CHALLENGE)
                || path.equals(RESPONSE)
                || path.equals(AUTHORIZATION)
                || TemplateDoor.takes(path);
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        try {
            return switch (request.path()) {
                case CHALLENGE -> request.is("GET") ? challenge(request) : WebAnswer.notAllowed("GET, HEAD, OPTIONS");
                case RESPONSE -> request.is("POST") ? logIn(request) : WebAnswer.notAllowed("POST, OPTIONS");
                case AUTHORIZATION -> request.is("POST") ? grant(request) : WebAnswer.notAllowed("POST, OPTIONS");
                case DOIP -> doip(request);
                default -> templateDoor.answer(request, bearers.needed(request));
            };
        } catch (RefusedException e) {
            return DoipAnswers.refused(e);
        }
    }

    static String needed(Parameters parameters, String name) throws RefusedException {
        return parameters
                .first(name)
                .filter(v -> !v.isEmpty())
                .orElseThrow(() -> new RefusedException("缺少必要的请求参数: " + name));
    }

    /// Only who may log in is told a text to sign: a handle with a public key that anyone may read.
    private WebAnswer challenge(WebRequest request) throws RefusedException {
        var handle = ValueJson.handle(needed(request.parameters(), "handle"));
        boolean known = node.find(handle)
                .filter(found -> !found.valuesOf(ValueTypes.HS_PUBKEY).isEmpty())
                .isPresent();
        return known
                ? DoipAnswers.found(Json.text(nonces.pose(handle)))
                : DoipAnswers.failed(Outcome.Reason.LOGIN.number(), "标识没有公钥, 不是应用身份: " + handle);
    }

    /// The signature is over the text itself, by SHA-256 and the identity's private key, in base64.
    private WebAnswer logIn(WebRequest request) throws RefusedException {
        if (!request.confidential()) {
            throw WebRequest.notConfidential();
        }
        var content = Content.of(Json.read(request.content()));
        var handle = ValueJson.handle(content.text("handle", Handle.MAX_BYTES));
        var who = signer(handle, signature(content.text("signature", Handle.MAX_BYTES)));
        if (who.isEmpty()) {
            return DoipAnswers.failed(102, "客户端认证失败");
        }
        return bearers.tokens()
                .issue(who.get())
                .map(token ->
                        DoipAnswers.found(Json.object().put("token", token)).with("Cache-Control", "no-store"))
                .orElseGet(() -> DoipAnswers.failed(Outcome.Reason.FAILED.number(), "登录过多, 请稍后重试"));
    }

    private static Octets signature(String base64) throws RefusedException {
        try {
            return Octets.of(Base64.getMimeDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("signature 应为 base64");
        }
    }

    private Optional<ValueReference> signer(Handle handle, Octets signature) {
        var signed = new WireWriter()
                .octets(Octets.utf8("SHA-256"))
                .octets(signature)
                .toOctets();
        var answer = new Body.ChallengeAnswer(ValueTypes.HS_PUBKEY, new ValueReference(handle, 0), signed);
        for (var nonce : nonces.waitingFor(handle)) {
            var who = node.prover(answer, Octets.utf8(nonce), Octets.EMPTY);
            if (who.isPresent()) {
                return nonces.take(nonce) ? who : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private WebAnswer doip(WebRequest request) throws RefusedException {
        var parameters = request.parameters();
        var operation = needed(parameters, "operationId");
        var handle = ValueJson.handle(needed(parameters, "targetId"));
        if (operation.equals("0.DOIP/Op.Retrieve")) {
            return request.is("GET") || request.is("POST")
                    ? retrieve(handle, bearers.client(request))
                    : WebAnswer.notAllowed("GET, HEAD, POST, OPTIONS");
        }
        var change = switch (operation) {
            case "0.DOIP/Op.Create", "0.DOIP/Op.Update", "0.DOIP.EXTEND/Op.Update.Non.Overlay", "0.DOIP/Op.Delete" ->
                operation;
            default -> throw new RefusedException(405, "不支持的操作类型: " + operation);
        };
        if (!request.is("POST")) {
            return WebAnswer.notAllowed("POST, OPTIONS");
        }
        var who = bearers.needed(request);
        if (change.equals("0.DOIP/Op.Delete")) {
            return DoipAnswers.of(registrations.delete(handle, who), DoipAnswers.CHANGED);
        }
        var json = Json.read(request.content());
        var outcome = write(change, handle, Content.of(json), who);
        return outcome instanceof Outcome.Done
                ? DoipAnswers.with(DoipAnswers.CHANGED, json)
                : DoipAnswers.of(outcome, DoipAnswers.CHANGED);
    }

    private Outcome write(String change, Handle handle, Content content, ValueReference who) throws RefusedException {
        var template = ValueJson.handle(content.text("type", Handle.MAX_BYTES));
        var kept = templates.find(template, new Client.Known(who));
        if (kept.isEmpty()) {
            return Outcome.refused(Outcome.Reason.NO_TEMPLATE, "元数据不存在: " + template);
        }
        var values = values(kept.get().template(), content.object("attributes").object("content"));
        if (change.equals("0.DOIP/Op.Create")) {
            return registrations.create(handle, template, values, who);
        }
        var by = Reading.of(node, handle, new Client.Known(who)).template();
        return by.isPresent() && !by.get().equals(template)
                ? Outcome.refused(Outcome.Reason.WRONG_ITEM, "标识属于另一元数据: " + by.get())
                : registrations.update(handle, values, change.equals("0.DOIP/Op.Update"), who);
    }

    /// What the members of an object say, by English names.
    private static List<Filled> values(Template template, Content content) throws RefusedException {
        var values = new ArrayList<Filled>();
        for (var name : content.json().propertyNames()) {
            var item = template.item(name)
                    .orElseThrow(
                            () -> new RefusedException(Outcome.Reason.WRONG_ITEM.number(), "实体" + name + "不属于该元数据"));
            if (content.has(name)) {
                values.add(new Filled(item.index(), name, content.text(name, "", TEXT_MAX)));
            }
        }
        return values;
    }

    private WebAnswer retrieve(Handle handle, Client client) {
        var template = templates.find(handle, client);
        if (template.isPresent()) {
            return DoipAnswers.found(object(handle, TEMPLATE_TYPE, TemplateJson.attributes(template.get())));
        }
        var reading = Reading.of(node, handle, client);
        if (!reading.isFound()) {
            return reading.isMissing()
                    ? DoipAnswers.of(Outcome.refused(Outcome.Reason.MISSING), 0)
                    : DoipAnswers.of(
                            Outcome.refused(
                                    Outcome.Reason.BAD_REQUEST, "请求无效: " + ResponseCode.meaningOf(reading.code())),
                            0);
        }
        if (reading.items().isEmpty() && (reading.hidden() || reading.template().isPresent())) {
            return DoipAnswers.of(Outcome.refused(Outcome.Reason.UNREADABLE), 0);
        }
        var type = reading.template().map(Handle::toString).orElse("");
        var by = reading.template().flatMap(t -> templates.find(t, client)).map(TemplateRecords.Kept::template);
        var elements = Json.array();
        reading.items().forEach(value -> elements.add(element(value, by)));
        var attributes = Json.object().put("id", handle.toString()).put("type", type);
        attributes.set("elements", elements);
        return DoipAnswers.found(object(handle, type, attributes));
    }

    private static ObjectNode object(Handle handle, String type, JsonNode attributes) {
        var object = Json.object().put("id", handle.toString()).put("type", type);
        object.set("attributes", attributes);
        return object;
    }

    private static ObjectNode element(HandleValue value, Optional<Template> by) {
        int type = by.flatMap(t -> t.item(value.type()))
                .map(i -> TemplateJson.dataType(i.type()))
                .orElse(1);
        return Json.object()
                .put("index", Integer.toUnsignedLong(value.index()))
                .put("type", value.type())
                .put("name", value.type())
                .put("dataType", type)
                .put("value", ValueText.of(value));
    }

    /// Who may read a record, and who may change it.
    private WebAnswer grant(WebRequest request) throws RefusedException {
        var client = new Client.Known(bearers.needed(request));
        var content = Content.of(Json.read(request.content()));
        var handle = ValueJson.handle(content.text("handle", Handle.MAX_BYTES));
        int type = content.number("grantType", 1, 2);
        var grants = new Grants(
                Grants.handles(content.texts("handleUserReaders")),
                Grants.handles(content.texts("handleUserWriters")),
                Grants.handles(content.texts("delHandleUserReaders")),
                Grants.handles(content.texts("delHandleUserWriters")));
        boolean everybody = type == 1 || content.number("readerScope", 1, 2) == 1;
        var outcome = type == 1 ? Outcome.DONE : templates.grant(handle, client, grants::applied);
        return DoipAnswers.of(
                outcome instanceof Outcome.Done ? registrations.open(handle, everybody, client) : outcome,
                DoipAnswers.FOUND);
    }
}
