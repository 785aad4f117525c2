package io.millwright.plc;

/// A project cannot be run: the message says what is wrong and what would be right.
public final class ProjectError extends Exception {
    public ProjectError(String message) {
        super(message);
    }
}
