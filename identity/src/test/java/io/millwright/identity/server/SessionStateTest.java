package io.millwright.identity.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.identity.authentication.CounterWindow;
import io.millwright.identity.message.Body;
import io.millwright.identity.message.Header;
import io.millwright.identity.message.RequestDigest;
import io.millwright.identity.wire.Octets;
import io.millwright.testkit.ManualTime;
import io.millwright.testkit.Property;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// What a node remembers of its clients is what it has to, and bounded.
class SessionStateTest {

    /// Whatever their order, no counter is taken twice; those that are not too late are taken once.
    @Test
    void countersAreTakenOnce() {
        Property.check(300, random -> {
            var window = new CounterWindow();
            var taken = new HashSet<Integer>();
            int highest = 0;
            for (int i = 0; i < 2000; i++) {
                int counter = Math.max(1, highest + random.nextInt(-300, 20));
                boolean fresh = !taken.contains(counter);
                boolean late = counter <= highest - CounterWindow.WIDTH;
                assertEquals(fresh && !late, window.take(counter), counter + " after " + highest);
                taken.add(counter);
                highest = Math.max(highest, counter);
            }
        });
    }

    @Test
    void extremeCounters() {
        var window = new CounterWindow();
        assertFalse(window.take(0));
        assertFalse(window.take(-1));
        assertTrue(window.take(Integer.MAX_VALUE));
        assertFalse(window.take(Integer.MAX_VALUE));
        assertFalse(window.take(1));
        assertTrue(window.take(Integer.MAX_VALUE - 1));
    }

    /// Ten thousand challenges of the largest requests would be gigabytes.
    @Test
    void waitingRequestsAreBoundedInOctets() {
        var challenges = new Challenges(Administration.by(Set.of()), new ManualTime(0), new SplittableRandom(1));
        var header = new Header(100, 0, 0, Header.NO_SITE, 0, 0);
        var body = new Body.Opaque(Octets.EMPTY);
        var digest = RequestDigest.of(RequestDigest.SHA_1, new byte[1], 0, 1);
        for (int i = 0; i < 1000; i++) {
            challenges.pose(0, header, body, digest, 262_144);
        }
        assertTrue(challenges.size() <= 1 + Challenges.BYTES_MAX / 262_144, "waiting: " + challenges.size());
        var last = challenges.pose(0, header, body, digest, 10);
        assertTrue(challenges.take(last.number()).isPresent());
        assertTrue(challenges.take(last.number()).isEmpty());
    }

    /// Who opens connections and says nothing leaves room for others, and is forgotten when it goes.
    @Test
    void oneHostDoesNotHoldAllPlaces() throws Exception {
        var places = new HostPlaces(3);
        var greedy = java.net.InetAddress.getByName("192.0.2.1");
        for (int round = 0; round < 100; round++) {
            assertEquals(round < 3, places.take(greedy));
        }
        assertTrue(places.take(java.net.InetAddress.getByName("192.0.2.2")));
        places.leave(greedy);
        assertTrue(places.take(greedy));
        for (int i = 0; i < 3; i++) {
            places.leave(greedy);
        }
        places.leave(java.net.InetAddress.getByName("192.0.2.2"));
        assertEquals(0, places.size());
        for (int i = 0; i < 100; i++) {
            assertTrue(places.take(java.net.InetAddress.getLoopbackAddress()));
        }
    }
}
