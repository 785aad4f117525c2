package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// One server of a [Site] (RFC 3651, section 3.2.2).
///
/// ```text
/// | server id (4) | address (16) | length, public key | number of interfaces (4) |
/// | { type (1), protocol (1), port (4) } … |
/// ```
///
/// @param id numbers the server within its site; unsigned
/// @param address sixteen octets: IPv6, or IPv4 behind twelve zeros
/// @param publicKey what its signatures are checked with, in the form of an HS_PUBKEY value; empty if it signs nothing
/// @param doors the ports at which it listens
public record SiteServer(int id, Octets address, Octets publicKey, List<Door> doors) {

    /// The fewest octets a server takes.
    static final int BYTES_MIN = 28;

    private static final int MAX_KEY_BYTES = 65_536;
    private static final int MAX_DOORS = 256;
    private static final int DOOR_BYTES = 6;

    /// Bits of [Door#purpose].
    public static final int ADMINISTRATION = 1;

    public static final int RESOLUTION = 2;

    /// Values of [Door#protocol].
    public static final int UDP = 0;

    public static final int TCP = 1;
    public static final int HTTP = 2;
    public static final int HTTPS = 3;

    /// A port at which a server listens.
    ///
    /// @param purpose `1` administration, `2` resolution, `3` both, `0` out of service; one octet
    /// @param protocol 0 UDP, 1 TCP, 2 HTTP, 3 HTTPS; others are kept; one octet
    /// @param port the port
    public record Door(int purpose, int protocol, int port) {}

    public SiteServer {
        doors = List.copyOf(doors);
        if (address.length() != 16) {
            throw new IllegalArgumentException("a server's address has 16 octets, not " + address.length());
        }
    }

    public static SiteServer at(int id, InetAddress address, List<Door> doors) {
        return new SiteServer(id, Site.sixteenOctets(address), Octets.EMPTY, doors);
    }

    public InetAddress inetAddress() {
        return Site.address(address);
    }

    void write(WireWriter out) {
        out.int32(id).plain(address).octets(publicKey).int32(doors.size());
        for (var door : doors) {
            out.u8(door.purpose()).u8(door.protocol()).int32(door.port());
        }
    }

    static SiteServer read(WireReader in) throws MalformedException {
        int id = in.int32("server id");
        Octets address = in.plain("server address", 16);
        Octets key = in.octets("server public key", MAX_KEY_BYTES);
        int count = in.count("server interfaces", MAX_DOORS, DOOR_BYTES);
        var doors = new ArrayList<Door>(count);
        for (int i = 0; i < count; i++) {
            int purpose = in.u8("interface type");
            int protocol = in.u8("interface protocol");
            doors.add(new Door(purpose, protocol, in.int32("interface port")));
        }
        return new SiteServer(id, address, key, doors);
    }
}
