package io.millwright.connect;

import io.millwright.model.Told;

/// What a link is doing.
///
/// @param phase the phase it is in
/// @param sinceNanos since when, nanoseconds since the epoch
/// @param why what the user is told of it; [Told#NOTHING] when connected
public record LinkState(Phase phase, long sinceNanos, Told why) {

    /// A phase that needs no explanation.
    public LinkState(Phase phase, long sinceNanos) {
        this(phase, sinceNanos, Told.NOTHING);
    }

    /// Why, in a sentence in English; empty when connected.
    public String reason() {
        return why.text();
    }

    /// The phases of a link.
    public enum Phase {
        /// Opened, not started.
        IDLE,
        /// Trying to reach the device.
        CONNECTING,
        /// The device answers.
        CONNECTED,
        /// The device did not answer or went away; the link tries again after a pause.
        WAITING,
        /// The device refuses us in a way that another try does not mend, e.g. an untrusted certificate; the link
        /// tries again, but rarely.
        REFUSED,
        /// Closed.
        CLOSED
    }
}
