package io.millwright.iec61131.type;

/// `INT(0..100)`: an integer type of which only some values are allowed (6.4.4.4). Storing another one is a
/// trap.
public record SubrangeType(Elementary base, long low, long high) implements Type {
    @Override
    public String name() {
        return base == Elementary.ULINT
                ? base.name() + "(" + Long.toUnsignedString(low) + ".." + Long.toUnsignedString(high) + ")"
                : base.name() + "(" + low + ".." + high + ")";
    }
}
