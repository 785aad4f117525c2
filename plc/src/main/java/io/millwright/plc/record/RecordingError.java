package io.millwright.plc.record;

/// A recording cannot be read, or not be replayed: the message says which, where and why.
public final class RecordingError extends Exception {
    public RecordingError(String message) {
        super(message);
    }
}
