package io.millwright.node.command;

/// What the user gave cannot be used. The message says where, what is wrong and what would be right; `mw` shows it
/// alone and ends with [ExitStatus#USAGE].
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageError(String message) {
        super(message);
    }
}
