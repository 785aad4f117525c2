package io.millwright.process.replay;

/// A recording or its description cannot be used. The message says where, what is wrong and what would be right.
public final class RecordingError extends Exception {
    private static final long serialVersionUID = 1;

    public RecordingError(String message) {
        super(message);
    }
}
