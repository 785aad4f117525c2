package io.millwright.process.fmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Our own unit `lag.c`, which also misbehaves when told to; compiled with gcc, skipped where there is none.
/// Expected values are those of the lag's closed solution, x(t) = k u (1 - exp(-t / T)).
class LagFmuTest {

    @TempDir
    static Path folder;

    private static Path second;
    private static Path third;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        second = LagFmu.build(folder, 2);
        third = LagFmu.build(folder, 3);
    }

    private static Fmu fmu(int version) {
        return Fmu.open(version == 2 ? second : third);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theLagFollowsItsClosedSolution(int version) {
        try (var model = FmuModel.start(fmu(version), Map.of("k", "2", "T", "0.5", "text", "Füllstand"))) {
            model.set(model.input("u"), 100);
            for (int i = 1; i <= 300; i++) {
                model.step(10_000_000);
                assertEquals(200 * (1 - Math.exp(-i * 0.01 / 0.5)), model.get(model.output("x")), 1e-9);
            }
            assertEquals(3, model.seconds(), 1e-12);
        }
    }

    /// The system's loader would end this process where it reads behind the end of the file.
    @Test
    void aLibraryThatIsCutShortIsRefusedWhereverItWasCut() throws IOException, InterruptedException {
        byte[] whole = LagFmu.library(folder, 2);
        assumeTrue(Platform.here().name().endsWith("-linux"), "libraries are ELF files");
        int refused = 0;
        for (int length = 0; length < whole.length; length += 509) {
            var file = LagFmu.pack(folder.resolve("cut.fmu"), 2, Arrays.copyOf(whole, length));
            try (var _ = FmuModel.start(Fmu.open(file), Map.of())) {
                // What is cut are the tables of sections behind all that is loaded.
            } catch (FmuError e) {
                assertTrue(
                        e.getMessage().matches(".*(is cut short|is no 64-bit ELF library|tells segments).*"),
                        e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 10, refused + " refused");
    }

    /// The driver sees an actuator: what lies outside its range stops at the end, no number changes nothing.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void inputsStayWithinTheirRange(int version) {
        try (var model = FmuModel.start(fmu(version), Map.of("T", "1e-3"))) {
            model.set(model.input("u"), 5000);
            model.step(1_000_000_000);
            assertEquals(3000, model.get(model.output("x")), 1e-9);
            model.set(model.input("u"), Double.NaN);
            model.step(1_000_000_000);
            assertEquals(3000, model.get(model.output("x")), 1e-9);
            model.set(model.input("u"), -1);
            model.step(1_000_000_000);
            assertEquals(0, model.get(model.output("x")), 1e-9);
        }
    }

    /// k u (1 - exp(-t/T)) = 50 with k u = 100, T = 1 at t = ln 2: between two communication points, which come
    /// all the same.
    @Test
    void anEventBetweenCommunicationPointsIsHandledWhereItIs() {
        var times = new ArrayList<Double>();
        var alarms = new ArrayList<String>();
        var fmu = fmu(3);
        var alarm = fmu.description().variable("alarm").orElseThrow();
        for (boolean events : new boolean[] {true, false}) {
            times.clear();
            alarms.clear();
            var outcome = ExperimentRun.run(
                    fmu,
                    new InstanceSettings("lag", false, events),
                    new Plan(0, 1, 250_000_000),
                    StartValues.parse(fmu, Map.of("u", "100", "threshold", "50")),
                    (time, simulation) -> {
                        times.add(time);
                        alarms.addAll(simulation.get(alarm).texts(alarm.type()));
                    });
            assertEquals(events ? 1 : 0, outcome.events());
            assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 1.0), times);
            assertEquals(List.of("false", "false", "false", "true", "true"), alarms);
        }
    }

    @Test
    void arraysHaveTheSizeOfTheirStructuralParameter() {
        try (var model = FmuModel.start(fmu(3), Map.of("w", "1 2 3 4", "n", "4"))) {
            assertEquals(10, model.get(model.output("sum")));
            model.set(model.input("w[3]"), 30);
            model.step(1);
            assertEquals(37, model.get(model.output("sum")));
        }
        var error = assertThrows(FmuError.class, () -> FmuModel.start(fmu(3), Map.of("w", "1 2 3")));
        assertEquals("lag3.fmu: w takes 2 values, not 3", error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void unitsAndRangesAreKnown(int version) {
        try (var model = FmuModel.start(fmu(version), Map.of())) {
            var drive = model.inputs().get(model.input("u"));
            assertEquals(0, drive.range().min());
            assertEquals(3000, drive.range().max());
            // No code of UCUM is called rpm, and none is 2π/60 rad/s.
            assertEquals("{rpm}", drive.unit().code());
            assertEquals("Cel", model.outputs().get(model.output("x")).unit().code());
            var unknown = assertThrows(IllegalArgumentException.class, () -> model.input("q"));
            assertTrue(unknown.getMessage().startsWith("there is no input \"q\"; there are u, misbehave"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | 1 | lag2.fmu: fmi2DoStep from 0.0 s by 0.1 s failed (Error): the lag is to fail [31m",
                "3 | 1 | lag3.fmu: fmi3DoStep from 0.0 s by 0.1 s failed (Error): the lag is to fail [31m",
                "2 | 2 | lag2.fmu: fmi2DoStep from 0.0 s by 0.1 s was discarded at 0.0 s; try a smaller step",
                "3 | 2 | lag3.fmu: fmi3DoStep from 0.0 s by 0.1 s failed (Discard)",
                "2 | 4 | lag2.fmu: fmi2DoStep from 0.0 s by 0.1 s failed (Fatal): the lag is to die",
                "3 | 4 | lag3.fmu: fmi3DoStep from 0.0 s by 0.1 s failed (Fatal): the lag is to die",
                "3 | 6 | lag3.fmu: fmi3DoStep comes no further than 0.0 s, after 0 events in one step to 0.1 s",
            })
    void whatGoesWrongIsToldInOneMessage(int version, int misbehaviour, String message) {
        try (var model = FmuModel.start(fmu(version), Map.of())) {
            model.set(model.input("misbehave"), misbehaviour);
            var error = assertThrows(FmuError.class, () -> model.step(100_000_000));
            assertEquals(message, error.getMessage());
        }
    }

    @Test
    void discreteStatesThatDoNotSettleAreGivenUp() {
        try (var model = FmuModel.start(fmu(3), Map.of())) {
            model.set(model.input("misbehave"), 7);
            var error = assertThrows(FmuError.class, () -> model.step(100_000_000));
            assertTrue(error.getMessage().startsWith("lag3.fmu: its discrete states do not settle"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theWishToEndIsHeard(int version) {
        try (var model = FmuModel.start(fmu(version), Map.of())) {
            model.set(model.input("misbehave"), 3);
            model.step(100_000_000);
            assertTrue(model.isEnded());
            assertThrows(FmuError.class, () -> model.step(100_000_000));
        }
    }

    /// Five thousand messages of six thousand characters in a step: the newest thousand are kept, shortened.
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void theLogIsBounded(int version) {
        try (var model = FmuModel.start(fmu(version), Map.of())) {
            model.set(model.input("misbehave"), 5);
            model.step(100_000_000);
            var messages = model.messages();
            assertEquals(1000, messages.size());
            messages.forEach(m -> assertEquals(new LogMessage("OK", "lag", "a".repeat(2000)), m));
            assertEquals(List.of(), model.messages());
        }
    }

    @Test
    void whatCannotBeSetSaysWhy() {
        assertEquals(
                "lag2.fmu: has no variable \"q\"",
                assertThrows(FmuError.class, () -> FmuModel.start(fmu(2), Map.of("q", "1")))
                        .getMessage());
        assertEquals(
                "lag2.fmu: k: \"fast\" is not a number, such as 1.5",
                assertThrows(FmuError.class, () -> FmuModel.start(fmu(2), Map.of("k", "fast")))
                        .getMessage());
        assertTrue(assertThrows(FmuError.class, () -> FmuModel.start(fmu(3), Map.of("sum", "1")))
                .getMessage()
                .startsWith("lag3.fmu: sum cannot be set: it is a continuous output"));
    }

    /// Two instances of a unit do not share a binary: each has its copy, and all are gone afterwards.
    @Test
    void instancesStandBesideEachOtherAndLeaveNothing() throws IOException {
        var before = temporaries();
        try (var one = FmuModel.start(fmu(2), Map.of());
                var other = FmuModel.start(fmu(2), Map.of())) {
            one.set(one.input("u"), 1);
            one.step(1_000_000_000);
            other.step(1_000_000_000);
            assertEquals(1 - Math.exp(-1), one.get(0), 1e-12);
            assertEquals(0, other.get(0));
            assertFalse(temporaries().equals(before));
        }
        assertEquals(before, temporaries());
    }

    private static List<Path> temporaries() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().startsWith("fmu-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aBinaryThatIsNoneIsToldSo() throws IOException {
        var file = folder.resolve("broken.fmu");
        String binary = "binaries/" + Platform.here().folders2().getFirst() + "/lag"
                + Platform.here().suffix();
        LagFmu.zip(file, Map.of("modelDescription.xml", LagFmu.description(2), binary, new byte[] {1, 2, 3}));
        var error = assertThrows(FmuError.class, () -> FmuModel.start(Fmu.open(file), Map.of()));
        assertTrue(error.getMessage().endsWith("is no 64-bit ELF library"), error.getMessage());
    }

    @Test
    void aBinaryWithoutTheFunctionsIsToldSo() throws IOException {
        var wrong = folder.resolve("wrong.fmu");
        String binary2 = "binaries/" + Platform.here().folders2().getFirst() + "/lag"
                + Platform.here().suffix();
        var library = Files.readAllBytes(folder.resolve("lag3" + Platform.here().suffix()));
        LagFmu.zip(wrong, Map.of("modelDescription.xml", LagFmu.description(2), binary2, library));
        var error = assertThrows(FmuError.class, () -> FmuModel.start(Fmu.open(wrong), Map.of()));
        assertEquals(
                "wrong.fmu: its binary has no function fmi2DoStep, which the standard demands; was it exported whole?",
                error.getMessage());
    }
}
