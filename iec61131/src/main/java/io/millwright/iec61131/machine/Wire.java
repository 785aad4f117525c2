package io.millwright.iec61131.machine;

import org.jspecify.annotations.Nullable;

/// A variable of a running program beside an input or output of a process model, or a value given to one.
public final class Wire {
    /// A truth value; others are the numbers of bits of whole numbers, negative where they have no sign.
    public static final int TRUTH = 0;

    /// A REAL or LREAL.
    public static final int REAL = 1;

    private final String port;
    private final boolean shows;
    private final @Nullable Pointer variable;
    private final int kind;
    private final double given;

    private Wire(String port, boolean shows, @Nullable Pointer variable, int kind, double given) {
        this.port = port;
        this.shows = shows;
        this.variable = variable;
        this.kind = kind;
        this.given = given;
    }

    /// A value that does not change.
    static Wire given(String port, double value) {
        return new Wire(port, false, null, REAL, value);
    }

    /// @param shows whether the model gives the value, rather than takes it
    static Wire of(String port, boolean shows, Pointer variable, int kind) {
        return new Wire(port, shows, variable, kind, Double.NaN);
    }

    /// The name of the input or output, as the program writes it.
    public String port() {
        return port;
    }

    /// Whether the model gives the value, rather than takes it.
    public boolean shows() {
        return shows;
    }

    /// The value now; truth values are 0 and 1.
    public double value() {
        Pointer from = variable;
        if (from == null) {
            return given;
        }
        return switch (kind) {
            case TRUTH -> from.loadTruth() ? 1 : 0;
            case REAL -> from.loadReal();
            default -> from.loadWhole();
        };
    }

    /// Gives the variable a value: truth values from a half on, whole numbers rounded half to even.
    ///
    /// @throws IllegalArgumentException if a variable of its type cannot hold it
    public void show(double value) {
        Pointer to = variable;
        if (to == null) {
            throw new IllegalStateException(port + " is no variable");
        }
        switch (kind) {
            case TRUTH -> to.storeTruth(value >= 0.5);
            case REAL -> to.storeReal(value);
            default -> to.storeWhole(whole(value));
        }
    }

    private long whole(double value) {
        double rounded = Math.rint(value);
        double above = Math.scalb(1.0, kind < 0 ? -kind : kind - 1);
        if (!(rounded >= (kind < 0 ? 0 : -above) && rounded < above)) {
            throw new IllegalArgumentException(port + " shows " + value + ", which its variable cannot hold");
        }
        return (long) rounded;
    }
}
