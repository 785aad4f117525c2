package io.millwright.iec61131.type;

/// `ARRAY[*, *] OF T`: a parameter that takes arrays of any bounds (6.6.1.4); LOWER_BOUND and UPPER_BOUND tell
/// them.
public record OpenArrayType(int dimensions, Type element) implements Type {
    @Override
    public String name() {
        return "ARRAY[" + "*,".repeat(dimensions - 1) + "*] OF " + element.name();
    }

    @Override
    public boolean isMistaken() {
        return element.isMistaken();
    }
}
