package io.millwright.identity.message;

/// The largest things a message may hold.
public final class Limits {

    /// A message without its envelope, in octets.
    public static final int MESSAGE_BYTES = 262_144;

    /// A datagram with its envelope, in octets.
    public static final int DATAGRAM_BYTES = 512;

    /// What of a message one datagram carries.
    public static final int FRAGMENT_BYTES = DATAGRAM_BYTES - Envelope.BYTES;

    /// Indexes or types in one query.
    public static final int FILTERS = 2048;

    private Limits() {}
}
