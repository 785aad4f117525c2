package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a chart as a drawing: steps above each other, a transition below the steps it leaves.
final class ChartWriter {
    private final XmlText xml;
    private final Body.Chart chart;
    private final Map<String, Integer> steps = new HashMap<>();
    /// What each step is entered from.
    private final Map<String, List<Integer>> entries = new HashMap<>();
    private int ids;

    ChartWriter(XmlText xml, Body.Chart chart) {
        this.xml = xml;
        this.chart = chart;
    }

    void write() {
        xml.open("SFC");
        chart.steps().forEach(s -> steps.put(s.name().key(), ++ids));
        int first = ids;
        for (Body.Chart.Transition transition : chart.transitions()) {
            int own = ++first;
            first += transition.from().size() > 1 ? 1 : 0;
            int split = transition.to().size() > 1 ? ++first : own;
            transition
                    .to()
                    .forEach(s -> entries.computeIfAbsent(s.key(), _ -> new ArrayList<>())
                            .add(split));
        }
        chart.steps().forEach(this::step);
        chart.transitions().forEach(this::transition);
        chart.steps().forEach(this::actions);
        xml.close("SFC");
    }

    private void place(int id) {
        xml.empty("position", "x", "100", "y", Integer.toString(id * 60));
    }

    private void inputs(List<Integer> from) {
        xml.open("connectionPointIn");
        from.forEach(id -> xml.empty("connection", "refLocalId", id.toString()));
        xml.close("connectionPointIn");
    }

    private int id(Name step) {
        return steps.getOrDefault(step.key(), 0);
    }

    private void step(Body.Chart.Step step) {
        xml.open(
                "step",
                "localId",
                Integer.toString(id(step.name())),
                "name",
                step.name().text(),
                "initialStep",
                step.initial() ? "true" : "");
        place(id(step.name()));
        if (entries.containsKey(step.name().key())) {
            inputs(entries.get(step.name().key()));
        }
        xml.empty("connectionPointOut", "formalParameter", "step");
        xml.empty("connectionPointOutAction", "formalParameter", "action");
        xml.close("step");
    }

    private void transition(Body.Chart.Transition transition) {
        int own = ++ids;
        List<Integer> from = transition.from().stream().map(this::id).toList();
        if (from.size() > 1) {
            int joined = ++ids;
            xml.open("simultaneousConvergence", "localId", Integer.toString(joined));
            place(joined);
            from.forEach(id -> inputs(List.of(id)));
            xml.empty("connectionPointOut");
            xml.close("simultaneousConvergence");
            from = List.of(joined);
        }
        String priority = transition.priority() == 0 ? "" : Integer.toString(transition.priority());
        xml.open("transition", "localId", Integer.toString(own), "priority", priority);
        place(own);
        inputs(from);
        xml.empty("connectionPointOut");
        xml.open("condition").open("inline", "name", "").open("ST");
        xml.leaf("xhtml", TreePrinter.print(transition.condition()), "xmlns", "http://www.w3.org/1999/xhtml");
        xml.close("ST").close("inline").close("condition").close("transition");
        if (transition.to().size() > 1) {
            int split = ++ids;
            xml.open("simultaneousDivergence", "localId", Integer.toString(split));
            place(split);
            inputs(List.of(own));
            xml.empty("connectionPointOut", "formalParameter", "out");
            xml.close("simultaneousDivergence");
        }
    }

    private void actions(Body.Chart.Step step) {
        if (step.associations().isEmpty()) {
            return;
        }
        int own = ++ids;
        xml.open("actionBlock", "localId", Integer.toString(own));
        place(own);
        xml.open("connectionPointIn");
        xml.empty("connection", "refLocalId", Integer.toString(id(step.name())), "formalParameter", "action");
        xml.close("connectionPointIn");
        for (Body.Chart.Association association : step.associations()) {
            xml.open(
                    "action",
                    "localId",
                    Integer.toString(++ids),
                    "qualifier",
                    association.qualifier(),
                    "duration",
                    association.time() == null ? "" : TreePrinter.print(association.time()),
                    "indicator",
                    association.indicator() == null ? "" : TreePrinter.print(association.indicator()));
            xml.empty("relPosition", "x", "0", "y", "0");
            xml.empty("reference", "name", TreePrinter.print(association.action()));
            xml.close("action");
        }
        xml.close("actionBlock");
    }
}
