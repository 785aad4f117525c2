package io.millwright.process.fmi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The Reference FMUs of the Modelica Association, made by others, run by our code. The environment variable
/// `MW_REFERENCE_FMUS` names a folder with their distribution, of which `2.0` and `3.0` are read; without it
/// these tests are skipped. What is expected are the trajectories that lie in the FMUs (fmi-ls-ref), and what
/// theory says.
class ReferenceFmusTest {

    private static final Map<String, String> NONE = Map.of();

    private record Row(double time, List<String> values) {}

    private static Fmu fmu(String version, String model) {
        String folder = System.getenv("MW_REFERENCE_FMUS");
        assumeTrue(folder != null, "MW_REFERENCE_FMUS names no folder");
        var file = Path.of(folder, version, model + ".fmu");
        assumeTrue(Files.isReadable(file), file + " is not there");
        return Fmu.open(file);
    }

    private static List<Row> reference(Fmu fmu) throws IOException {
        String model = fmu.file().getFileName().toString().replace(".fmu", "");
        try (var zip = new ZipFile(fmu.file().toFile())) {
            var entry = zip.getEntry("extra/org.fmi-standard.fmi-ls-ref/" + model + "_out.csv");
            String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .skip(1)
                    .map(l -> l.split(","))
                    .map(f -> new Row(Double.parseDouble(f[0]), List.of(f).subList(1, f.length)))
                    .toList();
        }
    }

    private static List<Row> run(Fmu fmu, boolean events, Plan plan, Map<String, String> starts, String... names) {
        var rows = new ArrayList<Row>();
        ExperimentRun.run(
                fmu,
                new InstanceSettings("reference", false, events),
                plan,
                StartValues.parse(fmu, starts),
                (time, simulation) -> rows.add(new Row(
                        time,
                        List.of(names).stream()
                                .map(n -> shown(fmu, simulation, n))
                                .toList())));
        return rows;
    }

    private static Variable variable(Fmu fmu, String name) {
        return fmu.description().variable(name).orElseThrow();
    }

    private static String shown(Fmu fmu, CoSimulation simulation, String name) {
        var variable = variable(fmu, name);
        return String.join(" ", simulation.get(variable).texts(variable.type()));
    }

    private static double number(Row row, int column) {
        return Double.parseDouble(row.values().get(column));
    }

    private static void assertSame(List<Row> expected, List<Row> actual, double tolerance) {
        assertEquals(expected.size(), actual.size(), "rows");
        for (int i = 0; i < expected.size(); i++) {
            var row = expected.get(i);
            assertEquals(row.time(), actual.get(i).time(), 1e-9);
            for (int j = 0; j < row.values().size(); j++) {
                var wanted = row.values().get(j).split(" ");
                var shown = actual.get(i).values().get(j).split(" ");
                assertEquals(wanted.length, shown.length);
                for (int k = 0; k < wanted.length; k++) {
                    double value = Double.parseDouble(wanted[k]);
                    String where = "column " + j + " at " + row.time() + " s";
                    double allowed = tolerance * Math.max(1, Math.abs(value));
                    assertEquals(value, Double.parseDouble(shown[k]), allowed, where);
                }
            }
        }
    }

    /// Rounding is all that may differ: both sides step the same solver.
    @ParameterizedTest
    @CsvSource({
        "2.0, BouncingBall, h v", "3.0, BouncingBall, h v",
        "2.0, Dahlquist, x", "3.0, Dahlquist, x",
        "2.0, VanDerPol, x0 x1", "3.0, VanDerPol, x0 x1",
        "2.0, Stair, counter", "3.0, Stair, counter",
        "2.0, Resource, y", "3.0, Resource, y",
        "3.0, StateSpace, y"
    })
    void trajectoriesAreThoseOfTheReference(String version, String model, String outputs) throws IOException {
        var fmu = fmu(version, model);
        var reference = reference(fmu);
        double step = reference.get(1).time() - reference.get(0).time();
        var plan = Plan.of(fmu, Double.NaN, Math.round(step * 1e9));
        for (boolean events : new boolean[] {false, true}) {
            assertSame(reference, run(fmu, events, plan, NONE, outputs.split(" ")), 1e-12);
        }
    }

