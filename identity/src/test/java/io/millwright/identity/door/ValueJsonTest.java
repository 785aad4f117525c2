package io.millwright.identity.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.record.Handle;
import io.millwright.identity.record.HandleValue;
import io.millwright.identity.record.Permissions;
import io.millwright.identity.record.TimeToLive;
import io.millwright.identity.record.ValueReference;
import io.millwright.identity.wire.Octets;
import io.millwright.identity.wire.WireReader;
import io.millwright.identity.wire.WireWriter;
import io.millwright.testkit.Property;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import net.handle.hdllib.AdminRecord;
import net.handle.hdllib.Attribute;
import net.handle.hdllib.Encoder;
import net.handle.hdllib.GsonUtility;
import net.handle.hdllib.Interface;
import net.handle.hdllib.ServerInfo;
import net.handle.hdllib.SiteInfo;
import org.junit.jupiter.api.Test;

/// Values as JSON, held against the public client of the Handle System, whose servers write and read this form.
class ValueJsonTest {

    private static String theirs(net.handle.hdllib.HandleValue value) {
        return GsonUtility.getGson().toJson(value);
    }

    private static net.handle.hdllib.HandleValue value(int index, String type, byte[] data) {
        var value = new net.handle.hdllib.HandleValue(index, type.getBytes(StandardCharsets.UTF_8), data);
        value.setTimestamp(1_700_000_000);
        return value;
    }

    private static HandleValue ours(net.handle.hdllib.HandleValue value) throws Exception {
        return HandleValue.read(new WireReader(Octets.of(Encoder.encodeHandleValue(value))));
    }

    private static void assertSame(net.handle.hdllib.HandleValue value) throws Exception {
        var written = ValueJson.write(ours(value));
        assertEquals(Json.read(Octets.utf8(theirs(value))), Json.read(Json.octets(written)));
    }

    @Test
    void valuesAreWrittenAsThePublicClientWritesThem() throws Exception {
        assertSame(value(1, "URL", "https://example.org/p/1".getBytes(StandardCharsets.UTF_8)));
        assertSame(value(2, "DESC", "Förderpumpe 泵 \"1\"\n<x>".getBytes(StandardCharsets.UTF_8)));
        assertSame(value(3, "X", new byte[] {(byte) 0xff, 0, 1}));
        assertSame(value(4, "X", new byte[] {'a', 0, 1}));
        assertSame(value(5, "X", new byte[0]));
        assertSame(value(6, "HS_ADMIN", new byte[] {1}));
        var secret = value(300, "HS_SECKEY", "abc".getBytes(StandardCharsets.UTF_8));
        secret.setAnyoneCanRead(false);
        secret.setAdminCanRead(false);
        secret.setTTLType((byte) 1);
        secret.setTTL(1_900_000_000);
        secret.setReferences(new net.handle.hdllib.ValueReference[] {
            new net.handle.hdllib.ValueReference("10.1/x".getBytes(StandardCharsets.UTF_8), 3)
        });
        assertSame(secret);
    }

