package io.millwright.connect;

/// What a link is doing.
///
/// @param phase the phase it is in
/// @param sinceNanos since when, nanoseconds since the epoch
/// @param reason why, in a sentence for the user; empty when connected
public record LinkState(Phase phase, long sinceNanos, String reason) {

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
