package io.millwright.network.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarmonyTest {

    private static Optional<Message> missing(long... periods) {
        var streams = new ArrayList<Stream>();
        for (long period : periods) {
            streams.add(new Stream(streams.size(), 0, 1, List.of(2), 100, period, period, 0));
        }
        return Harmony.missing(streams, Problem.MOST_FRAMES);
    }

    /// The periods of a proposal by those in whose place they are.
    private static Map<Long, Long> proposal(Message message) {
        var all = new HashMap<Long, Long>();
        var several = (Message.Several) message.arguments().get("proposal");
        several.some().forEach(part -> {
            var both = ((Message.Part) part).message().arguments();
            all.put(((Message.Nanos) both.get("from")).nanos(), ((Message.Nanos) both.get("to")).nanos());
        });
        return all;
    }

    /// What is nearly a round period is to blame, whatever the others are; the 60 Hz of a camera and a third of a
    /// millisecond have near ones that go with 1 ms.
    @ParameterizedTest
    @CsvSource({
        "1000000, 1999997, 1999997, 2000000",
        "499979, 1000000, 499979, 500000",
        "1000000, 333333, 333333, 320000",
        "1000000, 16666667, 16666667, 16000000",
        "1000, 1000000000000, 1000000000000, 999999000"
    })
    void thePeriodToBlameHasANearOneInItsPlace(long one, long other, long blamed, long instead) {
        assertEquals(Map.of(blamed, instead), proposal(missing(one, other).orElseThrow()));
    }

    @Test
    void thePeriodOfMostStreamsIsKept() {
        assertEquals(
                Map.of(1_000_000L, 999_958L),
                proposal(missing(499_979, 499_979, 1_000_000).orElseThrow()));
    }

    @Test
    void periodsThatGoTogetherAreNotTouched() {
        assertTrue(missing(1_000_000, 2_000_000, 250_000).isEmpty());
        // exactly as many frames as there may be
        assertTrue(missing(Problem.MOST_FRAMES - 1, 1).isEmpty());
        assertTrue(missing(Problem.MOST_FRAMES, 1).isPresent());
    }

    @Test
    void withAProposalTheScheduleIsShortEnough() {
        Property.check(500, random -> {
            var periods = new TreeSet<Long>();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                periods.add(1 + random.nextLong((long) Math.pow(10, 3 + random.nextInt(8))));
            }
            long[] all = periods.stream().mapToLong(Long::longValue).toArray();
            missing(all).ifPresent(message -> {
                assertEquals("periods", message.code());
                var instead = proposal(message);
                long[] harmonised =
                        Arrays.stream(all).map(p -> instead.getOrDefault(p, p)).toArray();
                assertTrue(missing(harmonised).isEmpty(), () -> message + " of " + periods);
                assertInstanceOf(Message.Several.class, message.arguments().get("periods"));
            });
        });
    }
}
