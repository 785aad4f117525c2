package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What is sent to whom by UDP.
class UdpSourcesTest {

    private final ManualTime time = new ManualTime(0);
    private final UdpSources sources = new UdpSources(new UdpLimits(1000, 10_000, 50_000, true), time);

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    @Test
    void strangersGetLessThanThoseWhoMadeAConnection() throws Exception {
        var client = address("192.0.2.1");
        assertEquals(UdpSources.Share.WHOLE, sources.share(client, 1000));
        assertEquals(UdpSources.Share.TRUNCATED, sources.share(client, 1001));
        sources.seen(client);
        assertEquals(UdpSources.Share.WHOLE, sources.share(client, 10_000));
        assertEquals(UdpSources.Share.TRUNCATED, sources.share(client, 10_001));
        assertEquals(UdpSources.Share.TRUNCATED, sources.share(address("192.0.2.2"), 1001), "its neighbour is another");
        time.advance(Duration.ofNanos(UdpSources.KNOWN_NANOS));
        assertEquals(UdpSources.Share.TRUNCATED, sources.share(client, 1001), "it may have another address now");
    }

    /// Beyond the rate every second answer says to ask by TCP, and the rest is not there.
    @Test
    void aNetworkDrawsNoMoreThanItsRate() throws Exception {
        Map<UdpSources.Share, Integer> shares = new EnumMap<>(UdpSources.Share.class);
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 1000; i++) {
                shares.merge(sources.share(address("192.0.2." + i % 256), 500), 1, Integer::sum);
            }
            time.advance(Duration.ofSeconds(1));
        }
        // Two seconds' worth at once, then nine seconds: 550 000 octets.
        assertEquals(1100, shares.get(UdpSources.Share.WHOLE));
        assertEquals(8900 / 2, shares.get(UdpSources.Share.TRUNCATED));
        assertEquals(UdpSources.Share.WHOLE, sources.share(address("198.51.100.1"), 500), "others are served");
    }

    @Test
    void loopbackIsTrustedUnlessSaidOtherwise() throws Exception {
        for (int i = 0; i < 100_000; i++) {
            assertEquals(UdpSources.Share.WHOLE, sources.share(address("127.0.0.1"), 10_000));
        }
        var wary = new UdpSources(new UdpLimits(1000, 10_000, 50_000, false), time);
        assertEquals(UdpSources.Share.TRUNCATED, wary.share(address("127.0.0.1"), 1001));
    }

    /// Two hundred thousand addresses take no more memory than the table has room for.
    @Test
    void theTablesAreBounded() throws Exception {
        byte[] forged = {10, 0, 0, 0};
        for (int i = 0; i < 200_000; i++) {
            forged[1] = (byte) (i >> 16);
            forged[2] = (byte) (i >> 8);
            forged[3] = (byte) i;
            sources.seen(InetAddress.getByAddress(forged));
        }
        assertEquals(UdpSources.Share.TRUNCATED, sources.share(address("10.0.0.1"), 2000), "the earliest is forgotten");
        assertTrue(sources.share(InetAddress.getByAddress(forged), 2000) == UdpSources.Share.WHOLE);
    }
}
