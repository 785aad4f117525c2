package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the bodies of one unit and of its actions.
final class Bodies {
    private final String unit;
    private final Writing writing;
    private final Diagnostics diagnostics;
    private final Guess guess;
    private final boolean lasting;
    private final List<Element> transitions;
    private final List<String> declarations = new ArrayList<>();
    private final LinkedHashMap<String, Element> charts = new LinkedHashMap<>();
    private int jumps;
    private boolean inAction;

    /// @param transitions the named transitions of the unit
    /// @param lasting whether the unit keeps variables from call to call
    Bodies(
            String unit,
            Writing writing,
            Diagnostics diagnostics,
            Guess guess,
            boolean lasting,
            List<Element> transitions) {
        this.unit = unit;
        this.writing = writing;
        this.diagnostics = diagnostics;
        this.guess = guess;
        this.lasting = lasting;
        this.transitions = transitions;
    }

    /// Variables that the bodies written so far need, each as a line of a VAR block.
    List<String> declarations() {
        return declarations;
    }

    /// What is written next comes from this element.
    Writing at(Element element) {
        return writing.at(element, place(element));
    }

    private String place(Element element) {
        String id = element.attribute("localId");
        return "POU " + unit + (id.isEmpty() ? "" : ", localId " + id);
    }

    void error(String code, Element element, String message) {
        diagnostics.error(code, writing.place(element), place(element) + ": " + message);
    }

    /// A diagram of which only values are asked, not statements.
    Network network(Element diagram) {
        return new Network(unit, diagram, writing, diagnostics, guess, lasting);
    }

    /// Writes the body of an action.
    void action(Element action) {
        inAction = true;
        action.all("body").forEach(this::body);
        inAction = false;
    }

    /// Whether what is written stands in an action.
    boolean inAction() {
        return inAction;
    }

    /// Writes what stands in a `body` or `inline` element.
    void body(Element holder) {
        for (Element content : holder.children()) {
            switch (content.name()) {
                case "ST", "IL" -> {
                    List<Element> pieces = content.children();
                    Element text = pieces.size() == 1 ? pieces.getFirst() : content;
                    writing.verbatim(text, place(content), text.deepText());
                }
                case "FBD", "LD" -> diagram(content);
                case "SFC" -> new ChartText(this, content, transitions).write();
                case "documentation", "addData" -> {}
                default -> error("E723", content, "a body in " + content.name() + " is not read");
            }
        }
    }

    private void diagram(Element content) {
        Network network = network(content);
        run(network, network.steps());
        charts.putAll(network.actionBlocks().charts());
    }

    /// Writes the actions that the bodies written so far need, behind those of the unit.
    void actions() {
        while (!charts.isEmpty()) {
            Map.Entry<String, Element> chart = charts.pollFirstEntry();
            new ChartText(this, chart.getValue(), List.of()).action(chart.getKey());
        }
    }

    /// Writes what a diagram of which only values were asked needs to run before.
    void run(Network network) {
        run(network, network.found());
    }

    private void run(Network network, List<Jumps.Step> steps) {
        declarations.addAll(network.declarations());
        String number = "net_label" + jumps;
        if (Jumps.needed(steps)) {
            jumps++;
            declarations.add(number + " : DINT;");
        }
        Jumps.write(steps, unit, number, writing, diagnostics);
    }
}
