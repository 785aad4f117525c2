package io.millwright.node.plc;

import io.millwright.model.Sample;
import io.millwright.model.SampleSink;
import io.millwright.model.Time;
import io.millwright.plc.image.Binding;
import io.millwright.plc.image.SignalTable;

/// The way of samples from the drivers to the inputs of the control logic.
public final class ControlIntake {
    private ControlIntake() {}

    /// What programs read of the samples that drivers deliver, on their way to the historian; what an online
    /// change reads besides is found there as soon as it is prepared.
    ///
    /// @param next where all samples go on to
    public static SampleSink of(ControlProject project, SignalTable signals, SampleSink next, Time time) {
        for (Binding binding : project.project().bindings()) {
            if (binding instanceof Binding.Input) {
                var _ = signals.input(binding.signal());
            }
        }
        return batch -> {
            for (Sample sample : batch) {
                signals.read(sample.signal())
                        .ifPresent(cell -> cell.offer(sample.value(), sample.quality(), time.monotonicNanos()));
            }
            return next.append(batch);
        };
    }
}
