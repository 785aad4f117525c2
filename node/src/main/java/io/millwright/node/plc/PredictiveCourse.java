package io.millwright.node.plc;

import io.millwright.model.Predictive;
import io.millwright.node.plc.PredictiveView.CourseView;
import io.millwright.node.plc.PredictiveView.Line;
import io.millwright.plc.mpc.Move;
import io.millwright.plc.mpc.MpcSettings;
import io.millwright.plc.mpc.MpcStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a predictive controller saw in as many periods as it looks ahead, and its last plan. By any thread.
final class PredictiveCourse {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double[][] NOTHING = {};

    private final Predictive said;
    private final MpcSettings settings;
    private final Deque<MpcStep.Reading> past = new ArrayDeque<>();
    private Move.@Nullable Course ahead;

    PredictiveCourse(Predictive said, MpcSettings settings) {
        this.said = said;
        this.settings = settings;
    }

    synchronized void planned(MpcStep.Reading from, Move.Course plan) {
        if (past.size() >= settings.horizon()) {
            past.removeFirst();
        }
        past.addLast(from);
        ahead = plan;
    }

    synchronized void forget() {
        past.clear();
        ahead = null;
    }

    synchronized CourseView view() {
        Move.Course plan = ahead;
        double[][] expected = plan == null ? NOTHING : plan.outputs();
        double[][] planned = plan == null ? NOTHING : plan.inputs();
        Predictive.Variables variables = said.variables();
        List<Line> outputs = new ArrayList<>();
        for (int i = 0; i < variables.measurements().size(); i++) {
            outputs.add(new Line(
                    variables.measurements().get(i),
                    finite(settings.outputMin()[i]),
                    finite(settings.outputMax()[i]),
                    column(past.stream().map(MpcStep.Reading::setPoints), i),
                    column(past.stream().map(MpcStep.Reading::measurements), i),
                    column(Arrays.stream(expected), i)));
        }
        List<Line> inputs = new ArrayList<>();
        for (int i = 0; i < variables.inputs().size(); i++) {
            inputs.add(new Line(
                    variables.inputs().get(i),
                    finite(settings.inputMin()[i]),
                    finite(settings.inputMax()[i]),
                    List.of(),
                    column(past.stream().map(MpcStep.Reading::applied), i),
                    column(Arrays.stream(planned), i)));
        }
        return new CourseView(said.name(), said.every().toNanos() / NANOS_PER_MILLI, outputs, inputs);
    }

    private static List<@Nullable Double> column(Stream<double[]> rows, int place) {
        List<@Nullable Double> values = new ArrayList<>();
        rows.forEach(row -> values.add(finite(row[place])));
        return values;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
