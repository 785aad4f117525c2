package io.millwright.iec61131.library;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All standard functions by name.
public final class StandardFunctions {
    private StandardFunctions() {}

    /// The function of a name in capitals, or null where the standard has none.
    public static @Nullable StandardFunction find(String name) {
        return null;
    }

    /// Every name there is, in capitals.
    public static Collection<String> names() {
        return List.of();
    }
}
