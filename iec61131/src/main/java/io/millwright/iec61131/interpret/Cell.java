package io.millwright.iec61131.interpret;

import io.millwright.iec61131.type.Type;
import org.jspecify.annotations.Nullable;

/// A variable, or an element of an array.
final class Cell implements Location {
    private final Type type;
    private @Nullable Object value;

    Cell(Type type, @Nullable Object value) {
        this.type = type;
        this.value = value;
    }

    Type type() {
        return type;
    }

    @Override
    public @Nullable Object load() {
        return value;
    }

    @Override
    public void store(@Nullable Object stored) {
        this.value = stored;
    }
}
