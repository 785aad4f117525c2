package io.millwright.process.fmi;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// The unit of `lag.c`, compiled here and packed.
final class LagFmu {

    private LagFmu() {}

    /// @param version 2 or 3
    static Path build(Path folder, int version) throws IOException, InterruptedException {
        return pack(folder.resolve("lag" + version + ".fmu"), version, library(folder, version));
    }

    /// The shared library, not packed yet.
    static byte[] library(Path folder, int version) throws IOException, InterruptedException {
        var source = folder.resolve("lag.c");
        var library = folder.resolve("lag" + version + Platform.here().suffix());
        Files.write(source, resource("lag.c"));
        String[] compiler = {
            "gcc", "-O1", "-DFMI=" + version, "-shared", "-fPIC", "-o", library + "", source + "", "-lm"
        };
        assumeTrue(succeeds(compiler), "gcc is not there");
        return Files.readAllBytes(library);
    }

    static Path pack(Path file, int version, byte[] library) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("modelDescription.xml", description(version));
        var fmi = version == 2 ? FmiVersion.V2 : FmiVersion.V3;
        String binaries = "binaries/" + Platform.here().folders(fmi).getFirst() + "/lag";
        entries.put(binaries + Platform.here().suffix(), library);
        entries.put("resources/a.txt", new byte[] {'a'});
        return zip(file, entries);
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    static byte[] description(int version) throws IOException {
        return resource("lag" + version + ".xml");
    }

    static String text(int version) throws IOException {
        return new String(description(version), StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = LagFmu.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
