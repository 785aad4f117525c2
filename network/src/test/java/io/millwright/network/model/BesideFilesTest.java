package io.millwright.network.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.certificate.Verdict;
import io.millwright.certificate.beside.BesideChecker;
import io.millwright.certificate.beside.BesideFigures;
import io.millwright.network.schedule.Limits;
import io.millwright.network.schedule.ScheduleFiles;
import io.millwright.network.schedule.ScheduleFiles.Content;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is written of sporadic streams, the checker believes; what has been changed, it does not.
class BesideFilesTest {

    private static final int CASES = Integer.getInteger("mw.cases", 40);
    private static final BigDecimal LEAST = new BigDecimal("0.000002");

    private record Told(BesideSchedule beside, Map<String, String> files) {}

    /// A schedule with all its tables; none where it has no bounds.
    private static Optional<Told> told(NetworkModel network, Limits limits) {
        return BesideScheduleTest.schedule(network, limits).map(schedule -> {
            var right = assertInstanceOf(GateProblem.Right.class, GateProblem.of(network));
            var beside = BesideSchedule.of(network, schedule);
            var files = new HashMap<>(Map.of("topology.csv", right.tables().topology()));
            ScheduleFiles.of(schedule, right.names()).forEach((name, content) -> files.put(name, text(content)));
            BesideFiles.of(network, beside).forEach((name, content) -> files.put(name, text(content)));
            return new Told(beside, files);
        });
    }

