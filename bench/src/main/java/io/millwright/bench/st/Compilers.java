package io.millwright.bench.st;

import io.millwright.bench.Millwright;
import io.millwright.bench.Peer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes contenders of a kernel: with Millwright, and with the compilers to compare with, as far as they are
/// there.
///
/// @param gcc the C compiler; empty where it is not installed
/// @param matiec the folder of `iec2c`, which has its library in `lib`; null where it is not there
record Compilers(String gcc, @Nullable Path matiec) {

    static final String MATIEC_FOLDER = "mw.bench.matiec";

    private static final String COMMON = """
            CONFIGURATION bench
              RESOURCE one ON PLC
                TASK cyclic(INTERVAL := T#10ms, PRIORITY := 1);
                PROGRAM main WITH cyclic : kernel;
              END_RESOURCE
            END_CONFIGURATION
            """;

    /// Those of this machine.
    static Compilers here() throws IOException {
        String named = System.getProperty(MATIEC_FOLDER, "");
        String installed = Peer.program("iec2c");
        Path folder = null;
        if (!named.isEmpty()) {
            folder = Path.of(named).toAbsolutePath();
        } else if (!installed.isEmpty()) {
            folder = Path.of(installed).toRealPath().getParent();
        }
        boolean there = folder != null
                && Files.isExecutable(folder.resolve("iec2c"))
                && Files.isDirectory(folder.resolve("lib/C"));
        if (!named.isEmpty() && !there) {
            throw new IllegalArgumentException(
                    MATIEC_FOLDER + "=" + named + ": there is no iec2c with lib/C beside it");
        }
        return new Compilers(Peer.program("gcc"), there ? folder : null);
    }

    /// What is not there, by name.
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (gcc.isEmpty()) {
            missing.add("gcc is not installed: nothing in C is measured");
        }
        if (matiec == null) {
            missing.add("matiec (iec2c) is neither installed nor named by -D" + MATIEC_FOLDER + "=DIR: left out");
        }
        return missing;
    }

    /// Compiled by Millwright, in a Java virtual machine of its own with the options Millwright has.
    Contender ours(Kernel kernel, Scanner.Mode mode, Path folder) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Peer.java());
        command.addAll(Millwright.options());
        command.addAll(List.of("-cp", classPath(), Scanner.class.getName(), kernel.name(), mode.name()));
        return new Contender(mode.title(), command, folder);
    }

    /// The same places from any folder.
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(p -> Path.of(p).toAbsolutePath().toString())
                        .toList());
    }

    /// Written in C by hand, compiled by `gcc -O2`; nothing without gcc.
    Optional<Contender> hand(Kernel kernel, Path folder) throws IOException, InterruptedException {
        if (gcc.isEmpty()) {
            return Optional.empty();
        }
        Path at = Files.createDirectories(folder.resolve("hand"));
        List<String> files = List.of("driver.c", kernel.file("c"));
        copy(at, "kernel.h", "driver.c", kernel.file("c"));
        return Optional.of(built("C, gcc -O2", at, List.of(), files));
    }

    /// Compiled to C by matiec and by `gcc -O2` then; nothing where matiec is not there or refuses the kernel.
    Optional<Contender> matiec(Kernel kernel, Path folder) throws IOException, InterruptedException {
        if (gcc.isEmpty() || matiec == null) {
            return Optional.empty();
        }
        Path at = Files.createDirectories(folder.resolve("matiec"));
        Files.writeString(at.resolve("kernel.st"), kernel.text("st") + "\n" + COMMON);
        copy(at, "kernel.h", "driver.c", "matiec.c");
        String library = matiec.resolve("lib").toString();
        if (run(List.of(matiec.resolve("iec2c").toString(), "-I", library, "kernel.st"), at) != 0) {
            return Optional.empty();
        }
        List<String> files = List.of("bench.c", "one.c", "matiec.c", "driver.c");
        return Optional.of(built("matiec, gcc -O2", at, List.of("-I", library + "/C"), files));
    }

    private Contender built(String name, Path folder, List<String> options, List<String> files)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(gcc, "-O2", "-w", "-I", ".", "-o", "kernel"));
        command.addAll(options);
        command.addAll(files);
        command.add("-lm");
        if (run(command, folder) != 0) {
            throw new IOException("gcc does not compile: " + Files.readString(folder.resolve("log")));
        }
        return new Contender(name, List.of(folder.resolve("kernel").toString()), folder);
    }

    private static void copy(Path folder, String... names) throws IOException {
        for (String name : names) {
            Files.writeString(folder.resolve(name), Kernel.resource(name));
        }
    }

    private static int run(List<String> command, Path folder) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start()
                .waitFor();
    }
}
