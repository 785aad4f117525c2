package io.millwright.identity.message;

/// A version of the Handle protocol (RFC 3652, section 2.2.1.1).
///
/// @param major differs where messages have another form; 0…255
/// @param minor grows with what was added; 0…255
public record ProtocolVersion(int major, int minor) implements Comparable<ProtocolVersion> {

    /// The newest version spoken here.
    public static final ProtocolVersion NEWEST = new ProtocolVersion(2, 11);

    /// The version in which a client asks a server it knows nothing of.
    public static final ProtocolVersion COMPATIBLE = new ProtocolVersion(2, 3);

    public ProtocolVersion {
        if (major < 0 || major > 255 || minor < 0 || minor > 255) {
            throw new IllegalArgumentException("a version is two octets, not " + major + "." + minor);
        }
    }

    @Override
    public int compareTo(ProtocolVersion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major != otherMajor ? major > otherMajor : minor >= otherMinor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
