package io.millwright.process.commissioning;

/// A process model cannot do what it was asked to. The message says where, what is wrong and what would be
/// right.
public class ProcessError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ProcessError(String message) {
        super(message);
    }
}
