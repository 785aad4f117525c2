package io.millwright.network.model;

import io.millwright.network.schedule.Message;

/// A link or a stream that no schedule can have.
final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Message told;

    Unfit(Message told) {
        super(told.toString());
        this.told = told;
    }

    /// What is wrong.
    Message told() {
        return told;
    }
}