    private static String text(Content content) {
        var text = new StringBuilder();
        try {
            content.writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Verdict<BesideFigures> check(Map<String, String> files, Limits limits) {
        return BesideChecker.check(file -> files.getOrDefault(file, ""), limits.syncErrorNanos());
    }

    private static Limits limits(SplittableRandom random) {
        return new Limits(Integer.MAX_VALUE, 0, 1, random.nextInt(3) * 20, Long.MAX_VALUE);
    }

    @Test
    void whatIsBoundedIsVerified() {
        var verified = new AtomicInteger();
        Property.check(CASES, random -> {
            var network = BesideScheduleTest.network(random);
            var limits = limits(random);
            var told = told(network, limits).filter(t -> t.beside().mistake().isEmpty());
            if (told.isEmpty()) {
                return;
            }
            var sporadic = told.get().beside().sporadic();
            boolean late = sporadic.stream().anyMatch(s -> !s.holds());
            var verdict = check(told.get().files(), limits);
            if (late) {
                var refuted = assertInstanceOf(Verdict.Refuted.class, verdict, verdict::toString);
                assertTrue(refuted.shown().toString().contains("deadline: "), verdict::toString);
                return;
            }
            verified.incrementAndGet();
            var figures = assertInstanceOf(
                            Verdict.Verified.class,
                            verdict,
                            () -> verdict + "\n" + told.get().files())
                    .figures();
            assertEquals(
                    sporadic.stream()
                            .map(s -> s.stream().name() + " " + s.listener() + " " + s.delayNanos())
                            .toList(),
                    ((BesideFigures) figures)
                            .bounds().stream()
                                    .map(b -> b.stream() + " " + b.listener() + " " + b.delay())
                                    .toList());
            assertNoLessIsBelieved(told.get(), limits, random);
        });
        if (System.getProperty("mw.seed") == null) {
            assertTrue(verified.get() > CASES / 3, verified + " of " + CASES);
        }
    }

    /// A wait or a bound that is a little less, a row left out, a larger frame, another way.
    private static void assertNoLessIsBelieved(Told told, Limits limits, SplittableRandom random) {
        for (var mutation : Mutation.values()) {
            var changed = new HashMap<>(told.files());
            mutation.change(changed, random);
            assertFalse(
                    check(changed, limits) instanceof Verdict.Verified,
                    () -> mutation + ": " + changed + "\nof " + told.files());
        }
    }

    private enum Mutation {
        WAIT_LESS(
                BesideFiles.WAITS,
                4,
                cell -> new BigDecimal(cell).subtract(LEAST).toPlainString()),
        BOUND_LESS(BesideFiles.BOUNDS, 2, cell -> "" + (Long.parseLong(cell) - 1)),
        FRAME_LARGER(BesideFiles.STREAMS, 3, cell -> "" + (Integer.parseInt(cell) + 1)),
        DEADLINE_LESS(BesideFiles.STREAMS, 5, _ -> "100"),
        OTHER_TALKER(BesideFiles.STREAMS, 1, _ -> "a"),
        OTHER_LISTENER(BesideFiles.STREAMS, 2, _ -> "[a]"),
        OTHER_LINK(BesideFiles.WAITS, 3, _ -> "\"(p, q)\""),
        WAIT_LEFT_OUT(BesideFiles.WAITS, -1, _ -> ""),
        BOUND_LEFT_OUT(BesideFiles.BOUNDS, -1, _ -> ""),
        STREAM_LEFT_OUT(BesideFiles.STREAMS, -1, _ -> "");

        private interface Cell {
            String changed(String cell);
        }

        private final String file;
        private final int column;
        private final Cell cell;

        Mutation(String file, int column, Cell cell) {
            this.file = file;
            this.column = column;
            this.cell = cell;
        }

        private void change(Map<String, String> files, SplittableRandom random) {
            var rows = new ArrayList<>(files.getOrDefault(file, "").lines().toList());
            int row = random.nextInt(1, rows.size());
            var cells = Arrays.asList(rows.get(row).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)"));
            if (column >= 0) {
                cells.set(column, cell.changed(cells.get(column)));
            }
            rows.set(row, column < 0 ? "" : String.join(",", cells));
            files.put(file, rows.stream().collect(Collectors.joining("\n", "", "\n")));
        }
    }

    /// A radio and a link between domains are in no schedule; a station with two links is a listener, and a talker.
    @Test
    void linksThatNoScheduleUsesAreGivenByThemselves() {
        var base = BesideScheduleTest.network(new SplittableRandom(1));
        var rate = base.links().getFirst().rate();
        var links = new ArrayList<>(base.links());
        links.add(new NetworkModel.Link("b", "t", rate, TimeRange.ZERO, new BigDecimal("0.001"), Optional.empty()));
        var stations = new ArrayList<>(base.stations());
        stations.add(new NetworkModel.Station("t"));
        var alarm = new NetworkModel.Stream(
                "alarm",
                "p",
                List.of("t", "s"),
                io.millwright.network.curve.Data.of(800),
                Nanos.of(java.time.Duration.ofMillis(1)),
                Nanos.of(java.time.Duration.ofMillis(1)),
                Nanos.of(java.time.Duration.ofMillis(1)),
                false,
                false,
                new BigDecimal("0.001"));
        var tick = base.streams().stream()
                .filter(NetworkModel.Stream::scheduled)
                .limit(1)
                .toList();
        var streams = new ArrayList<>(tick);
        streams.add(alarm);
        var network = new NetworkModel(base.bridges(), stations, links, streams);
        var told = told(network, Limits.NONE).orElseThrow();
        assertEquals(Optional.empty(), told.beside().mistake());
        assertTrue(
                told.files().getOrDefault(BesideFiles.LINKS, "").contains("\"(b, t)\",8,8,0,0,0,0,"),
                () -> told.files().toString());
        assertInstanceOf(
                Verdict.Verified.class,
                check(told.files(), Limits.NONE),
                () -> check(told.files(), Limits.NONE) + "\n" + told.files());
        var without = new HashMap<>(told.files());
        without.remove(BesideFiles.LINKS);
        assertInstanceOf(Verdict.Refuted.class, check(without, Limits.NONE));
        var strict = new HashMap<>(told.files());
        strict.computeIfPresent(BesideFiles.STREAMS, (_, text) -> text.replace(",0.001\n", ",0.0001\n"));
        var refuted = assertInstanceOf(Verdict.Refuted.class, check(strict, Limits.NONE));
        assertTrue(refuted.shown().toString().contains("loss: "), refuted::toString);
    }
}
