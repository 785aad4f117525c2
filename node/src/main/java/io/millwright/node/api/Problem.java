package io.millwright.node.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millwright.model.Told;
import io.millwright.node.net.NetworkPlan.MessageView;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A problem response (RFC 9457). Thrown by whoever cannot answer a call.
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;
    private final transient @Nullable MessageView told;

    /// @param status the HTTP status code
    /// @param title the kind of problem, the same each time it occurs
    /// @param detail what happened this time and what would help
    Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
        told = null;
    }

    /// @param told what happened, also for who says it in another language
    Problem(int status, String title, MessageView told) {
        super(told.text());
        this.status = status;
        this.title = title;
        this.told = told;
    }

    /// @param told what happened, likewise
    Problem(int status, String title, Told told) {
        this(status, title, new MessageView(told.text(), told.code(), Map.copyOf(told.arguments())));
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "The request cannot be understood", detail);
    }

    static Problem notFound(String detail) {
        return new Problem(404, "There is no such thing", detail);
    }

    int status() {
        return status;
    }

    /// The response body.
    Body body(String instance) {
        var type = URI.create("about:blank");
        return new Body(
                type,
                title,
                status,
                String.valueOf(getMessage()),
                instance,
                told == null ? null : told.code(),
                told == null ? null : told.arguments());
    }

    /// The members of a problem object (RFC 9457, section 3.1); and, where the detail is known by a code, that and
    /// its arguments (section 3.2).
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Body(
            URI type,
            String title,
            int status,
            String detail,
            String instance,
            @Nullable String code,
            @Nullable Map<String, Object> arguments) {}
}
