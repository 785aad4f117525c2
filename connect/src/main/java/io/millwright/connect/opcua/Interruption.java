package io.millwright.connect.opcua;

import io.millwright.connect.LinkException;

/// The server cannot be reached for the moment; its session and subscription may live on.
final class Interruption extends Exception {
    private static final long serialVersionUID = 1;

    private final LinkException why;

    Interruption(LinkException why) {
        super(why.getMessage(), why, false, false);
        this.why = why;
    }

    /// What is said of it.
    LinkException why() {
        return why;
    }
}
