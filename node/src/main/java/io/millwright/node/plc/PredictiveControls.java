package io.millwright.node.plc;

import io.millwright.model.Predictive;
import io.millwright.plc.Loaded;
import io.millwright.plc.VirtualPlc;
import io.millwright.plc.mpc.MpcStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/// The predictive controllers of the program that runs. An online change keeps those of which the plant file says the
/// same, in the middle of their work; one that it says otherwise begins anew, where the process is.
final class PredictiveControls implements AutoCloseable {
    private final VirtualPlc plc;
    private final BooleanSupplier leads;
    private volatile List<PredictiveControl> working = List.of();
    private boolean closed;

    /// @param leads whether this PLC is the one that controls
    PredictiveControls(VirtualPlc plc, BooleanSupplier leads) {
        this.plc = plc;
        this.leads = leads;
    }

    /// Lets those work that the program has that runs now.
    synchronized void follow() {
        if (closed) {
            return;
        }
        Loaded loaded = plc.between(l -> l).join();
        List<Predictive> wanted = loaded.project().predictive();
        for (PredictiveControl control : working) {
            if (!wanted.contains(control.said())) {
                control.close();
            }
        }
        List<PredictiveControl> now = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Predictive said = wanted.get(i);
            MpcStep step = loaded.predictive().get(i);
            now.add(working.stream()
                    .filter(c -> c.said().equals(said))
                    .findFirst()
                    .orElseGet(() -> new PredictiveControl(said, plc, loaded, step, leads)));
        }
        working = List.copyOf(now);
    }

    /// How each of them does.
    List<PredictiveView> views() {
        return working.stream().map(PredictiveControl::view).toList();
    }

    /// What each of them saw, plans and expects.
    List<PredictiveView.CourseView> courses() {
        return working.stream().map(PredictiveControl::course).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        working.forEach(PredictiveControl::close);
    }
}
