package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes a chart for IEC 61131-10: steps above each other, a transition below the steps it leaves. The numbers are
/// those of pins that lines begin at; every line leads to one pin, so that ways that part or meet have elements for
/// it.
final class Edition10ChartWriter {
    private static final int ROW = 60;

    private final XmlText xml;
    private final Body.Chart chart;
    private final Map<String, Integer> steps = new HashMap<>();
    /// The pins each step is entered from.
    private final Map<String, List<Integer>> entries = new HashMap<>();
    /// For each transition the pins of the steps it leaves.
    private final IdentityHashMap<Body.Chart.Transition, List<Integer>> exits = new IdentityHashMap<>();
    private int pins;
    private int row;

    Edition10ChartWriter(XmlText xml, Body.Chart chart) {
        this.xml = xml;
        this.chart = chart;
    }

    void write() {
        chart.steps().forEach(s -> steps.put(s.name().key(), ++pins));
        // What a step is entered from is drawn below it, and has a number before.
        IdentityHashMap<Body.Chart.Transition, Integer> ends = new IdentityHashMap<>();
        IdentityHashMap<Body.Chart.Transition, List<Integer>> branches = new IdentityHashMap<>();
        for (Body.Chart.Transition transition : chart.transitions()) {
            ends.put(transition, ++pins);
            List<Integer> own = new ArrayList<>();
            for (Name step : transition.to()) {
                int pin = transition.to().size() > 1 ? ++pins : ends.getOrDefault(transition, 0);
                own.add(pin);
                entries.computeIfAbsent(step.key(), _ -> new ArrayList<>()).add(pin);
            }
            branches.put(transition, own);
        }
        chart.steps().forEach(this::step);
        for (Body.Chart.Transition transition : chart.transitions()) {
            transition(transition, ends.getOrDefault(transition, 0), branches.getOrDefault(transition, List.of()));
        }
    }

    private void place() {
        row++;
        xml.empty("RelPosition", "x", "100", "y", Integer.toString(row * ROW));
    }

    private void line(int from) {
        xml.open("ConnectionPointIn");
        xml.empty("Connection", "refConnectionPointOutId", Integer.toString(from));
        xml.close("ConnectionPointIn");
    }

    private void end(int pin) {
        xml.empty("ConnectionPointOut", "connectionPointOutId", Integer.toString(pin));
    }

    private void object(String kind, String... attributes) {
        String[] all = new String[attributes.length + 2];
        all[0] = "xsi:type";
        all[1] = kind;
        System.arraycopy(attributes, 0, all, 2, attributes.length);
        xml.open("SfcObject", all);
        place();
    }

    private void step(Body.Chart.Step step) {
        List<Integer> from = entries.getOrDefault(step.name().key(), List.of());
        int entry = from.isEmpty() ? 0 : from.getFirst();
        if (from.size() > 1) {
            entry = ++pins;
            object("SelectionConvergence");
            from.forEach(this::line);
            end(entry);
            xml.close("SfcObject");
        }
        int own = steps.getOrDefault(step.name().key(), 0);
        object("Step", "name", step.name().text(), "initialStep", step.initial() ? "true" : "");
        if (entry > 0) {
            line(entry);
        }
        end(own);
        int action = step.associations().isEmpty() ? 0 : ++pins;
        if (action > 0) {
            xml.empty("ConnectionPointOutAction", "connectionPointOutId", Integer.toString(action));
        }
        xml.close("SfcObject");
        if (action > 0) {
            actions(step, action);
        }
        leave(step, own);
    }

    /// Where several transitions leave a step, each has a branch, with its priority.
    private void leave(Body.Chart.Step step, int own) {
        List<Body.Chart.Transition> leaving = chart.transitions().stream()
                .filter(t -> t.from().stream()
                        .anyMatch(n -> n.key().equals(step.name().key())))
                .toList();
        if (leaving.size() == 1 && leaving.getFirst().priority() == 0) {
            exit(leaving.getFirst(), own);
        } else if (!leaving.isEmpty()) {
            object("SelectionDivergence");
            line(own);
            for (Body.Chart.Transition transition : leaving) {
                int branch = ++pins;
                String priority = transition.priority() == 0 ? "" : Integer.toString(transition.priority());
                xml.empty("ConnectionPointOut", "connectionPointOutId", Integer.toString(branch), "priority", priority);
                exit(transition, branch);
            }
            xml.close("SfcObject");
        }
    }

    private void exit(Body.Chart.Transition transition, int pin) {
        exits.computeIfAbsent(transition, _ -> new ArrayList<>()).add(pin);
    }

    private void actions(Body.Chart.Step step, int from) {
        xml.open("CommonObject", "xsi:type", "ActionBlocks");
        place();
        line(from);
        for (Body.Chart.Association association : step.associations()) {
            String indicator = association.indicator() == null ? "" : TreePrinter.print(association.indicator());
            String time = association.time() == null ? "" : TreePrinter.print(association.time());
            xml.open("ActionBlock", "indicator", indicator);
            xml.empty("ActionQualifier", "qualifier", association.qualifier(), "duration", time);
            boolean path = !(association.action() instanceof Expression.Identifier);
            xml.leaf(path ? "ComplexOperand" : "ReferenceName", TreePrinter.print(association.action()));
            xml.close("ActionBlock");
        }
        xml.close("CommonObject");
    }

    private void transition(Body.Chart.Transition transition, int end, List<Integer> branches) {
        List<Integer> from = exits.getOrDefault(transition, List.of());
        int entry = from.isEmpty() ? 0 : from.getFirst();
        if (from.size() > 1) {
            entry = ++pins;
            object("SimultaneousConvergence");
            from.forEach(this::line);
            end(entry);
            xml.close("SfcObject");
        }
        object("Transition");
        if (entry > 0) {
            line(entry);
        }
        end(end);
        xml.open("Condition").open("TextualPredicate").open("PredicateContent", "xsi:type", "ST");
        xml.leaf("ST", TreePrinter.print(transition.condition()));
        xml.close("PredicateContent").close("TextualPredicate").close("Condition");
        xml.close("SfcObject");
        if (branches.size() > 1) {
            object("SimultaneousDivergence");
            line(end);
            branches.forEach(this::end);
            xml.close("SfcObject");
        }
    }
}
