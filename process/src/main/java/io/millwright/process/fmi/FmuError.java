package io.millwright.process.fmi;

import io.millwright.process.commissioning.ProcessError;

/// An FMU cannot be read or loaded, or one of its functions failed. The message says where, what is wrong and
/// what would be right.
public final class FmuError extends ProcessError {
    private static final long serialVersionUID = 1;

    public FmuError(String message) {
        super(message);
    }
}