    /// x' = -k x by the explicit Euler method with step h is x(n h) = (1 - k h)ⁿ.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void dahlquistsEquationIsSolvedByTheExplicitEulerMethod(String version) {
        var fmu = fmu(version, "Dahlquist");
        var rows = run(fmu, true, new Plan(0, 5, 100_000_000), Map.of("k", "0.5", "x", "3"), "x");
        assertEquals(51, rows.size());
        for (int n = 0; n < rows.size(); n++) {
            assertEquals(3 * Math.pow(1 - 0.5 * 0.1, n), number(rows.get(n), 0), 1e-12, "step " + n);
        }
    }

    /// Before the first bounce the explicit Euler method with step d gives h(n d) = 1 - g d² n (n - 1) / 2. The
    /// ball falls 1 m in √(2/g) s and then rises to e² m; the method's error is of the order of d.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void theBallFallsAndBouncesAsGravityWants(String version) {
        var fmu = fmu(version, "BouncingBall");
        var rows = run(fmu, true, new Plan(0, 1, 1_000_000), Map.of("e", "0.8"), "h", "v");
        double impact = Math.sqrt(2 / 9.81);
        double peak = 0;
        for (int n = 0; n < rows.size(); n++) {
            if (n * 1e-3 < impact) {
                assertEquals(1 - 9.81e-6 * n * (n - 1) / 2, number(rows.get(n), 0), 1e-12);
                assertTrue(number(rows.get(n), 1) <= 0);
            } else if (n * 1e-3 > impact + 0.003) {
                peak = Math.max(peak, number(rows.get(n), 0));
            }
        }
        assertEquals(0.8 * 0.8, peak, 0.01);
    }

    /// Against an independent solution of x'' = μ (1 - x²) x' - x by the Runge–Kutta method. The unit's
    /// explicit Euler method with step 0.01 is of order one, and what it errs in phase grows from period to
    /// period; its limit cycle is as high as the true one, 2.0086 for μ = 1.
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "3.0"})
    void theOscillatorIsThatOfVanDerPol(String version) {
        var fmu = fmu(version, "VanDerPol");
        var rows = run(fmu, true, new Plan(0, 20, 10_000_000), NONE, "x0", "x1");
        double[] x = {2, 0};
        double worst = 0;
        double peak = 0;
        for (var row : rows) {
            worst = row.time() > 2 ? worst : Math.max(worst, Math.abs(x[0] - number(row, 0)));
            peak = row.time() < 10 ? peak : Math.max(peak, number(row, 0));
            for (int i = 0; i < 10; i++) {
                x = rungeKutta(x, 1e-3);
            }
        }
        assertTrue(worst < 0.02, "off by " + worst);
        assertTrue(worst > 1e-6, "as near as no method of order one");
        assertEquals(2.0086, peak, 0.02);
    }

    private static double[] slope(double[] x) {
        return new double[] {x[1], (1 - x[0] * x[0]) * x[1] - x[0]};
    }

    private static double[] rungeKutta(double[] x, double h) {
        double[] k1 = slope(x);
        double[] k2 = slope(along(x, k1, h / 2));
        double[] k3 = slope(along(x, k2, h / 2));
        double[] k4 = slope(along(x, k3, h));
        var next = new double[2];
        for (int i = 0; i < 2; i++) {
            next[i] = x[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
        return next;
    }

    private static double[] along(double[] x, double[] k, double h) {
        return new double[] {x[0] + h * k[0], x[1] + h * k[1]};
    }

    /// Lags x1' = -x1 + u1 and x2' = -2 x2 + u2 and an integrator x3' = u3, as matrices and vectors; the unit
    /// steps by 1 ms. (Its structural parameters cannot be tried: it refuses every value of them, whoever sets
    /// it.)
    @Test
    void matricesAndVectorsAreSetAndRead() {
        var fmu = fmu("3.0", "StateSpace");
        var starts = new LinkedHashMap<String, String>();
        starts.put("A", "-1 0 0 0 -2 0 0 0 0");
        starts.put("D", "0 0 0 0 0 0 0 0 0");
        starts.put("u", "3 4 5");
        for (var row : run(fmu, true, new Plan(0, 2, 500_000_000), starts, "y")) {
            String[] y = row.values().getFirst().split(" ");
            double steps = Math.rint(row.time() * 1000);
            assertEquals(3 * (1 - Math.pow(1 - 1e-3, steps)), Double.parseDouble(y[0]), 1e-9);
            assertEquals(2 * (1 - Math.pow(1 - 2e-3, steps)), Double.parseDouble(y[1]), 1e-9);
            assertEquals(5 * steps / 1000, Double.parseDouble(y[2]), 1e-9);
        }
        starts.put("u", "3 4");
        var plan = new Plan(0, 1, 500_000_000);
        var wrong = assertThrows(FmuError.class, () -> run(fmu, true, plan, starts, "y"));
        assertEquals("StateSpace.fmu: u takes 3 values, not 2", wrong.getMessage());
    }

    /// Values of every type go in and come out, extremes included, with event mode and without.
    @ParameterizedTest
    @CsvSource({"2.0, false", "3.0, false", "3.0, true"})
    void everyTypeIsFedThrough(String version, boolean events) {
        var fmu = fmu(version, "Feedthrough");
        var given = new LinkedHashMap<String, String>();
        given.put("Float64_continuous", "-1.7976931348623157E308");
        given.put("Int32", "-2147483648");
        given.put("Boolean", "true");
        given.put("String", "Gr\u00fc\u00dfe, \u4e16\u754c");
        given.put("Enumeration", "2");
        if (version.equals("3.0")) {
            given.put("Float32_continuous", "3.4028235E38");
            given.put("Int8", "-128");
            given.put("UInt8", "255");
            given.put("Int16", "-32768");
            given.put("UInt16", "65535");
            given.put("UInt32", "4294967295");
            given.put("Int64", "-9223372036854775808");
            given.put("UInt64", "18446744073709551615");
            given.put("Binary", "00ff7f");
        }
        var last = new LinkedHashMap<String, String>();
        var settings = new InstanceSettings("reference", false, events);
        ExperimentRun.run(
                fmu, settings, new Plan(0, 1, 100_000_000), StartValues.parse(fmu, NONE), (time, simulation) -> {
                    given.forEach((name, value) -> {
                        var type = variable(fmu, name + "_input").type();
                        if (Math.abs(time - 0.5) < 1e-9) {
                            simulation.set(variable(fmu, name + "_input"), Values.parse(type, List.of(value)));
                        }
                        last.put(name, shown(fmu, simulation, name + "_output"));
                    });
                });
        assertEquals(given, last);
    }

    @Test
    void whatHasNoCoSimulationIsToldSo() {
        var fmu = fmu("3.0", "Clocks");
        var error = assertThrows(FmuError.class, () -> fmu.instantiate(InstanceSettings.named("x")));
        assertEquals(
                "Clocks.fmu: has no co-simulation, only ScheduledExecution; export it for co-simulation",
                error.getMessage());
    }

    /// The stair climbs a step a second and wants to end at 10: nine events.
    @Test
    void eventsAreHandledAndTheWishToEndIsHeard() {
        var fmu = fmu("3.0", "Stair");
        var settings = InstanceSettings.named("stair");
        var outcome = ExperimentRun.run(
                fmu, settings, new Plan(0, 10, 350_000_000), StartValues.parse(fmu, NONE), (time, simulation) -> {});
        assertEquals(9, outcome.events());
        assertTrue(outcome.ended());
        assertEquals(9, outcome.reached(), 1e-9);
    }

    @Test
    void theBallIsAProcessModel() {
        try (var ball = FmuModel.start(fmu("3.0", "BouncingBall"), Map.of("h", "5"))) {
            int height = ball.output("h");
            assertEquals("m", ball.outputs().get(height).unit().code());
            assertEquals(5, ball.get(height));
            for (int i = 0; i < 100; i++) {
                ball.step(7_000_000);
            }
            assertEquals(5 - 9.81e-6 * 700 * 699 / 2, ball.get(height), 1e-9);
            assertEquals(0.7, ball.seconds(), 1e-12);
        }
    }

    @Test
    void mistakesOfTheUnitAreToldInItsOwnWords() {
        var fmu = fmu("3.0", "Feedthrough");
        var error = assertThrows(FmuError.class, () -> {
            try (var simulation = fmu.instantiate(InstanceSettings.named("x"))) {
                simulation.step(0, 0.1);
            }
        });
        assertTrue(error.getMessage().contains("Illegal call sequence"), error.getMessage());
    }
}
