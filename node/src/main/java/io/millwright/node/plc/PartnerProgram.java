package io.millwright.node.plc;

import io.millwright.model.Plant;
import io.millwright.model.Signal;
import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.image.Binding;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.record.RecordingError;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/// Makes the program of another PLC ready in this one, with what its variables stand for there and what plans beside
/// it: an online change may have made all of it other than the plant file of this one says.
final class PartnerProgram {
    private final ControlRuntime control;

    PartnerProgram(ControlRuntime control) {
        this.control = control;
    }

    /// @throws RecordingError if it cannot run here; the message says why
    Loaded load(Project sent) throws RecordingError {
        ControlProject own = control.project();
        Set<SignalName> there =
                own.plant().stream().flatMap(Plant::signals).map(Signal::name).collect(Collectors.toSet());
        for (Binding binding : sent.bindings()) {
            if (!there.contains(binding.signal())) {
                throw new RecordingError("at the other PLC " + binding.variable() + " stands for " + binding.signal()
                        + ", which the plant file of this one does not have; start both with the same one");
            }
        }
        var project = new Project(
                own.project().name(), sent.sources(), sent.dialect(), sent.tasks(), sent.bindings(), sent.predictive());
        return control.plc().load(compiled(project)).join();
    }

    /// By a thread of normal priority, on all cores: it takes long.
    private Loaded compiled(Project project) throws RecordingError {
        var loading = new FutureTask<>(() -> control.changes().load(project));
        Thread.ofPlatform().name("plc standby program").daemon().start(() -> {
            RealTime.leave();
            loading.run();
        });
        try {
            return loading.get();
        } catch (ExecutionException e) {
            throw new RecordingError("the program of the other PLC is refused here: "
                    + String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RecordingError("this PLC is ending");
        }
    }
}
