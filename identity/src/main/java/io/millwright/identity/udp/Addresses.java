package io.millwright.identity.udp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/// Addresses as the system writes them.
///
/// ```text
/// IPv4: | family 2 | port 2 | address 4 | 8 |     IPv6: | family 2 | port 2 | flow 4 | address 16 | scope 4 |
/// ```
final class Addresses {

    /// Room for any of them.
    static final int BYTES = 28;

    private static final int IPV4_BYTES = 16;
    private static final int IPV4_AT = 4;
    private static final int IPV6_AT = 8;
    private static final int SCOPE_AT = 24;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Addresses() {}

    /// @param family of the socket that is to use it
    static MemorySegment of(InetSocketAddress address, int family, Arena arena) {
        boolean four = family == Linux.AF_INET;
        var made = arena.allocate(four ? IPV4_BYTES : BYTES, 8);
        made.set(ValueLayout.JAVA_SHORT, 0, (short) family);
        made.set(PORT, 2, (short) address.getPort());
        byte[] octets = four ? address.getAddress().getAddress() : sixteen(address.getAddress());
        MemorySegment.copy(octets, 0, made, ValueLayout.JAVA_BYTE, four ? IPV4_AT : IPV6_AT, octets.length);
        if (address.getAddress() instanceof java.net.Inet6Address six) {
            made.set(ValueLayout.JAVA_INT_UNALIGNED, SCOPE_AT, six.getScopeId());
        }
        return made;
    }

    /// An IPv4 address stands in an IPv6 one behind `::ffff` (RFC 4291, section 2.5.5.2).
    private static byte[] sixteen(InetAddress address) {
        byte[] octets = address.getAddress();
        if (address instanceof Inet4Address && !address.isAnyLocalAddress()) {
            return new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, octets[0], octets[1], octets[2], octets[3]};
        }
        return octets.length == 16 ? octets : new byte[16];
    }

    static int port(MemorySegment address) {
        return Short.toUnsignedInt(address.get(PORT, 2));
    }

    static InetSocketAddress read(MemorySegment address) {
        boolean four = address.get(ValueLayout.JAVA_SHORT, 0) == Linux.AF_INET;
        byte[] octets = new byte[four ? 4 : 16];
        MemorySegment.copy(address, ValueLayout.JAVA_BYTE, four ? IPV4_AT : IPV6_AT, octets, 0, octets.length);
        try {
            int scope = four ? 0 : address.get(ValueLayout.JAVA_INT_UNALIGNED, SCOPE_AT);
            var host = scope == 0
                    ? InetAddress.getByAddress(octets)
                    : java.net.Inet6Address.getByAddress("", octets, scope);
            return new InetSocketAddress(host, port(address));
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 octets are addresses", e);
        }
    }
}
