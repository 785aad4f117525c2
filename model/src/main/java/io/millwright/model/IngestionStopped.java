package io.millwright.model;

/// A sink does not keep what it was given. The message says why and what would help; nothing acknowledged earlier is
/// affected.
public final class IngestionStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IngestionStopped(String message) {
        super(message);
    }

    public IngestionStopped(String message, Throwable cause) {
        super(message, cause);
    }
}
