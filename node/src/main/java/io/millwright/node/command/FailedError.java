package io.millwright.node.command;

/// What was asked could not be done though it was asked rightly: a device does not answer, a value is lost. `mw`
/// shows the message alone and ends with [ExitStatus#FAILED].
public final class FailedError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public FailedError(String message) {
        super(message);
    }
}
