package io.millwright.connect;

/// A device cannot be reached, or refuses what it was asked. The message is for the user: what happened, where, and
/// what would help.
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1;

    public LinkException(String message) {
        super(message);
    }

    public LinkException(String message, Throwable cause) {
        super(message, cause);
    }
}
