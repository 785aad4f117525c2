package io.millwright.process.fmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files from anywhere: whatever they contain, [FmuError] with one message is the worst that happens, and
/// nothing is written outside the folder that is unpacked into. No binary of these files is ever loaded.
class HostileFmuTest {

    @TempDir
    Path folder;

    private FmuError refused(Map<String, byte[]> entries) throws IOException {
        var file = LagFmu.zip(folder.resolve("x.fmu"), entries);
        return assertThrows(FmuError.class, () -> Fmu.open(file).unpack(Files.createDirectories(folder.resolve("to"))));
    }

    private FmuError refused(String description) throws IOException {
        return refused(Map.of("modelDescription.xml", description.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../out",
                "binaries/../../out",
                "/etc/out",
                "a\\..\\out",
                "C:/out",
                "a/./b",
                "resources/..",
                "a\u0000b",
                "a\u001b[31m"
            })
    void namesThatLeadOutAreRefused(String name) throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("modelDescription.xml", LagFmu.description(2));
        entries.put(name, new byte[] {1});
        var error = refused(entries);
        assertTrue(error.getMessage().contains("is refused: names are relative"), error.getMessage());
        assertTrue(error.getMessage().chars().noneMatch(Character::isISOControl), "no control characters");
    }

    /// A gigabyte of zeros is a megabyte of zip.
    @Test
    void aBombIsGivenUpWhenTheLimitIsReached() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("modelDescription.xml", new byte[(int) Archive.DESCRIPTION_BYTES_MAX + 1]);
        assertTrue(refused(entries).getMessage().endsWith("modelDescription.xml is longer than 32 MB"));
        entries.clear();
        for (int i = 0; i <= Archive.ENTRIES_MAX; i++) {
            entries.put("e" + i, new byte[0]);
        }
        assertTrue(refused(entries).getMessage().endsWith("has 10001 entries; at most 10000 are read"));
    }

    @Test
    void documentTypesAndEntitiesAreRefused() throws IOException {
        String bomb = "<!DOCTYPE a [<!ENTITY b \"" + "x".repeat(100) + "\"><!ENTITY c \"&b;&b;&b;\">]>";
        String description = LagFmu.text(2).replaceFirst("<fmi", bomb + "<fmi");
        assertTrue(refused(description).getMessage().contains("remove the DOCTYPE"));
        String entity = LagFmu.text(3).replace("<ModelStructure>", "<ModelStructure>&c;");
        assertTrue(refused(entity).getMessage().contains("modelDescription.xml:"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | modelIdentifier=\"lag\" | modelIdentifier=\"../lag\" | 3:89: modelIdentifier "
                        + "names a file, so it is an identifier of C of at most 200 characters, not \"../lag\"",
                "2 | fmiVersion=\"2.0\" | fmiVersion=\"1.0\" | 2:123: FMI 1.0 is not read; FMI 2.0 and 3.0 are",
                "3 | valueReference=\"3\" | valueReference=\"-3\" | valueReference is a whole "
                        + "number from 0 to 4294967295, not \"-3\"",
                "3 | start=\"1e9\" | start=\"big\" | start of \"threshold\": \"big\" is not a number, such as 1.5",
                "3 | causality=\"output\"/> | causality=\"exit\"/> | causality is one of parameter, "
                        + "calculatedParameter, structuralParameter, input, output, local, independent, not \"exit\"",
                "2 | name=\"k\" | name=\"u\" | there are two variables \"u\"",
                "2 | <Integer start=\"0\" min=\"0\" max=\"7\"/> | <Whole/> | the variable "
                        + "\"misbehave\" has no type that is known",
                "2 | max=\"3000\" | max=\"-1\" | min 0.0 is above max -1.0",
                "2 | guid=\"{lag}\" | id=\"1\" | fmiModelDescription needs the attribute guid",
                "2 | </ModelStructure> | | this is no XML: ",
            })
    void mistakesAreToldWithTheirPlace(int version, String right, String wrong, String message) throws IOException {
        String text = LagFmu.text(version);
        assertTrue(text.contains(right));
        String told = refused(text.replace(right, wrong == null ? "" : wrong)).getMessage();
        assertTrue(told.startsWith("x.fmu: modelDescription.xml"), told);
        assertTrue(told.contains(message), told);
    }

    @Test
    void otherFilesAreNoFmus() throws IOException {
        var none = folder.resolve("none.fmu");
        assertEquals(
                none + ": there is no such file",
                assertThrows(FmuError.class, () -> Fmu.open(none)).getMessage());
        assertEquals(
                folder + ": is a folder; an FMU is a file",
                assertThrows(FmuError.class, () -> Fmu.open(folder)).getMessage());
        var text = Files.writeString(folder.resolve("text.fmu"), "hello");
        assertTrue(
                assertThrows(FmuError.class, () -> Fmu.open(text)).getMessage().contains("is no zip archive"));
        assertTrue(refused(Map.of("a.txt", new byte[1])).getMessage().endsWith("so it is no FMU"));
    }

    @ParameterizedTest
    @CsvSource({
        "2, win64/lag.dll, win64",
        "2, darwin64/lag.dylib, darwin64",
        "3, x86_64-windows/lag.dll, x86_64-windows"
    })
    void aBinaryForAnotherMachineIsToldSo(int version, String binary, String shown) throws IOException {
        var entries = Map.of("modelDescription.xml", LagFmu.description(version), "binaries/" + binary, new byte[1]);
        var here = Platform.here();
        String wanted =
                here.folders(version == 2 ? FmiVersion.V2 : FmiVersion.V3).getFirst() + "/lag" + here.suffix();
        assertEquals(
                "x.fmu: has no binary for " + here.name() + " (binaries/" + wanted + "); it has binaries for " + shown,
                refused(entries).getMessage());
    }

    /// The folders of the standard for the machines that there are (FMI 2.0 section 2.3, FMI 3.0 section
    /// 2.5.1.4).
    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux64, x86_64-linux, .so",
        "Windows 11, amd64, win64, x86_64-windows, .dll",
        "Mac OS X, x86_64, darwin64, x86_64-darwin, .dylib",
        "Linux, aarch64, aarch64-linux, aarch64-linux, .so"
    })
    void machinesHaveTheirFolders(String os, String architecture, String second, String third, String suffix) {
        var platform = Platform.of(os, architecture);
        assertEquals(second, platform.folders(FmiVersion.V2).getFirst());
        assertEquals(third, platform.folders(FmiVersion.V3).getFirst());
        assertEquals(suffix, platform.suffix());
    }

    @Test
    void damagedArchivesAreRefusedAndNothingElse() throws IOException {
        var entries = new LinkedHashMap<String, byte[]>();
        entries.put("modelDescription.xml", LagFmu.description(3));
        entries.put("binaries/x86_64-linux/lag.so", new byte[200]);
        entries.put("resources/deep/er/a.txt", new byte[3000]);
        byte[] sound = Files.readAllBytes(LagFmu.zip(folder.resolve("sound.fmu"), entries));
        var file = folder.resolve("damaged.fmu");
        var target = Files.createDirectories(folder.resolve("deep/unpacked"));
        Property.check(800, random -> {
            Files.write(file, damaged(random, sound));
            try {
                Fmu.open(file).unpack(target);
            } catch (FmuError e) {
                assertTrue(e.getMessage().length() < 1000, e.getMessage());
            } finally {
                Archive.delete(target);
                Files.createDirectories(target);
            }
        });
        try (var left = Files.list(folder.resolve("deep"))) {
            assertEquals(1, left.count(), "nothing lies beside the folder");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void damagedDescriptionsAreRefusedAndNothingElse(int version) throws IOException {
        byte[] sound = LagFmu.description(version);
        Property.check(3000, random -> {
            try {
                DescriptionReader.read("x", damaged(random, sound));
            } catch (FmuError e) {
                assertTrue(e.getMessage().startsWith("x"), e.getMessage());
                assertTrue(e.getMessage().length() < 1000, e.getMessage());
                assertTrue(e.getMessage().chars().noneMatch(Character::isISOControl), e.getMessage());
            }
        });
    }

    /// Octets changed, cut out, doubled or cut off.
    private static byte[] damaged(SplittableRandom random, byte[] sound) {
        byte[] bytes = sound.clone();
        for (int i = random.nextInt(1, 6); i > 0 && bytes.length > 1; i--) {
            int at = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, at + random.nextInt(1, 40));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] = (byte) (bytes[at] ^ 1 << random.nextInt(8));
                case 2 -> bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
                case 3 -> bytes = joined(Arrays.copyOf(bytes, to), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> bytes = random.nextInt(10) == 0 ? Arrays.copyOf(bytes, at) : bytes;
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
