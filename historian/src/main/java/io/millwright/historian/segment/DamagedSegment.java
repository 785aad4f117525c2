package io.millwright.historian.segment;

import java.io.IOException;

/// A segment, or its catalog, is not what was written. The message says which file, where, and how that was noticed.
public final class DamagedSegment extends IOException {
    private static final long serialVersionUID = 1;

    private final String file;

    /// @param file the TsFile's name, or its catalog's
    /// @param what what is wrong
    public DamagedSegment(String file, String what) {
        super(file + ": " + what);
        this.file = file;
    }

    /// The name of the damaged file.
    public String file() {
        return file;
    }
}
