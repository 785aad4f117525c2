package io.millwright.network.bounds;

/// A mistake in a file. It is thrown while one is read, and never leaves the module: readers turn it into a result
/// that says what is wrong.
public final class Mistake extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;

    /// @param what where, what is wrong and what would be right
    public Mistake(String what) {
        super(what);
        this.what = what;
    }

    /// Where, what is wrong and what would be right.
    public String what() {
        return what;
    }
}
