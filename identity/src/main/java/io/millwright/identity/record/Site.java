package io.millwright.identity.record;

import io.millwright.identity.wire.MalformedException;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The data of an HS_SITE value: a site, which is a group of servers that share the handles of a prefix among them by
/// hash (RFC 3651, section 3.2.2).
///
/// ```text
/// | version (2) | protocol major (1) | minor (1) | serial (2) | primary mask (1) | hash option (1) |
/// | length, hash filter | number of attributes (4), { length, name, length, value } … |
/// | number of servers (4), server … |
/// ```
///
/// @param version of this layout; 1; two octets
/// @param protocolMajor of the protocol the servers speak; one octet
/// @param protocolMinor one octet
/// @param serial grows with each change of the site; two octets
/// @param primaryMask `80` primary site, `40` one of several primaries; one octet
/// @param hashOption which part of a handle chooses the server: 0 prefix, 1 suffix, 2 all of it; one octet
/// @param hashFilter reserved; empty in practice
/// @param attributes descriptions, e.g. `desc`
/// @param servers the servers, in the order in which hashing counts them
public record Site(
        int version,
        int protocolMajor,
        int protocolMinor,
        int serial,
        int primaryMask,
        int hashOption,
        Octets hashFilter,
        List<Attribute> attributes,
        List<SiteServer> servers) {

    /// The version of the layout.
    public static final int LAYOUT_VERSION = 1;

    /// Bit of [#primaryMask]: the site takes changes.
    public static final int PRIMARY = 0x80;

    /// Hash over the prefix, the suffix, or the whole handle.
    public static final int HASH_BY_PREFIX = 0;

    public static final int HASH_BY_SUFFIX = 1;
    public static final int HASH_BY_ALL = 2;

    private static final int MAX_ATTRIBUTES = 256;
    private static final int MAX_ATTRIBUTE_BYTES = 65_536;
    private static final int MAX_SERVERS = 1024;

    /// A name and a value that describe a site.
    public record Attribute(String name, String value) {}

    public Site {
        attributes = List.copyOf(attributes);
        servers = List.copyOf(servers);
    }

    public boolean isPrimary() {
        return (primaryMask & PRIMARY) != 0;
    }

    /// The same site, but for whether it takes changes.
    ///
    /// @param mask as [#primaryMask]
    public Site withPrimaryMask(int mask) {
        return new Site(
                version, protocolMajor, protocolMinor, serial, mask, hashOption, hashFilter, attributes, servers);
    }

    public Octets encode() {
        var out = new WireWriter(256);
        write(out);
        return out.toOctets();
    }

    public void write(WireWriter out) {
        out.u16(version)
                .u8(protocolMajor)
                .u8(protocolMinor)
                .u16(serial)
                .u8(primaryMask)
                .u8(hashOption);
        out.octets(hashFilter).int32(attributes.size());
        for (var attribute : attributes) {
            out.text(attribute.name()).text(attribute.value());
        }
        out.int32(servers.size());
        for (var server : servers) {
            server.write(out);
        }
    }

    public static Site decode(Octets data) throws MalformedException {
        var in = new WireReader(data);
        var site = read(in);
        in.expectEnd("HS_SITE");
        return site;
    }

    /// Reads a site and leaves the reader behind it.
    public static Site read(WireReader in) throws MalformedException {
        int version = in.u16("HS_SITE version");
        int major = in.u8("HS_SITE protocol major");
        int minor = in.u8("HS_SITE protocol minor");
        int serial = in.u16("HS_SITE serial");
        int mask = in.u8("HS_SITE primary mask");
        int hashOption = in.u8("HS_SITE hash option");
        Octets filter = in.octets("HS_SITE hash filter", MAX_ATTRIBUTE_BYTES);
        int attributeCount = in.count("HS_SITE attributes", MAX_ATTRIBUTES, 8);
        var attributes = new ArrayList<Attribute>(attributeCount);
        for (int i = 0; i < attributeCount; i++) {
            String name = in.text("HS_SITE attribute name", MAX_ATTRIBUTE_BYTES);
            attributes.add(new Attribute(name, in.text("HS_SITE attribute value", MAX_ATTRIBUTE_BYTES)));
        }
        int serverCount = in.count("HS_SITE servers", MAX_SERVERS, SiteServer.BYTES_MIN);
        var servers = new ArrayList<SiteServer>(serverCount);
        for (int i = 0; i < serverCount; i++) {
            servers.add(SiteServer.read(in));
        }
        return new Site(version, major, minor, serial, mask, hashOption, filter, attributes, servers);
    }

    /// The address in the form of the servers' lists: IPv4 behind twelve zero octets.
    static Octets sixteenOctets(InetAddress address) {
        byte[] raw = address.getAddress();
        return new WireWriter(16)
                .plain(new byte[16 - raw.length], 0, 16 - raw.length)
                .plain(raw, 0, raw.length)
                .toOctets();
    }

    static InetAddress address(Octets sixteen) {
        byte[] raw = sixteen.toByteArray();
        int zeros = 0;
        while (zeros < 12 && raw[zeros] == 0) {
            zeros++;
        }
        try {
            boolean four = zeros == 12 && !(raw[12] == 0 && raw[13] == 0 && raw[14] == 0 && raw[15] == 1);
            return InetAddress.getByAddress(four ? Arrays.copyOfRange(raw, 12, 16) : raw);
        } catch (UnknownHostException e) {
            throw new AssertionError("four or sixteen octets are an address", e);
        }
    }
}
