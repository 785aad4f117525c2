package io.millwright.identity.door;

import io.millwright.identity.authentication.Identity;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.record.Handle;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.record.ValueText;
import io.millwright.identity.template.Filled;
import io.millwright.identity.template.ItemType;
import io.millwright.identity.wire.Octets;
import io.millwright.model.Time;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The interface of the second-level node of China's industrial internet (SNMS): tokens at `/identity/token`,
/// templates at `/snms/api/v5/template`, records at `/identityv2/data`, one or many at a time.
final class SecondLevelDoor implements WebDoor {

    /// Records in one request.
    static final int BATCH_MAX = 2000;

    private static final String TOKEN = "/identity/token";
    private static final String TEMPLATE = "/snms/api/v5/template";
    private static final String DATA = "/identityv2/data";
    private static final String DETAIL = DATA + "/detail";
    private static final String CREATE_MANY = DATA + "/batchCreate";
    private static final String UPDATE_MANY = DATA + "/batchUpdate";
    private static final String DELETE_MANY = DATA + "/batchDelete";

    private static final String JSON = "application/json;charset=UTF-8";
    private static final int DONE = 1;
    private static final int NO_LOGIN = -1;
    private static final int FAILED = -2;
    private static final int NO_PERMISSION = -3;
    private static final int NODE_FAILED = -4;

    private static final int TEXT_MAX = ItemType.TEXT_MAX + 1;
    private static final int VERSION_MAX = 128;

    /// Records of a batch that wait for the disk together.
    private static final int AT_ONCE = 32;

    private static final int NONCE_BYTES = 16;
    private static final int DIGEST_BYTES = 32;

    private final Node node;
    private final Bearers bearers;
    private final Registrations registrations;
    private final SecondLevelTemplates templates;
    private final SecureRandom random = new SecureRandom();

    /// @param life of a token
    SecondLevelDoor(Node node, Time time, Duration life) {
        this.node = node;
        bearers = new Bearers(new Tokens(time, life, false));
        var kept = new TemplateRecords(node);
        registrations = new Registrations(node, kept);
        templates = new SecondLevelTemplates(kept, time);
    }

    static boolean takes(String path) {
        return switch (path) {
            case TOKEN, TEMPLATE, DATA, DETAIL, CREATE_MANY, UPDATE_MANY, DELETE_MANY -> true;
            default -> false;
        };
    }

    @Override
    public WebAnswer answer(WebRequest request) {
        try {
            return switch (request.method() + " " + request.path()) {
                case "POST " + TOKEN -> token(request);
                case "GET " + TEMPLATE -> templates.show(request.parameters(), bearers.client(request));
                case "POST " + TEMPLATE -> of(templates.create(content(request), bearers.needed(request)));
                case "PUT " + TEMPLATE -> of(templates.update(content(request), bearers.needed(request)));
                case "DELETE " + TEMPLATE -> of(templates.delete(content(request), bearers.needed(request)));
                case "GET " + DETAIL, "HEAD " + DETAIL -> detail(request.parameters(), bearers.client(request));
                case "POST " + DATA -> of(create(content(request), bearers.needed(request)));
                case "PUT " + DATA -> of(update(content(request), bearers.needed(request)));
                case "DELETE " + DATA -> of(delete(content(request), bearers.needed(request)));
                case "POST " + CREATE_MANY -> many(request, this::create);
                case "PUT " + UPDATE_MANY -> many(request, this::update);
                case "DELETE " + DELETE_MANY -> deleteMany(request);
                default -> WebAnswer.notAllowed(methods(request.path()));
            };
        } catch (RefusedException e) {
            return failed(e.status() == 401 ? NO_LOGIN : e.status() == 403 ? NO_PERMISSION : FAILED, e.detail());
        }
    }

    private static String methods(String path) {
        return switch (path) {
            case TEMPLATE -> "GET, POST, PUT, DELETE, OPTIONS";
            case DATA -> "POST, PUT, DELETE, OPTIONS";
            case DETAIL -> "GET, HEAD, OPTIONS";
            case UPDATE_MANY -> "PUT, OPTIONS";
            case DELETE_MANY -> "DELETE, OPTIONS";
            default -> "POST, OPTIONS";
        };
    }

