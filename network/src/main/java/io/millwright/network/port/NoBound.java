package io.millwright.network.port;

import io.millwright.network.schedule.Message;

/// A network of ports that has no bound, or none that is proved. It is thrown while one is analysed, and never
/// leaves the package.
final class NoBound extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Message why;

    /// @param why where, what is wrong and what would be right
    NoBound(Message why) {
        super(why.toString());
        this.why = why;
    }

    Message why() {
        return why;
    }
}
