package io.millwright.identity.record;

/// How long a value may be cached (RFC 3651, section 3.1).
///
/// @param type 0: seconds after it was received; 1: a moment, seconds since 1970; others are kept; one octet
/// @param seconds unsigned
public record TimeToLive(int type, int seconds) {

    /// A day after it was received.
    public static final TimeToLive DAY = relative(86_400);

    public TimeToLive {
        if (type < 0 || type > 255) {
            throw new IllegalArgumentException("the TTL type is one octet, not " + type);
        }
    }

    public static TimeToLive relative(int seconds) {
        return new TimeToLive(0, seconds);
    }
}
