package io.millwright.node.api;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.staticcontent.ClasspathHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import io.millwright.node.plc.ControlDesk;
import io.millwright.node.runtime.PlantRuntime;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// The HTTP server of a node: the API beneath `/api/v1`, its description, and the console's files.
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_CONNECTIONS = 1024;
    private static final int WATCH_MILLIS = 100;
    /// A request that names many signals or variables has a long address; longer ones are refused.
    private static final int MAX_ADDRESS_LENGTH = 64 * 1024;

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header PROBLEM =
            HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/problem+json");
    private static final Header EVENTS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    private static final Header NO_STORE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");
    private static final Header ASK_AGAIN = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-cache");
    /// The names of these files hold a digest of what is in them.
    private static final Header FOR_EVER =
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "public, max-age=31536000, immutable");
    private static final String DIGEST_NAMED = "/assets/";
    /// The console brings everything it needs; its component library writes style elements.
    private static final Header CONTENT_POLICY = HeaderValues.createCached(
            HeaderNames.create("Content-Security-Policy"),
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; "
                    + "base-uri 'none'; form-action 'none'");

    private static final Header NO_SNIFF =
            HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff");

    private final Served served;
    private final Optional<AccessToken> token;
    private final JsonMapper json =
            JsonMapper.builder().enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE).build();
    private final WebServer server;
    private @Nullable String description;

    private HttpServer(Served served, InetSocketAddress address, Optional<AccessToken> token) {
        this.served = served;
        this.token = token;
        server = WebServer.builder()
                .address(address.getAddress())
                .port(address.getPort())
                .maxTcpConnections(MAX_CONNECTIONS)
                .connectionOptions(options -> options.tcpNoDelay(true))
                .addProtocol(Http1Config.builder()
                        .maxPrologueLength(MAX_ADDRESS_LENGTH)
                        .build())
                .shutdownHook(false)
                .routing(this::route)
                .build();
    }

    /// Loads what a server needs, so that one that is started later is there sooner.
    public static void prepare() {
        var _ = HttpRouting.builder().build();
        var _ = WebServer.builder().shutdownHook(false).buildPrototype();
        var _ = JsonMapper.shared().writeValueAsString(JSON.name());
    }

    /// Starts listening, for a plant.
    ///
    /// @param token what callers must show; empty to let everyone in, which is right on loopback only
    /// @throws BindException if the port is taken or the address is not of this machine
    public static HttpServer start(PlantRuntime runtime, InetSocketAddress address, Optional<AccessToken> token)
            throws BindException {
        return start(Served.plant(runtime), address, token);
    }

    /// Starts listening.
    ///
    /// @param served what the API is about; closed with the server, or if that does not start
    /// @param token what callers must show; empty to let everyone in, which is right on loopback only
    /// @throws BindException if the port is taken or the address is not of this machine
    public static HttpServer start(Served served, InetSocketAddress address, Optional<AccessToken> token)
            throws BindException {
        try {
            return listening(served, address, token);
        } catch (BindException | IllegalArgumentException e) {
            served.identifiers().close();
            throw e;
        }
    }

    private static HttpServer listening(Served served, InetSocketAddress address, Optional<AccessToken> token)
            throws BindException {
        if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("a token is required on " + address);
        }
        refuseTaken(address);
        var http = new HttpServer(served, address, token);
        try {
            http.server.start();
            if (http.server.port() <= 0) {
                throw new IllegalStateException("the server did not start");
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            http.server.stop();
            throw refused(address, e);
        }
        return http;
    }

    /// Asked beforehand, as the server may merely log that a port is taken, and go on without one.
    private static void refuseTaken(InetSocketAddress address) throws BindException {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (IOException e) {
            throw refused(address, e);
        }
    }

    private static BindException refused(InetSocketAddress address, Exception cause) {
        var refused = new BindException(
                "cannot listen on %s:%d: %s".formatted(address.getHostString(), address.getPort(), rootMessage(cause)));
        refused.initCause(cause);
        return refused;
    }

    private static String rootMessage(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    private void route(HttpRouting.Builder routing) {
        var routes = served.routes();
        routing.addFilter((chain, request, response) -> {
            response.header(NO_SNIFF);
            var refusal = refusal(request);
            if (refusal.isPresent()) {
                send(response, request, refusal.orElseThrow());
            } else {
                chain.proceed();
            }
        });
        for (var route : routes) {
            routing.route(route.method(), "/api/v1" + route.path(), handler(route));
        }
        served.plant()
                .ifPresent(runtime ->
                        routing.get("/api/v1/stream", (request, response) -> stream(runtime, request, response)));
        served.desk()
                .ifPresent(desk ->
                        routing.get("/api/v1/plc/stream", (request, response) -> watch(desk, request, response)));
        routing.get(
                "/api/v1/openapi.json", (_, response) -> response.header(JSON).send(description(routes)));
        routing.any(
                "/api/v1/*",
                (request, response) -> send(response, request, Problem.notFound("see /api/ for what there is")));
        routing.register("/api", files("api", "index.html"));
        routing.register("/", files("console", "index.html"));
        routing.error(Problem.class, (request, response, problem) -> send(response, request, problem));
        routing.error(
                IllegalArgumentException.class,
                (request, response, wrong) ->
                        send(response, request, Problem.badRequest(String.valueOf(wrong.getMessage()))));
        routing.error(HttpException.class, this::sendStatus);
        routing.error(Exception.class, (request, response, e) -> {
            LOG.warn("{} {} failed", request.prologue().method(), request.path().path(), e);
            send(response, request, new Problem(500, "Something unexpected happened", "it is in the node's log"));
        });
    }

    /// Made when somebody asks for it, as it looks through the parts of all answers.
    private synchronized String description(List<Route> routes) {
        String made = Objects.requireNonNullElseGet(
                description, () -> json.writeValueAsString(OpenApi.document(routes, served.version())));
        description = made;
        return made;
    }

    private static io.helidon.webserver.http.HttpService files(String folder, String welcome) {
        var config = ClasspathHandlerConfig.builder()
                .location("/" + folder)
                .welcome(welcome)
                .pathMapper(path -> path)
                .build();
        var content = StaticContentFeature.createService(config);
        return rules -> {
            rules.any((request, response) -> {
                boolean named = request.path().path().startsWith(DIGEST_NAMED);
                response.header(CONTENT_POLICY).header(named ? FOR_EVER : ASK_AGAIN);
                response.next();
            });
            content.routing(rules);
        };
    }

    /// Why a request is not let in: it shows no token where one is needed, or a page of another site sends it
    /// to this machine under a name that is not this machine's (DNS rebinding).
    private Optional<Problem> refusal(ServerRequest request) {
        if (token.isEmpty()) {
            String host = request.authority().replaceFirst(":\\d+$", "");
            return LOOPBACK_NAMES.contains(host)
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            421, "This name is not ours", "this node answers to localhost and 127.0.0.1 only"));
        }
        boolean open = !request.path().path().startsWith("/api/v1/");
        if (open
                || request.headers().first(HeaderNames.AUTHORIZATION).stream()
                        .anyMatch(token.orElseThrow()::isShownBy)) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(401, "A token is needed", "send the node's token as `Authorization: Bearer TOKEN`"));
    }

    private Handler handler(Route route) {
        return (request, response) -> {
            var answer = route.handler().handle(new Call(request, json));
            response.header(JSON).header(NO_STORE).send(json.writeValueAsBytes(answer));
        };
    }

    private void stream(PlantRuntime runtime, ServerRequest request, ServerResponse response) throws Exception {
        var wanted = new HashSet<>(new Call(request, json).signals());
        var stream = new LiveStream(wanted);
        response.header(EVENTS).header(NO_STORE);
        try (OutputStream out = response.outputStream();
                var _ = runtime.historian().subscribe(stream::offer)) {
            stream.send(out, () -> json.writeValueAsString(runtime.state()));
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("a subscriber left: {}", e.getMessage());
        } catch (InterruptedException e) {
            LOG.debug("the server ends");
        }
    }

    private void watch(ControlDesk desk, ServerRequest request, ServerResponse response) throws Exception {
        var call = new Call(request, json);
        long every = call.number("every", WATCH_MILLIS, 10, 60_000) * 1_000_000L;
        try (var watched = desk.watch(call.all("path"), call.all("under"), every)) {
            response.header(EVENTS).header(NO_STORE);
            try (OutputStream out = response.outputStream()) {
                VariableStream.send(watched, every, out, json);
            } catch (IOException | UncheckedIOException e) {
                LOG.debug("a watcher left: {}", e.getMessage());
            } catch (InterruptedException e) {
                LOG.debug("the server ends");
            }
        }
    }

    /// What the server throws instead of answering: a file that the browser already has (304), one that is not
    /// there.
    private void sendStatus(ServerRequest request, ServerResponse response, HttpException e) {
        e.headers().forEach(response::header);
        if (e.status().code() < Status.BAD_REQUEST_400.code()) {
            response.status(e.status()).send();
        } else {
            send(
                    response,
                    request,
                    new Problem(e.status().code(), e.status().reasonPhrase(), String.valueOf(e.getMessage())));
        }
    }

    private void send(ServerResponse response, ServerRequest request, Problem problem) {
        if (problem.status() == Status.UNAUTHORIZED_401.code()) {
            response.header(HeaderNames.WWW_AUTHENTICATE, "Bearer");
        }
        response.status(problem.status())
                .header(PROBLEM)
                .header(NO_STORE)
                .send(json.writeValueAsBytes(problem.body(request.path().path())));
    }

    /// Stops listening and ends every stream.
    @Override
    public void close() {
        server.stop();
        served.identifiers().close();
    }
}
