package io.millwright.process.commissioning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.model.Quality;
import io.millwright.model.Unit;
import io.millwright.process.equations.TankParameters;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The machines behind the seam, and what faults of signals do to them. A ramp whose value is the time in
/// seconds shows each fault by arithmetic.
class ProcessModelTest {

    private static final long SECOND = 1_000_000_000;

    private static QuadrupleTankModel tanks() {
        return new QuadrupleTankModel(TankParameters.MINIMUM_PHASE, 0, 0, 0, 0);
    }

    /// Johansson 2000, section II: at 3 V the minimum-phase setting settles at 12.4, 12.7, 1.8 and 1.4 cm.
    @Test
    void theTanksSettleAtTheOperatingPointOfThePaper() {
        var tanks = tanks();
        tanks.set(tanks.input("v1"), 3);
        tanks.set(tanks.input("v2"), 3);
        for (int i = 0; i < 2000; i++) {
            tanks.step(2 * SECOND);
        }
        double[] paper = {12.4, 12.7, 1.8, 1.4};
        for (int i = 0; i < 4; i++) {
            assertEquals(paper[i], tanks.get(tanks.output("h" + (i + 1))), 0.2);
            assertEquals(paper[i] / 2, tanks.get(tanks.output("y" + (i + 1))), 0.1);
        }
        assertEquals("cm", tanks.outputs().getFirst().unit().code());
    }

    /// How time is cut must not matter beyond the solver's error, which is largest where an empty tank begins
    /// to fill: 10 ms scans and one second's step agree.
    @Test
    void theLengthOfStepsDoesNotMatter() {
        var fine = tanks();
        var coarse = tanks();
        fine.set(0, 5);
        coarse.set(0, 5);
        for (int i = 0; i < 60; i++) {
            coarse.step(SECOND);
            IntStream.range(0, 100).forEach(_ -> fine.step(SECOND / 100));
        }
        for (int i = 0; i < 4; i++) {
            assertEquals(coarse.get(i), fine.get(i), 1e-4);
        }
    }

    @Test
    void actuatorsStopAtTheEndOfTheirRange() {
        var tanks = tanks();
        var full = tanks();
        tanks.set(0, 99);
        full.set(0, 10);
        full.set(0, Double.NaN);
        tanks.step(SECOND);
        full.step(SECOND);
        assertEquals(full.get(0), tanks.get(0));
        assertTrue(tanks.get(0) > 0);
    }

    /// The cell that the demonstration plant serves over Modbus: on manual the pump does as told, and a fault
    /// is an input.
    @Test
    void theTankCellIsDrivenThroughItsPoints() {
        var cell = PointModel.tankCell(1);
        int level = cell.output("tank-1.level");
        cell.set(cell.input("tank-controller.automatic"), 0);
        cell.set(cell.input("feed-pump-1.voltage"), 10);
        cell.set(cell.input("feed-pump-2.voltage"), 99);
        IntStream.range(0, 3000).forEach(_ -> cell.step(SECOND / 10));
        assertTrue(cell.get(level) > 19, "overflows at 20 cm: " + cell.get(level));
        assertEquals(10, cell.get(cell.output("feed-pump-2.voltage")), "at the end of its range");
        double before = cell.get(level);
        cell.set(cell.input("feed-pump-1.voltage"), 0);
        cell.set(cell.input("feed-pump-2.voltage"), 0);
        cell.set(cell.input("faults.tank-1-sensor-stuck"), 1);
        IntStream.range(0, 300).forEach(_ -> cell.step(SECOND / 10));
        assertEquals(before, cell.get(level), 0.1);
        cell.set(cell.input("faults.tank-1-sensor-stuck"), 0);
        cell.step(SECOND / 10);
        assertTrue(cell.get(level) < before - 1);
        assertEquals(Quality.GOOD, cell.quality(level));
    }

    @Test
    void thePumpSetRunsAtItsSpeedAndRepeatsBySeed() {
        double[] shown = pumpAfter(7);
        assertArrayEquals(shown, pumpAfter(7));
        assertFalse(Arrays.equals(shown, pumpAfter(8)));
        var pump = PointModel.pumpSet(7);
        int speed = pump.output("pump-1.speed");
        pump.step(SECOND);
        // A textbook motor of six poles at 60 Hz: below 1200/min.
        assertEquals(1180, pump.get(speed), 20);
        pump.set(pump.input("faults.phase-loss"), 1);
        pump.step(SECOND);
        assertEquals(0, pump.get(pump.output("pump-1.current-3")));
    }

    private static double[] pumpAfter(long seed) {
        var pump = PointModel.pumpSet(seed);
        IntStream.range(0, 50).forEach(_ -> pump.step(SECOND / 10));
        return IntStream.range(0, pump.outputs().size()).mapToDouble(pump::get).toArray();
    }

