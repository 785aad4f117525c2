package io.millwright.iec61131.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.xml.PlcOpenWriter;
import io.millwright.testkit.Property;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Mutated programs and projects keep the [Promises]: a few in every build, as many as there is time for with
/// `mw test --fuzz 10min st` (or `xml`). `-Dmw.fuzz.seeds=FOLDER` adds texts to what is mutated; each input has
/// a seed of its own, the first one drawn from the clock.
class FuzzTest {
    private static final long INPUT_SECONDS_MAX = 20;

    static Stream<String> kinds() {
        String only = System.getProperty("mw.fuzz.codec", "");
        return Stream.of("st", "xml").filter(kind -> only.isEmpty() || kind.equals(only));
    }

    @ParameterizedTest
    @ValueSource(strings = {"st", "xml"})
    void aFewMutatedTextsKeepThePromises(String kind) throws Exception {
        List<String> seeds = seeds(kind);
        assertFalse(seeds.isEmpty());
        Property.check(60, random -> Promises.hold(new Source("fuzzed", Mutations.of(seeds, random))));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @EnabledIfSystemProperty(named = "mw.fuzz", matches = ".+", disabledReason = "mw test --fuzz 10min st")
    void nothingBreaksThePromises(String kind) throws Exception {
        List<String> seeds = seeds(kind);
        long first = Long.getLong("mw.seed", System.nanoTime());
        long end = System.nanoTime() + duration(System.getProperty("mw.fuzz")).toNanos();
        long seed = first;
        try (var worker = Executors.newSingleThreadExecutor()) {
            for (; System.nanoTime() < end; seed++) {
                String input = Mutations.of(seeds, new SplittableRandom(seed));
                String told = "seed %d (replay with -Dmw.seed=%d)%n%s".formatted(seed, seed, input);
                try {
                    worker.submit(() -> Promises.hold(new Source("fuzzed", input)))
                            .get(INPUT_SECONDS_MAX, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    fail(e.getCause() + " " + told, e.getCause());
                } catch (TimeoutException e) {
                    worker.shutdownNow();
                    fail("longer than " + INPUT_SECONDS_MAX + " s: " + told, e);
                }
            }
        }
        System.out.println(kind + ": " + (seed - first) + " inputs from seed " + first);
    }

    private static List<String> seeds(String kind) throws IOException, URISyntaxException {
        Path own = Path.of(Objects.requireNonNull(FuzzTest.class.getResource("/io/millwright/iec61131/fuzz"))
                        .toURI())
                .getParent();
        List<String> texts = new ArrayList<>(of(own, kind));
        String more = System.getProperty("mw.fuzz.seeds", "");
        if (!more.isEmpty()) {
            texts.addAll(of(Path.of(more), kind));
        }
        if (kind.equals("xml")) {
            of(own, "st").forEach(st -> texts.add(written(st)));
        }
        return texts;
    }

    private static List<String> of(Path folder, String kind) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(f -> f.toString().endsWith("." + kind)).sorted().toList();
        }
        List<String> texts = new ArrayList<>();
        for (Path file : files) {
            texts.add(SourceReader.read(file.toString(), Files.readAllBytes(file))
                    .source()
                    .text());
        }
        return texts;
    }

    private static String written(String st) {
        var ignored = new Diagnostics();
        var tree = Parser.parse(new Source("seed.st", st), Dialect.COMMON, ignored);
        return PlcOpenWriter.write(tree, "seed", Instant.EPOCH, ignored);
    }

    private static Duration duration(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("h")
                ? Duration.ofHours(number)
                : text.endsWith("min") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
}
