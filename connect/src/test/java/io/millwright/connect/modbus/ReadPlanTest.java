package io.millwright.connect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.connect.modbus.ReadPlan.Block;
import io.millwright.connect.modbus.ReadPlan.Polled;
import io.millwright.model.SignalName;
import io.millwright.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Requests: Application Protocol V1.1b3, 6.1 to 6.4 allow 2000 bits or 125 registers in one.
final class ReadPlanTest {

    private static List<Polled> points(String... points) {
        return Arrays.stream(points)
                .map(p -> new Polled(SignalName.of("a", "b"), Point.parse(p)))
                .toList();
    }

    private static List<String> plan(int gap, String... points) {
        return ReadPlan.of(points(points), gap).stream()
                .map(b -> b.table() + " " + b.start() + "+" + b.count())
                .toList();
    }

    @Test
    void neighboursAreReadTogetherAndTablesApart() {
        assertEquals(
                List.of("coil 3+2", "holding 0+6", "input 0+1"),
                plan(0, "holding/2:float32", "holding/0:float32", "holding/4:int32", "input/0", "coil/3", "coil/4"));
    }

    @Test
    void gapsAreBridgedUpToTheLimit() {
        assertEquals(List.of("holding 0+9"), plan(7, "holding/0", "holding/8"));
        assertEquals(List.of("holding 0+1", "holding 8+1"), plan(6, "holding/0", "holding/8"));
    }

    @Test
    void aValueIsNeverCutByTheLargestRequest() {
        assertEquals(
                List.of("holding 0+124", "holding 124+2"), plan(124, "holding/0:string:248", "holding/124:float32"));
        assertEquals(List.of("coil 0+2000", "coil 2000+1"), plan(124, coils(2001)));
    }

    private static String[] coils(int count) {
        var coils = new String[count];
        Arrays.setAll(coils, i -> "coil/" + i);
        return coils;
    }

    /// Every point lies whole in exactly one request, and no request is too large.
    @Test
    void everyPointIsReadOnce() {
        Property.check(300, random -> {
            var points = new ArrayList<Polled>();
            for (int i = random.nextInt(60); i >= 0; i--) {
                String type = List.of("", ":float32", ":float64", ":string:9").get(random.nextInt(4));
                points.addAll(points("holding/" + random.nextInt(600) + type));
            }
            var seen = new ArrayList<Polled>();
            for (Block block : ReadPlan.of(points, random.nextInt(125))) {
                assertTrue(block.count() <= 125);
                for (Polled p : block.points()) {
                    assertTrue(p.point.address() >= block.start() && p.point.end() <= block.start() + block.count());
                }
                seen.addAll(block.points());
            }
            assertEquals(Set.copyOf(points), Set.copyOf(seen));
            assertEquals(points.size(), seen.size());
        });
    }

    /// A device with a few ranges, some of which start at round addresses: probing finds these exactly.
    @Test
    void probingFindsTheReadableRanges() throws Exception {
        var readable = new BitSet();
        readable.set(0, 40);
        readable.set(100, 421);
        readable.set(1990, 2010);
        readable.set(65_500, 65_536);
        var requests = new int[1];
        var found = new TreeMap<Integer, Integer>();
        new RangeProbe(
                        (start, count) -> {
                            requests[0]++;
                            assertTrue(count <= 125 && start >= 0 && start + count <= 65_536, start + "+" + count);
                            return readable.get(start, start + count).cardinality() == count;
                        },
                        125,
                        () -> true)
                .run(found::put);
        assertEquals("0+40 100+321 1990+20 65500+36", text(found));
        assertTrue(requests[0] < 2000, requests[0] + " requests");
    }

    private static String text(Map<Integer, Integer> ranges) {
        return ranges.entrySet().stream()
                .map(e -> e.getKey() + "+" + e.getValue())
                .collect(Collectors.joining(" "));
    }
}
