package io.millwright.iec61131.interpret;

import org.jspecify.annotations.Nullable;

/// A place that was found: indices are counted, references followed.
interface Location {
    @Nullable
    Object load();

    void store(@Nullable Object value);
}
