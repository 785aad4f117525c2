package io.millwright.identity.store;

import java.io.IOException;

/// The files of a store are not what was written: a checksum, a length or a name is wrong, or one is missing.
public final class StoreDamaged extends IOException {
    private static final long serialVersionUID = 1;

    StoreDamaged(String where, String what) {
        super("identity store " + where + " is damaged: " + what + "; restore it from a snapshot");
    }
}
