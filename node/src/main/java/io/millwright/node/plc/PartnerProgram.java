package io.millwright.node.plc;

import io.millwright.model.SignalName;
import io.millwright.plc.Loaded;
import io.millwright.plc.Project;
import io.millwright.plc.image.Binding;
import io.millwright.plc.pace.RealTime;
import io.millwright.plc.record.RecordingError;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Makes the program of another PLC ready in this one, with the outputs and inputs of this one.
final class PartnerProgram {
    private final ControlRuntime control;

    PartnerProgram(ControlRuntime control) {
        this.control = control;
    }

    /// @throws RecordingError if it cannot run here; the message says why
    Loaded load(Project sent) throws RecordingError {
        Project own = control.project().project();
        if (!names(sent).equals(names(own))) {
            throw new RecordingError("the other PLC has other inputs or outputs; start both with the same project");
        }
        var project = new Project(own.name(), sent.sources(), sent.dialect(), sent.tasks(), own.bindings());
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

    private record Name(boolean input, String variable, SignalName signal) {}

    private static List<Name> names(Project project) {
        return project.bindings().stream()
                .map(b -> new Name(b instanceof Binding.Input, b.variable(), b.signal()))
                .toList();
    }
}
