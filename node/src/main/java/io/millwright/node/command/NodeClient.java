package io.millwright.node.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running node, by its HTTP API. What it refuses is told by its own words.
public final class NodeClient implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    /// A request that names too much (RFC 9110, 15.5.15).
    private static final int ADDRESS_TOO_LONG = 414;
    private static final int OK = 200;
    private static final int CLIENT_ERROR = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String root;
    private final Optional<String> token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    /// @param url where the node is, e.g. `http://127.0.0.1:8420`
    /// @param token the token that the node wants to be shown by callers from other machines
    /// @throws UsageError if the address is none
    public NodeClient(String url, Optional<String> token) {
        this.token = token;
        root = url.replaceAll("/+$", "") + "/api/v1/";
        if (!url.matches("https?://.+")) {
            throw new UsageError("--at takes the address of a node, e.g. http://127.0.0.1:8420, not " + url);
        }
    }

    /// Asks.
    ///
    /// @param path beneath `/api/v1/`
    public JsonNode get(String path) {
        return answer("GET", path, BodyPublishers.noBody());
    }

    /// Changes something.
    ///
    /// @param body a record or map
    public JsonNode put(String path, Object body) {
        return answer("PUT", path, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
    }

    /// Asks for work to be done.
    public JsonNode post(String path, Object body) {
        return answer("POST", path, BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
    }

    /// Takes something away.
    public JsonNode delete(String path) {
        return answer("DELETE", path, BodyPublishers.noBody());
    }

    /// A stream of events, to be closed.
    public InputStream stream(String path) {
        HttpResponse<InputStream> answer = send(request(path).GET().build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != OK) {
            try (InputStream body = answer.body()) {
                throw refused(answer.statusCode(), new String(body.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw refused(answer.statusCode(), IoReason.of(e));
            }
        }
        return answer.body();
    }

    private JsonNode answer(String method, String path, BodyPublisher body) {
        var request = request(path).timeout(PATIENCE).method(method, body);
        if (!method.equals("GET") && !method.equals("DELETE")) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw refused(answer.statusCode(), answer.body());
        }
        try {
            return JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            throw new FailedError("what answers at " + root + " is not a Millwright node: " + e.getMessage());
        }
    }

    private HttpRequest.Builder request(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(root + path));
            token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
            return request;
        } catch (IllegalArgumentException e) {
            throw new UsageError(root + " is not the address of a node: " + e.getMessage());
        }
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new FailedError("no node answers at " + root + ": " + IoReason.of(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedError("interrupted");
        }
    }

    private RuntimeException refused(int status, String body) {
        if (status == ADDRESS_TOO_LONG) {
            return new UsageError("too much is asked for at once: name less");
        }
        if (status == UNAUTHORIZED) {
            return new UsageError("the node at " + root + (token.isEmpty() ? " wants its token" : " refuses the token")
                    + "; give --token FILE with the file security/token of its data folder");
        }
        String detail = detail(body);
        return status / 100 == CLIENT_ERROR
                ? new UsageError(detail)
                : new FailedError("the node at " + root + " answers " + status + ": " + detail);
    }

    private static String detail(String body) {
        try {
            return JsonMapper.shared().readTree(body).path("detail").asString(body);
        } catch (JacksonException e) {
            return body.substring(0, Math.min(200, body.length()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