    @Test
    void aPortThatIsNotThereIsToldWithThoseThatAre() {
        var error = assertThrows(IllegalArgumentException.class, () -> tanks().input("v3"));
        assertEquals(
                "there is no input \"v3\"; there are v1, v2, gamma1, gamma2, leak1, leak2, leak3, leak4",
                error.getMessage());
    }

    /// The output is the time in seconds, and what was set; the second is only shown.
    private static final class Ramp implements ProcessModel {
        private double seconds;
        private double given;

        @Override
        public List<Port> inputs() {
            return List.of(new Port("in", Unit.ONE, Port.UNBOUNDED, ""));
        }

        @Override
        public List<Port> outputs() {
            var one = Unit.ONE;
            return List.of(new Port("time", one, Port.UNBOUNDED, ""), new Port("given", one, Port.UNBOUNDED, ""));
        }

        @Override
        public void set(int input, double value) {
            given = value;
        }

        @Override
        public double get(int output) {
            return output == 0 ? seconds : given;
        }

        @Override
        public void step(long nanos) {
            seconds += nanos / 1e9;
        }
    }

    private static double[] times(int steps, SignalFault... faults) {
        var model = new FaultyModel(new Ramp(), 42);
        IntStream.range(0, 10).forEach(_ -> model.step(SECOND));
        model.faultOutput(0, faults);
        return IntStream.range(0, steps)
                .mapToDouble(_ -> {
                    model.step(SECOND);
                    return model.get(0);
                })
                .toArray();
    }

    @Test
    void faultsOfSensorsDoWhatTheirNamesSay() {
        assertArrayEquals(new double[] {11, 12, 13}, times(3));
        assertArrayEquals(new double[] {10, 10, 10}, times(3, new SignalFault.Stuck()));
        assertArrayEquals(new double[] {13, 14, 15}, times(3, new SignalFault.Bias(2)));
        assertArrayEquals(new double[] {11.5, 13, 14.5}, times(3, new SignalFault.Drift(0.5)));
        assertArrayEquals(new double[] {10, 10, 11, 12}, times(4, new SignalFault.Delay(Duration.ofSeconds(2))), 1e-12);
        assertArrayEquals(
                new double[] {13, 13, 14, 15},
                times(4, new SignalFault.Delay(Duration.ofSeconds(2)), new SignalFault.Bias(3)));
    }

    /// The mean of n draws of deviation s is within 4 s / √n, and their deviation within 4 s / √(2 n), but for
    /// one in ten thousand seeds.
    @Test
    void noiseHasItsDeviationAndItsSeed() {
        int n = 20_000;
        double[] noise = times(n, new SignalFault.Noise(0.3));
        assertArrayEquals(noise, times(n, new SignalFault.Noise(0.3)));
        double mean = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            double off = noise[i] - (11 + i);
            mean += off / n;
            square += off * off / n;
        }
        assertEquals(0, mean, 4 * 0.3 / Math.sqrt(n));
        assertEquals(0.3, Math.sqrt(square), 4 * 0.3 / Math.sqrt(2.0 * n));
    }

    @Test
    void whatIsLostShowsTheLastThatCameWithABadQuality() {
        var model = new FaultyModel(new Ramp(), 1);
        model.faultOutput(0, new SignalFault.Loss(0.25));
        int lost = 0;
        double last = 0;
        for (int i = 1; i <= 10_000; i++) {
            model.step(SECOND);
            boolean good = model.quality(0).equals(Quality.GOOD);
            lost += good ? 0 : 1;
            last = good ? i : last;
            assertEquals(last, model.get(0));
            assertEquals(good ? Quality.GOOD : Quality.BAD_NO_COMMUNICATION, model.quality(0));
        }
        assertEquals(2500, lost, 4 * Math.sqrt(10_000 * 0.25 * 0.75));
        model.faultOutput(0);
        assertEquals(10_000, model.get(0));
        assertEquals(Quality.GOOD, model.quality(0));
    }

    @Test
    void anActuatorThatIsStuckDoesNotHearUntilItIsMended() {
        var model = new FaultyModel(new Ramp(), 1);
        model.set(0, 5);
        model.faultInput(0, new SignalFault.Stuck());
        model.set(0, 7);
        model.step(SECOND);
        assertEquals(5, model.get(1));
        model.faultInput(0);
        assertEquals(7, model.get(1));
    }

    @Test
    void faultsThatCannotBeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new SignalFault.Bias(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new SignalFault.Noise(-1));
        assertThrows(IllegalArgumentException.class, () -> new SignalFault.Delay(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new SignalFault.Loss(1.1));
    }
}
