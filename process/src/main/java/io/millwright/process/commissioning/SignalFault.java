package io.millwright.process.commissioning;

import java.time.Duration;

/// What can be wrong with a signal between process and controller. Faults of the process itself, a leak or a
/// worn bearing, are inputs of its model.
public sealed interface SignalFault {

    /// It keeps the value it had when the fault began, and its quality: nothing tells that it is stuck.
    record Stuck() implements SignalFault {}

    /// It is too high by a constant.
    ///
    /// @param offset in the port's unit; finite
    record Bias(double offset) implements SignalFault {
        public Bias {
            requireFinite("offset", offset);
        }
    }

    /// It leaves the true value more and more.
    ///
    /// @param perSecond in the port's unit for each second; finite
    record Drift(double perSecond) implements SignalFault {
        public Drift {
            requireFinite("perSecond", perSecond);
        }
    }

    /// It is disturbed by Gaussian noise, drawn anew in each step.
    ///
    /// @param standardDeviation in the port's unit; 0 or more
    record Noise(double standardDeviation) implements SignalFault {
        public Noise {
            requireFinite("standardDeviation", standardDeviation);
            if (standardDeviation < 0) {
                throw new IllegalArgumentException("standardDeviation is 0 or more, not " + standardDeviation);
            }
        }
    }

    /// It comes late: what is shown is as old as this.
    ///
    /// @param by above 0, at most ten minutes
    record Delay(Duration by) implements SignalFault {
        private static final Duration MAX = Duration.ofMinutes(10);

        public Delay {
            if (!by.isPositive() || by.compareTo(MAX) > 0) {
                throw new IllegalArgumentException("a delay is above 0 and at most 10 minutes, not " + by);
            }
        }
    }

    /// Some of its samples do not arrive. What is shown then is the last that did, with a bad quality.
    ///
    /// @param share of the steps, 0 to 1; 1 is a cut wire
    record Loss(double share) implements SignalFault {
        public Loss {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("a share is 0 to 1, not " + share);
            }
        }
    }

    /// It keeps the value it had when the fault began, and its sensor says that it is broken.
    record Broken() implements SignalFault {}

    private static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + " is a finite number, not " + value);
        }
    }
}
