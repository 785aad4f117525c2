package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;

/// A name for another type (6.4.4.6), with an initial value of its own where one is declared.
///
/// @param initial what variables of it start with
/// @param declared where its name stands
public record AliasType(String name, Type of, Value initial, Span declared) implements Type {
    @Override
    public Type resolved() {
        return of.resolved();
    }

    @Override
    public boolean isMistaken() {
        return of.isMistaken();
    }
}
