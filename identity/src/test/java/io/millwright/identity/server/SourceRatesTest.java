package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.net.InetAddress;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SourceRatesTest {

    private static final long SECOND = 1_000_000_000L;

    private static InetAddress address(String text) throws Exception {
        return InetAddress.getByName(text);
    }

    /// In no span of time is more admitted than the burst and the rate allow; and who keeps to the rate is admitted.
    @Test
    void noSpanHasMoreThanItMay() {
        Property.check(200, random -> {
            int rate = 1 + random.nextInt(50);
            int burst = 1 + random.nextInt(20);
            var rates = new SourceRates(SourceRates.Grouping.HOSTS, rate, burst, 10);
            var admitted = new ArrayList<Long>();
            long now = random.nextLong();
            for (int i = 0; i < 300; i++) {
                now += random.nextLong(2 * SECOND / rate);
                if (rates.admits(address("192.0.2.1"), now)) {
                    admitted.add(now);
                }
            }
            for (int i = 0; i < admitted.size(); i++) {
                for (int j = i; j < admitted.size(); j++) {
                    double span = (admitted.get(j) - admitted.get(i)) / (double) SECOND;
                    assertTrue(j - i + 1 <= burst + span * rate + 1e-6, rate + "/s, " + burst + " at once");
                }
            }
        });
    }

    @Test
    void whoKeepsToTheRateIsAdmittedAndOthersDoNotCount() throws Exception {
        var rates = new SourceRates(SourceRates.Grouping.HOSTS, 10, 2, 10);
        for (int i = 0; i < 1000; i++) {
            assertTrue(rates.admits(address("192.0.2.1"), i * SECOND / 10));
        }
        assertTrue(rates.admits(address("192.0.2.2"), 0) && rates.admits(address("192.0.2.2"), 0));
        assertFalse(rates.admits(address("192.0.2.2"), 0));
        assertTrue(rates.admits(address("192.0.2.3"), 0));
    }

    @Test
    void aNetworkOfIpv6IsOneClientAndTheTableIsBounded() throws Exception {
        var rates = new SourceRates(SourceRates.Grouping.HOSTS, 10, 1, 100);
        assertTrue(rates.admits(address("2001:db8::1"), 0));
        assertFalse(rates.admits(address("2001:db8::2"), 0));
        assertTrue(rates.admits(address("2001:db8:0:1::2"), 0));
        for (int i = 0; i < 10_000; i++) {
            rates.admits(address("10.0." + i / 256 + "." + i % 256), 0);
        }
        assertEquals(100, rates.size());
    }

    /// What forged addresses draw down on a network counts together, and what was had unasked is paid for later.
    @Test
    void networksAreOneSourceAndDebtsArePaid() throws Exception {
        var rates = new SourceRates(SourceRates.Grouping.NETWORKS, 100, 100, 10);
        assertTrue(rates.admits(address("192.0.2.1"), 100, 0));
        assertFalse(rates.admits(address("192.0.2.200"), 1, 0));
        assertTrue(rates.admits(address("192.0.3.1"), 1, 0));
        assertTrue(rates.admits(address("2001:db8:0:100::1"), 100, 0));
        assertFalse(rates.admits(address("2001:db8:0:1ff::1"), 0));
        assertTrue(rates.admits(address("2001:db8:0:200::1"), 0));
        rates.charge(address("192.0.2.9"), 300, 0);
        assertFalse(rates.admits(address("192.0.2.1"), 3 * SECOND));
        assertTrue(rates.admits(address("192.0.2.1"), 3 * SECOND + SECOND / 50));
    }
}
