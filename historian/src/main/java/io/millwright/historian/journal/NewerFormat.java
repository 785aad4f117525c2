package io.millwright.historian.journal;

import java.io.IOException;

/// A file was written by a newer Millwright.
public final class NewerFormat extends IOException {
    private static final long serialVersionUID = 1;

    public NewerFormat(String message) {
        super(message);
    }
}