    @Test
    void administratorsGroupsAndSitesAreWrittenAsThePublicClientWritesThem() throws Exception {
        var owner = "0.NA/10.1".getBytes(StandardCharsets.UTF_8);
        for (int bit = 0; bit < 12; bit++) {
            var flags = new boolean[12];
            flags[bit] = true;
            assertSame(value(100, "HS_ADMIN", Encoder.encodeAdminRecord(administrator(owner, flags))));
        }
        var group = new net.handle.hdllib.ValueReference[] {new net.handle.hdllib.ValueReference(owner, 300)};
        assertSame(value(200, "HS_VLIST", Encoder.encodeValueReferenceList(group)));
        var site = new SiteInfo();
        site.isPrimary = true;
        site.serialNumber = 7;
        site.attributes = new Attribute[] {new Attribute("desc".getBytes(), "m".getBytes())};
        var server = new ServerInfo();
        server.serverId = 1;
        server.ipAddress = new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 1};
        server.interfaces = new Interface[] {
            new Interface((byte) 3, (byte) 1, 2641),
            new Interface((byte) 2, (byte) 0, 2641),
            new Interface((byte) 1, (byte) 2, 8000)
        };
        site.servers = new ServerInfo[] {server};
        assertSame(value(1, "HS_SITE", Encoder.encodeSiteInfoRecord(site)));
    }

    private static AdminRecord administrator(byte[] owner, boolean[] may) {
        return new AdminRecord(
                owner, 300, may[0], may[1], may[2], may[3], may[4], may[5], may[6], may[7], may[8], may[9], may[10],
                may[11]);
    }

    /// What the public client writes, in its own form, is read as it was.
    @Test
    void whatThePublicClientWritesIsReadBack() {
        Property.check(200, random -> {
            var value = drawn(random);
            var out = new WireWriter(256);
            value.write(out);
            var theirs = new net.handle.hdllib.HandleValue();
            Encoder.decodeHandleValue(out.toByteArray(), 0, theirs);
            var read = ValueJson.read(Json.read(Octets.utf8(theirs(theirs))), "value");
            assertEquals(value, stamped(read, value.timestampSeconds()));
        });
    }

    private static HandleValue stamped(HandleValue value, int seconds) {
        return new HandleValue(
                value.index(),
                value.type(),
                value.data(),
                value.permissions(),
                value.ttl(),
                seconds,
                value.references());
    }

    private static HandleValue drawn(SplittableRandom random) {
        byte[] data = new byte[random.nextInt(40)];
        random.nextBytes(data);
        boolean text = random.nextBoolean();
        int type = random.nextInt(2);
        return new HandleValue(
                random.nextInt(1, Integer.MAX_VALUE),
                "TYPE." + random.nextInt(100),
                text ? Octets.utf8("text " + random.nextInt()) : Octets.of(data),
                new Permissions(random.nextInt(16)),
                new TimeToLive(type, type == 0 ? random.nextInt(0, 1 << 20) : 1_900_000_000),
                1_700_000_000,
                random.nextBoolean()
                        ? List.of()
                        : List.of(new ValueReference(Handle.of("10.1/é"), random.nextInt(0, 9))));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertRefused("{}", "list of values");
        assertRefused("[1]", "values[0] is an object");
        assertRefused("[{\"index\":-1}]", "values[0].index is a number");
        assertRefused("[{\"index\":1}]", "values[0].type is a text");
        assertRefused(
                "[{\"index\":1,\"type\":\"URL\",\"data\":{\"format\":\"x\"}}]", "values[0].data.format is one of");
        assertRefused("[{\"index\":1,\"type\":\"URL\",\"data\":{\"format\":\"hex\",\"value\":\"0\"}}]", "is not hex");
        assertRefused("[{\"index\":1,\"type\":\"URL\",\"data\":\"a\",\"ttl\":-1}]", "values[0].ttl is");
        assertRefused("[{\"index\":1,\"type\":\"URL\",\"data\":\"a\",\"permissions\":\"2\"}]", "4 digits 0 and 1");
        assertRefused("[", "line 1");
        assertRefused("[".repeat(100_000), "no JSON");
        assertRefused("{\"values\":[],\"values\":[]}", "no JSON");
        var large = "{\"index\":1,\"type\":\"URL\",\"data\":\"" + "x".repeat(200_000) + "\"}";
        assertRefused("[" + large + "," + large + "]", "fit into a message");
        var small = "{\"index\":1,\"type\":\"URL\",\"data\":\"\"}";
        assertRefused("[" + (small + ",").repeat(2048) + small + "]", "at most 2048 values");
    }

    private static void assertRefused(String json, String why) {
        var refused = assertThrows(RefusedException.class, () -> ValueJson.readAll(Json.read(Octets.utf8(json))));
        assertTrue(refused.detail().contains(why), refused.detail());
    }
}
