package io.millwright.node.st.debug;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.SourceReader;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.model.text.Durations;
import io.millwright.node.st.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be run, as the launch configuration of the editor says.
///
/// @param files texts of the program, or folders with some
/// @param program the program, or instance of a configuration, or empty where there is one alone
/// @param test the title of a test to run instead, or empty
/// @param cycle how far virtual time moves after each scan
/// @param scans how many; 0 for scans without end, one each cycle by the clock
/// @param recorded a recording that is done again instead, if one is named
/// @param stopOnEntry whether it stands still before its first instruction
/// @param trustFmu whether code of co-simulation units may run in this process
/// @param debug whether breakpoints and traps hold it up
record Launch(
        List<Path> files,
        String program,
        String test,
        Duration cycle,
        long scans,
        Optional<Recorded> recorded,
        boolean stopOnEntry,
        boolean trustFmu,
        boolean debug,
        Dialect dialect) {
    private static final int FILES_MAX = 10_000;

    /// A moment of a recording.
    ///
    /// @param path a data folder, the folder of a recording or a saved part
    /// @param run its number, from 1, if it is named
    /// @param to the moment, or empty
    record Recorded(Path path, Optional<Integer> run, String to) {}

    /// @throws IllegalArgumentException where an argument is missing or wrong
    static Launch of(Map<String, Object> arguments) {
        List<Path> files = new ArrayList<>();
        if (arguments.get("files") instanceof Iterable<?> all) {
            all.forEach(f -> files.add(path(String.valueOf(f))));
        } else if (arguments.get("files") instanceof String one) {
            files.add(path(one));
        }
        Optional<Recorded> recorded = recorded(arguments);
        if (files.isEmpty() && recorded.isEmpty()) {
            throw new IllegalArgumentException("\"files\": name the texts of the program, or their folder");
        }
        Duration cycle = cycle(text(arguments, "cycle", "10ms"));
        return new Launch(
                files,
                text(arguments, "program", ""),
                text(arguments, "test", ""),
                cycle,
                whole("scans", "0 means without end", arguments.get("scans")),
                recorded,
                arguments.get("stopOnEntry") instanceof Boolean stop ? stop : recorded.isPresent(),
                Boolean.TRUE.equals(arguments.get("trustFmu")),
                !Boolean.TRUE.equals(arguments.get("noDebug")),
                dialect(text(arguments, "dialect", "common")));
    }

    static Path path(String text) {
        return Path.of(text).toAbsolutePath().normalize();
    }

    private static String text(Map<String, Object> arguments, String name, String otherwise) {
        return arguments.get(name) instanceof String text ? text : otherwise;
    }

    private static Duration cycle(String text) {
        try {
            Duration cycle = Durations.parse(text);
            if (cycle.isPositive()) {
                return cycle;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"cycle\": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("\"cycle\": time goes on; write a duration above 0, such as 10ms");
    }

    private static Optional<Recorded> recorded(Map<String, Object> arguments) {
        String recording = text(arguments, "recording", "");
        if (recording.isEmpty()) {
            return Optional.empty();
        }
        long run = whole("run", "runs are numbered from 1", arguments.get("run"));
        return Optional.of(new Recorded(
                path(recording),
                run == 0 ? Optional.empty() : Optional.of((int) Math.min(run, Integer.MAX_VALUE)),
                text(arguments, "to", "")));
    }

    private static long whole(String name, String meaning, @Nullable Object given) {
        if (given == null) {
            return 0;
        }
        if (given instanceof Number number && number.longValue() >= 0 && number.doubleValue() == number.longValue()) {
            return number.longValue();
        }
        throw new IllegalArgumentException("\"" + name + "\": write a whole number; " + meaning);
    }

    private static Dialect dialect(String text) {
        try {
            return Dialect.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"dialect\": write common or standard", e);
        }
    }

    /// The folder of the texts, from which the models of tests are named.
    Path folder() {
        Path first = files.getFirst();
        Path parent = first.getParent();
        return Files.isDirectory(first) || parent == null ? first : parent;
    }

    /// Reads the texts.
    ///
    /// @throws IllegalArgumentException where there is none
    List<Source> sources() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                List<Path> found = TextFiles.in(file);
                for (Path one : found.subList(0, Math.min(found.size(), FILES_MAX))) {
                    sources.add(read(one));
                }
            } else if (Files.isRegularFile(file)) {
                sources.add(read(file));
            } else {
                throw new IllegalArgumentException("\"files\": there is no " + file);
            }
        }
        if (sources.isEmpty() && recorded.isEmpty()) {
            throw new IllegalArgumentException("\"files\": there is no .st file in " + files.getFirst());
        }
        return sources;
    }

    private static Source read(Path file) throws IOException {
        return SourceReader.read(file.toString(), Files.readAllBytes(file)).source();
    }
}
