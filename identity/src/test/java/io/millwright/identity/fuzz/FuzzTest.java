package io.millwright.identity.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Jazzer, guided by coverage, looks for inputs that break a promise of a codec: `mw test --fuzz 10min` for each in
/// turn, `mw test --fuzz 10min dns` for one. What reaches code that nothing reached before is kept in the corpus.
@EnabledIfSystemProperty(named = "mw.fuzz", matches = ".+", disabledReason = "mw test --fuzz 10min")
class FuzzTest {

    private static final Path FOLDER = Path.of(System.getProperty("mw.root"), "identity/target/fuzz");
    private static final int INPUT_OCTETS_MAX = 2048;

    static Stream<String> codecs() {
        var only = System.getProperty("mw.fuzz.codec", "");
        return Codecs.names().filter(name -> only.isEmpty() || name.equals(only));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void nothingBreaksTheCodec(String name) throws Exception {
        var codec = Codecs.named(name);
        var folder = FOLDER.resolve(name);
        var found = emptied(folder.resolve("found"));
        int number = 0;
        for (byte[] input : Corpus.of(codec)) {
            Files.write(found.resolve("kept-" + number++), input);
        }
        var seconds = duration(System.getProperty("mw.fuzz")).toSeconds();
        int status = run(name, folder.resolve("log"), "-max_total_time=" + seconds, found.toString());
        assertEquals(0, status, () -> "see " + folder.resolve("log"));
        var merged = emptied(folder.resolve("merged"));
        run(name, folder.resolve("merge.log"), "-merge=1", merged.toString(), found.toString());
        Corpus.keep(codec, merged);
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }

    private static int run(String codec, Path log, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dmw.fuzz.codec=" + codec,
                "-Djava.util.logging.config.file=" + System.getProperty("java.util.logging.config.file"),
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzed.class.getName(),
                "--instrumentation_includes=io.millwright.**:org.xbill.**",
                "--reproducer_path=" + log.getParent(),
                "-artifact_prefix=" + log.getParent() + "/",
                "-max_len=" + INPUT_OCTETS_MAX,
                "-timeout=20",
                "-print_final_stats=1"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }

    private static Duration duration(String text) {
        long number = Long.parseLong(text.replaceAll("\\D", ""));
        return text.endsWith("h")
                ? Duration.ofHours(number)
                : text.endsWith("min") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }
}
