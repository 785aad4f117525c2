package io.millwright.model.disk;

import java.io.IOException;

/// A folder that only one process may use is used by another.
public final class FolderInUse extends IOException {
    private static final long serialVersionUID = 1;

    public FolderInUse(String message) {
        super(message);
    }
}
