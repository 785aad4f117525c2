package io.millwright.identity.door;

import java.io.Serial;

/// A request that cannot be read: what is wrong with it and what would be right.
final class RefusedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(String message) {
        this(400, message);
    }

    /// @param status of the answer
    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
