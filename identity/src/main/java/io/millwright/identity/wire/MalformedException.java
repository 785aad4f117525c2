package io.millwright.identity.wire;

/// Bytes that are not what the protocol says they should be. The message names the field, what was found, and what
/// would be right.
public final class MalformedException extends Exception {

    private final String reason;

    public MalformedException(String reason) {
        super(reason);
        this.reason = reason;
    }

    @Override
    public String getMessage() {
        return reason;
    }

    /// Malformed bytes are an everyday event of a network server; a stack trace would cost more than the message.
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
