package io.millwright.connect;

import io.millwright.model.PointAddress;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.model.Unit;
import java.time.Duration;
import java.util.Optional;

/// Signals for tests.
public final class Signals {

    private Signals() {}

    /// A signal that is read from a point every 20 ms.
    public static Signal of(String name, String point) {
        return of(name, point, Duration.ofMillis(20));
    }

    public static Signal of(String name, String point, Duration every) {
        return new Signal(
                SignalName.parse(name),
                Unit.ONE,
                Optional.empty(),
                Optional.of(new PointAddress("device", point)),
                Optional.empty(),
                every);
    }
}
