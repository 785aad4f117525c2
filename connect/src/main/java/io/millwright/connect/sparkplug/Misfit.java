package io.millwright.connect.sparkplug;

import io.millwright.model.Told;

/// A value that does not fit the type of a metric, and why.
final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Told told;

    Misfit(Told told) {
        super(told.text());
        this.told = told;
    }

    Told told() {
        return told;
    }
}