    private static Content content(WebRequest request) throws RefusedException {
        return Content.of(Json.read(request.content()));
    }

    static WebAnswer done(JsonNode data) {
        var json = Json.object().put("message", "success").put("status", DONE);
        json.set("data", data);
        return WebAnswer.json(200, JSON, json);
    }

    static WebAnswer failed(int status, String message) {
        var json = Json.object().put("message", message).put("status", status);
        return WebAnswer.json(200, JSON, json.putNull("data"));
    }

    static WebAnswer of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done() -> done(Json.flag(true));
            case Outcome.Refused(var reason, var detail) -> failed(status(reason), detail);
        };
    }

    private static int status(Outcome.Reason reason) {
        return switch (reason) {
            case LOGIN -> NO_LOGIN;
            case DENIED, UNREADABLE -> NO_PERMISSION;
            case FAILED -> NODE_FAILED;
            case MISSING,
                    EXISTS,
                    BAD_REQUEST,
                    UNPUBLISHED,
                    WRONG_VALUES,
                    WRONG_ITEM,
                    NO_TEMPLATE,
                    NOT_OURS,
                    NOT_ALLOWED -> FAILED;
        };
    }

    /// The user is an identity's handle, with or without the index of its key; the password is the secret key.
    private WebAnswer token(WebRequest request) throws RefusedException {
        if (!request.confidential()) {
            throw WebRequest.notConfidential();
        }
        var content = content(request);
        var user = content.text("username", Handle.MAX_BYTES);
        var password = content.text("password", Handle.MAX_BYTES);
        var identity =
                user.indexOf(':') > 0 ? HandleCredential.identity(user) : new ValueReference(ValueJson.handle(user), 0);
        var who = prover(new Identity.SecretKey(identity, Octets.utf8(password)));
        if (who.isEmpty()) {
            return failed(FAILED, "用户名/密码错误！");
        }
        return bearers.tokens()
                .issue(who.get())
                .map(token -> done(Json.object().put("token", token)).with("Cache-Control", "no-store"))
                .orElseGet(() -> failed(NODE_FAILED, "登录过多, 请稍后重试"));
    }

    private Optional<ValueReference> prover(Identity identity) {
        var nonce = drawn(NONCE_BYTES);
        var digest = new RequestDigest(RequestDigest.SHA_256, drawn(DIGEST_BYTES));
        return node.prover(identity.answer(nonce, digest, random), nonce, digest.digest());
    }

    private Octets drawn(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return Octets.of(octets);
    }

    private WebAnswer detail(Parameters parameters, Client client) throws RefusedException {
        var handle = ValueJson.handle(EnterpriseDoor.needed(parameters, "handle"));
        var reading = Reading.of(node, handle, client);
        if (!reading.isFound()) {
            return of(
                    reading.isMissing()
                            ? Outcome.refused(Outcome.Reason.MISSING, "标识不存在")
                            : Outcome.refused(Outcome.Reason.BAD_REQUEST, "标识不能在本节点查询: " + handle));
        }
        var list = Json.array();
        for (var value : reading.shown()) {
            var data = Json.object().put("format", "string").put("value", ValueText.of(value));
            var one = Json.object();
            one.set("data", data);
            one.put("auth", "").put("index", Integer.toUnsignedLong(value.index()));
            list.add(one.put("type", value.type()));
        }
        var data = Json.object().put("code", "200").put("prefix", handle.prefix());
        data.put("handle", handle.toString())
                .put("templateVersion", reading.version().orElse(""))
                .set("value", list);
        return done(data);
    }

    /// One record's worth of work.
    private interface Work {
        Outcome on(Content content, ValueReference who) throws RefusedException;
    }

    private static Handle handle(Content content) throws RefusedException {
        return ValueJson.handle(content.text("handle", Handle.MAX_BYTES));
    }

    private Outcome create(Content content, ValueReference who) throws RefusedException {
        var handle = handle(content);
        var version = content.text("templateVersion", VERSION_MAX);
        var template = TemplateRecords.handle(handle.prefix(), version);
        return registrations.create(handle, template, values(content), who);
    }

    /// The items that are given are all there are to be, as when a record is registered.
    private Outcome update(Content content, ValueReference who) throws RefusedException {
        var handle = handle(content);
        var version = content.text("templateVersion", VERSION_MAX);
        var by = Reading.of(node, handle, new Client.Known(who)).version();
        return by.isPresent() && !by.get().equals(version)
                ? Outcome.refused(Outcome.Reason.WRONG_ITEM, "标识的模板版本为 " + by.get() + ", 不是 " + version)
                : registrations.update(handle, values(content), true, who);
    }

    private Outcome delete(Content content, ValueReference who) throws RefusedException {
        return registrations.delete(handle(content), who);
    }

    private static List<Filled> values(Content content) throws RefusedException {
        var values = new ArrayList<Filled>();
        for (var one : content.list("value")) {
            int index = one.number("index", 0, Integer.MAX_VALUE);
            if (index == Registrations.VERSION_INDEX) {
                throw new RefusedException("标识属性索引不能为" + index);
            }
            var data = one.object("data");
            var format = data.text("format", "string", TEXT_MAX);
            if (!format.equals("string")) {
                throw new RefusedException("标识属性内容格式现只支持string, 不支持 " + format);
            }
            values.add(new Filled(index, one.text("type", VERSION_MAX), data.text("value", "", TEXT_MAX)));
        }
        return values;
    }

    private static JsonNode rows(WebRequest request) throws RefusedException {
        var json = Json.read(request.content());
        if (!json.isArray() || json.isEmpty() || json.size() > BATCH_MAX) {
            throw new RefusedException("请求体应为 1 至 " + BATCH_MAX + " 条的 JSON 数组");
        }
        return json;
    }

    private WebAnswer many(WebRequest request, Work work) throws RefusedException {
        var who = bearers.needed(request);
        var names = new ArrayList<String>();
        var works = new ArrayList<Supplier<Outcome>>();
        for (var row : rows(request)) {
            names.add(row.path("handle").asString(""));
            works.add(() -> {
                try {
                    return work.on(Content.of(row), who);
                } catch (RefusedException e) {
                    return Outcome.refused(Outcome.Reason.BAD_REQUEST, e.detail());
                }
            });
        }
        return each(names, works, false);
    }

    private WebAnswer deleteMany(WebRequest request) throws RefusedException {
        var who = bearers.needed(request);
        var names = new ArrayList<String>();
        var works = new ArrayList<Supplier<Outcome>>();
        for (var row : rows(request)) {
            names.add(row.asString(""));
            works.add(() -> {
                try {
                    return row.isString()
                            ? registrations.delete(ValueJson.handle(row.stringValue()), who)
                            : Outcome.refused(Outcome.Reason.BAD_REQUEST, "应为标识字符串");
                } catch (RefusedException e) {
                    return Outcome.refused(Outcome.Reason.BAD_REQUEST, e.detail());
                }
            });
        }
        return each(names, works, true);
    }

    /// Does the work of all rows, some at once: their changes get to the disk together. A handle that comes again is
    /// done after the one before.
    private static WebAnswer each(List<String> names, List<Supplier<Outcome>> works, boolean codes) {
        var outcomes = outcomes(names, works);
        var list = Json.array();
        for (int i = 0; i < names.size(); i++) {
            var row = Json.object().put("handle", names.get(i));
            var outcome = outcomes.get(i);
            if (codes) {
                row.put("code", outcome instanceof Outcome.Refused(var reason, var _) ? status(reason) : DONE);
            }
            list.add(row.put("msg", outcome instanceof Outcome.Refused(var _, var detail) ? detail : "success"));
        }
        return done(list);
    }

    private static List<Outcome> outcomes(List<String> names, List<Supplier<Outcome>> works) {
        var outcomes = new ArrayList<Outcome>(Collections.nCopies(works.size(), Outcome.DONE));
        var chains = new HashMap<String, List<Integer>>();
        for (int i = 0; i < works.size(); i++) {
            chains.computeIfAbsent(Handle.prefixKey(names.get(i)), _ -> new ArrayList<>())
                    .add(i);
        }
        var places = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var chain : chains.values()) {
                places.acquireUninterruptibly();
                threads.execute(() -> {
                    try {
                        chain.forEach(i -> outcomes.set(i, works.get(i).get()));
                    } finally {
                        places.release();
                    }
                });
            }
        }
        return outcomes;
    }
}
