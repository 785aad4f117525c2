package io.millwright.identity.message;

/// The largest things a message may hold.
public final class Limits {

    /// A message without its envelope, in octets.
    public static final int MESSAGE_BYTES = 262_144;

    /// A datagram with its envelope, in octets.
    public static final int DATAGRAM_BYTES = 512;

    /// What of a message one datagram carries.
    public static final int FRAGMENT_BYTES = DATAGRAM_BYTES - Envelope.BYTES;

    /// Indexes in one query: as many as a record has values.
    public static final int INDEXES = 2048;

    /// Types in one query. Each is compared with each value, so that a small request could cause much work.
    public static final int TYPES = 256;

    private Limits() {}
}
