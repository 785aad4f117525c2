package io.millwright.node.api;

import java.net.URI;

/// A problem response (RFC 9457). Thrown by whoever cannot answer a call.
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String title;

    /// @param status the HTTP status code
    /// @param title the kind of problem, the same each time it occurs
    /// @param detail what happened this time and what would help
    Problem(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
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
        return new Body(type, title, status, String.valueOf(getMessage()), instance);
    }

    /// The members of a problem object (RFC 9457, section 3.1).
    record Body(URI type, String title, int status, String detail, String instance) {}
}
