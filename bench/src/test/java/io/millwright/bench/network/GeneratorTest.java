package io.millwright.bench.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The generator against what was published of it.
class GeneratorTest {

    private static Set<String> links(Shape shape, int switches) {
        return shape.of(switches).topology().links().stream()
                .filter(l -> l.from() < l.to())
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    @Test
    void shapesHaveTheirLinks() {
        assertEquals(Set.of("(0, 1)", "(1, 2)", "(0, 3)", "(1, 4)", "(2, 5)"), links(Shape.LINE, 3));
        assertEquals(Set.of("(0, 1)", "(1, 2)", "(0, 2)", "(0, 3)", "(1, 4)", "(2, 5)"), links(Shape.RING, 3));
        assertEquals(Set.of("(0, 1)", "(0, 2)", "(1, 3)", "(1, 4)", "(2, 5)", "(2, 6)"), links(Shape.TREE, 3));
        // a ring of 8 with 1–6 and 2–5; 0–7 and 3–4 are of the ring already
        assertEquals(8 + 2 + 8, links(Shape.CHORDS, 8).size());
        assertTrue(links(Shape.CHORDS, 8).containsAll(Set.of("(1, 6)", "(2, 5)")));
        // 0 1 2 / 5 4 3 / 6 7 8, and no station in the middle
        var mesh = links(Shape.MESH, 9);
        assertEquals(12 + 8, mesh.size());
        assertTrue(
                mesh.containsAll(Set.of("(0, 5)", "(1, 4)", "(2, 3)", "(5, 6)", "(4, 7)", "(3, 8)")), mesh.toString());
        assertEquals(28, Shape.MESH.of(64).stations().size());
    }

    @Test
    void streamsKeepTheirClasses() {
        var problem = new Generator(Shape.RING, 8, 100, 4, 3, 4, 7).problem().orElseThrow();
        assertEquals(100, problem.streams().size());
        var network = Shape.RING.of(8);
        for (var stream : problem.streams()) {
            assertTrue(Set.of(100_000L, 200_000L, 400_000L, 800_000L).contains(stream.periodNanos()));
            assertTrue(stream.octets() >= 200 && stream.octets() <= 1500 && stream.octets() % 100 == 0);
            assertTrue(network.stations().contains(stream.source()));
            assertTrue(!stream.destinations().contains(stream.source()));
            // station i + 8 is at switch i: around the ring, and a link at either end
            int apart = Math.abs(stream.source() - stream.destinations().getFirst());
            int hops = Math.min(apart, 8 - apart) + 2;
            long extra = stream.deadlineNanos() - hops * (2000L + 8L * stream.octets());
            assertTrue(Set.of(0L, 10_000L, 20_000L, 25_000L, 50_000L).contains(extra), stream.toString());
            assertTrue(stream.deadlineNanos() <= stream.periodNanos());
        }
        assertEquals(
                problem.streams(),
                new Generator(Shape.RING, 8, 100, 4, 3, 4, 7)
                        .problem()
                        .orElseThrow()
                        .streams());
        // 220 frames of 36 µs every 50 to 800 µs are more than 8 talkers can send
        assertTrue(IntStream.range(0, 20)
                .mapToObj(seed -> new Generator(Shape.RING, 8, 220, 6, 5, 1, seed))
                .anyMatch(g -> g.problem().isEmpty()));
    }
}
