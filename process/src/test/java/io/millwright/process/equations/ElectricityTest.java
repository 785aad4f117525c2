package io.millwright.process.equations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millwright.testkit.Property;
import org.junit.jupiter.api.Test;

class ElectricityTest {

    @Test
    void powersFormATriangleAndEnergyOnlyGrows() {
        Property.check(100, random -> {
            var meter = new ElectricityMeter(230, new Noise(random.nextLong()));
            double energy = 0;
            for (int i = 0; i < 50; i++) {
                meter.step(random.nextDouble(-10, 1e5), random.nextDouble(0.1, 1), random.nextBoolean(), 1);
                double square = meter.active() * meter.active() + meter.reactive() * meter.reactive();
                assertEquals(meter.apparent() * meter.apparent(), square, 1e-6 * square + 1e-9);
                assertTrue(meter.activeEnergy() >= energy);
                energy = meter.activeEnergy();
            }
        });
    }

    /// One kilowatt for an hour is one kilowatt-hour; the phases' currents and voltages carry the apparent power.
    @Test
    void countsKilowattHoursAndSplitsThePhases() {
        var meter = new ElectricityMeter(230, new Noise(1));
        for (int i = 0; i < 3600; i++) {
            meter.step(1000, 0.8, false, 1);
        }
        assertEquals(1000, meter.activeEnergy(), 1e-6);
        assertEquals(750, meter.reactiveEnergy(), 1e-6); // tan(acos(0.8)) = 0.75
        double carried = 0;
        for (int phase = 1; phase <= 3; phase++) {
            carried += meter.volts(phase) * meter.amperes(phase);
        }
        assertEquals(1250, carried, 1e-6);
    }

    @Test
    void loadFollowsTheDayAndItsSeed() {
        var one = new LoadCurve(1000, 2000, 9, 18, 0.05, new Noise(7));
        var same = new LoadCurve(1000, 2000, 9, 18, 0.05, new Noise(7));
        assertTrue(one.expected(9 * 3600) > 2.5 * one.expected(3 * 3600));
        assertEquals(one.expected(0), one.expected(86_400), 1e-9);
        double sum = 0;
        for (int i = 0; i < 100_000; i++) {
            double watts = one.step(9 * 3600, 1);
            assertEquals(watts, same.step(9 * 3600, 1));
            sum += watts;
        }
        assertEquals(one.expected(9 * 3600), sum / 100_000, 0.01 * one.expected(9 * 3600));
    }

    @Test
    void controllerHoldsItsSetPointAndDoesNotWindUp() {
        var controller = new PiController(3, 30, 0, 0, 10);
        for (int i = 0; i < 10_000; i++) {
            assertTrue(controller.step(100, 0, 0.1) <= 10);
        }
        assertTrue(controller.step(0, 1, 0.1) < 10, "it leaves the limit at once");
    }
}
