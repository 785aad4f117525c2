package io.millwright.iec61131.xml;

import static io.millwright.iec61131.xml.Edition10.kind;
import static io.millwright.iec61131.xml.Edition10.lower;
import static io.millwright.iec61131.xml.Edition10.of;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns the networks and charts of IEC 61131-10 into diagrams of PLCopen TC6 XML. Pins there have numbers of their
/// own, which begin anew in each network; here lines lead to elements.
final class Edition10Diagram {
    private static final int DEPTH_MAX = 100;

    private final Edition10 project;

    Edition10Diagram(Edition10 project) {
        this.project = project;
    }

    /// Where the lines of a network begin: for each number of an output pin its element and its name; for the
    /// variable of a feedback its element.
    private static final class Ends {
        private final Map<String, Map<String, String>> pins = new HashMap<>();
        private final Map<String, Integer> feedbacks = new LinkedHashMap<>();
        private final Map<String, Element> sources = new LinkedHashMap<>();

        private Ends(Element network, int first) {
            List<Element> objects = network.children();
            for (int i = 0; i < objects.size(); i++) {
                collect(objects.get(i), first + i, "");
            }
            int next = first + objects.size();
            for (Map.Entry<String, Integer> feedback : feedbacks.entrySet()) {
                feedback.setValue(next++);
            }
        }

        /// Passes over what has networks of its own.
        private void collect(Element element, int id, String formal) {
            if (element.name().equals("Condition") || element.name().equals("Inline")) {
                return;
            }
            for (Element child : element.children()) {
                switch (child.name()) {
                    case "ConnectionPointOut", "ConnectionPointOutAction" ->
                        pins.put(
                                child.attribute("connectionPointOutId"),
                                Map.of("refLocalId", Integer.toString(id), "formalParameter", formal));
                    case "FeedbackConnection" -> {
                        feedbacks.put(child.attribute("feedbackVariable"), 0);
                        sources.putIfAbsent(child.attribute("feedbackVariable"), child);
                    }
                    default -> collect(child, id, child.attribute("parameterName"));
                }
            }
        }

        private Map<String, String> pin(Element line) {
            String id = line.attribute("refConnectionPointOutId");
            return pins.getOrDefault(id, Map.of("refLocalId", id, "formalParameter", ""));
        }

        /// The lines that reach a pin.
        private Element lines(Element point) {
            List<Element> lines = new ArrayList<>();
            for (Element line : point.children()) {
                switch (line.name()) {
                    case "Connection" -> lines.add(of(line, "connection", pin(line), List.of()));
                    case "FeedbackConnection" -> {
                        int id = feedbacks.getOrDefault(line.attribute("feedbackVariable"), -1);
                        var end = Map.of("refLocalId", Integer.toString(id), "formalParameter", "");
                        lines.add(of(line, "connection", end, List.of()));
                    }
                    default -> {}
                }
            }
            return of(point, "connectionPointIn", lines);
        }

        private List<Element> inputs(Element object) {
            return object.all("ConnectionPointIn").map(this::lines).toList();
        }
    }

    /// The networks of a diagram below each other.
    List<Element> diagram(Element content) {
        List<Element> all = new ArrayList<>();
        content.children().stream()
                .filter(e -> e.name().equals("Network") || e.name().equals("Rung"))
                .sorted((a, b) -> Integer.compare(a.number("evaluationOrder", 0), b.number("evaluationOrder", 0)))
                .forEach(n -> network(n, all));
        return all;
    }

    private Ends network(Element network, List<Element> all) {
        if (!network.attribute("label").isEmpty()) {
            var label = Map.of("label", network.attribute("label"));
            all.add(placed(network, "label", all.size() + 1, label, List.of()));
        }
        int first = all.size() + 1;
        var ends = new Ends(network, first);
        for (int i = 0; i < network.children().size(); i++) {
            all.add(object(network.children().get(i), first + i, ends));
        }
        feedbacks(ends, all);
        return ends;
    }

    /// A line back carries the variable it names, which gets its value at the end.
    private static void feedbacks(Ends ends, List<Element> all) {
        ends.feedbacks.forEach((name, id) -> {
            Element source = ends.sources.getOrDefault(name, new Element("", Map.of(), List.of(), "", 0));
            all.add(placed(source, "inVariable", id, Map.of("expression", name), List.of()));
        });
        ends.sources.forEach((name, source) -> {
            Element line = of(source, "connection", ends.pin(source), List.of());
            List<Element> inside = List.of(of(source, "connectionPointIn", List.of(line)), expression(source, name));
            all.add(placed(source, "outVariable", all.size() + 1, Map.of(), inside));
        });
    }

    private static Element placed(Element from, String name, int id, Map<String, String> more, List<Element> children) {
        Map<String, String> attributes = new LinkedHashMap<>(from.attributes());
        attributes.putAll(more);
        attributes.put("localId", Integer.toString(id));
        List<Element> inside = new ArrayList<>(children);
        inside.add(of(from, "position", Map.of("x", "0", "y", Integer.toString(id)), List.of()));
        return of(from, name, attributes, inside);
    }

    private Element object(Element object, int id, Ends ends) {
        List<Element> inside = new ArrayList<>(ends.inputs(object));
        String kind = kind(object);
        return switch (kind) {
            case "DataSource" -> placed(object, "inVariable", id, named(object, "expression", "identifier"), inside);
            case "DataSink" -> {
                inside.add(expression(object, object.attribute("identifier")));
                yield placed(object, "outVariable", id, Map.of(), inside);
            }
            case "Unconnected" -> {
                inside.add(expression(object, object.attribute("complexIdentifier")));
                yield placed(object, "inOutVariable", id, Map.of(), inside);
            }
            case "Contact" -> placed(object, "contact", id, named(object, "variable", "operand"), inside);
            case "CompareContact" -> {
                String comparison = "(" + object.attribute("operand1") + " " + object.attribute("compareOperator") + " "
                        + object.attribute("operand2") + ")";
                yield placed(object, "contact", id, Map.of("variable", comparison), inside);
            }
            case "Coil" -> {
                Map<String, String> attributes = new LinkedHashMap<>(named(object, "variable", "operand"));
                attributes.put("storage", object.attribute("latch"));
                yield placed(object, "coil", id, attributes, inside);
            }
            case "LeftPowerRail", "Return" -> placed(object, lower(kind), id, Map.of(), inside);
            case "Connector", "Continuation" -> placed(object, lower(kind), id, named(object, "name", "label"), inside);
            case "Jump" -> {
                boolean network = !object.attribute("targetNetworkLabel").isEmpty();
                yield placed(
                        object,
                        "jump",
                        id,
                        named(object, "label", network ? "targetNetworkLabel" : "targetLabel"),
                        inside);
            }
            case "Block" -> {
                inside.add(of(object, "inputVariables", parameters(object, "InputVariable", ends)));
                inside.add(of(object, "inOutVariables", parameters(object, "InOutVariable", ends)));
                inside.add(of(object, "outputVariables", parameters(object, "OutputVariable", ends)));
                yield placed(object, "block", id, Map.of(), inside);
            }
            case "Comment", "RightPowerRail", "" -> placed(object, "comment", id, Map.of(), List.of());
            case "ActionBlocks" -> {
                object.all("ActionBlock").forEach(b -> inside.add(action(b)));
                yield placed(object, "actionBlock", id, Map.of(), inside);
            }
            default -> {
                project.missing(object, "the element " + kind);
                yield placed(object, "comment", id, Map.of(), List.of());
            }
        };
    }

    private static Map<String, String> named(Element object, String name, String attribute) {
        return Map.of(name, object.attribute(attribute));
    }

    /// The target of an assignment, where [Diagram] looks for it.
    private static Element expression(Element object, String text) {
        return new Element("expression", Map.of(), List.of(), text, object.offset());
    }

    private static List<Element> parameters(Element block, String name, Ends ends) {
        return block.within(name + "s")
                .filter(v -> v.name().equals(name))
                .map(v -> {
                    Map<String, String> attributes = new LinkedHashMap<>(v.attributes());
                    attributes.put("formalParameter", v.attribute("parameterName"));
                    return of(v, "variable", attributes, ends.inputs(v));
                })
                .toList();
    }

    /// Steps, transitions and what joins them.
    List<Element> chart(Element chart) {
        var ends = new Ends(chart, 1);
        Map<String, Integer> priorities = new HashMap<>();
        Map<String, Element> byId = new HashMap<>();
        for (Element object : chart.children()) {
            object.all("ConnectionPointOut").forEach(o -> {
                priorities.put(o.attribute("connectionPointOutId"), o.number("priority", 0));
                byId.put(o.attribute("connectionPointOutId"), object);
            });
        }
        List<Element> all = new ArrayList<>();
        for (Element object : chart.children()) {
            int id = all.size() + 1;
            List<Element> inside = new ArrayList<>(ends.inputs(object));
            String kind = kind(object);
            all.add(
                    switch (kind) {
                        case "Step",
                                "SelectionDivergence",
                                "SelectionConvergence",
                                "SimultaneousDivergence",
                                "SimultaneousConvergence" -> placed(object, lower(kind), id, Map.of(), inside);
                        case "Transition" -> {
                            object.all("Condition").forEach(c -> inside.add(condition(c, ends)));
                            int priority = priority(object, byId, priorities, 0);
                            var attributes = Map.of("priority", Integer.toString(priority));
                            yield placed(object, "transition", id, attributes, inside);
                        }
                        case "Jump" -> {
                            var target = named(object, "targetName", "targetNetworkLabel");
                            yield placed(object, "jumpStep", id, target, inside);
                        }
                        default -> object(object, id, ends);
                    });
        }
        feedbacks(ends, all);
        return all;
    }

    /// The number of the branch by which a transition leaves a selection; the transition behind a convergence has
    /// that of one of the steps.
    private static int priority(Element object, Map<String, Element> byId, Map<String, Integer> priorities, int depth) {
        int found = 0;
        for (Element line : object.all("ConnectionPointIn")
                .flatMap(p -> p.all("Connection"))
                .toList()) {
            String id = line.attribute("refConnectionPointOutId");
            Element from = byId.get(id);
            int own = from != null && kind(from).endsWith("Convergence") && depth < DEPTH_MAX
                    ? priority(from, byId, priorities, depth + 1)
                    : priorities.getOrDefault(id, 0);
            found = found == 0 || own > 0 && own < found ? own : found;
        }
        return found;
    }

    private Element condition(Element condition, Ends chart) {
        List<Element> inside = new ArrayList<>();
        for (Element content : condition.children()) {
            switch (content.name()) {
                case "Reference" -> inside.add(of(content, "reference", content.attributes(), List.of()));
                case "TextualPredicate" -> inside.add(project.predicate(content, "inline"));
                case "GraphicalPredicate" -> graphical(content, chart, inside);
                default -> {}
            }
        }
        return of(condition, "condition", inside);
    }

    /// A network that stands at a transition, and the pin of it that the condition is; without one a pin of the
    /// chart.
    private void graphical(Element content, Ends chart, List<Element> inside) {
        Element expression = content.child("GraphicalExpression");
        Element point = content.child("ConnectionPointIn");
        if (point == null) {
            return;
        }
        List<Element> all = new ArrayList<>();
        Ends ends = expression == null ? chart : network(expression, all);
        boolean own =
                point.all("Connection").anyMatch(l -> ends.pins.containsKey(l.attribute("refConnectionPointOutId")));
        if (all.isEmpty() || !own) {
            inside.add(chart.lines(point));
            return;
        }
        List<Element> elements = new ArrayList<>();
        int id = all.size() + 1;
        elements.add(placed(point, "outVariable", id, Map.of(), List.of(ends.lines(point))));
        elements.addAll(all);
        inside.add(of(content, "inline", List.of(of(content, "FBD", elements))));
    }

    private Element action(Element block) {
        Map<String, String> attributes = new LinkedHashMap<>(block.attributes());
        block.all("ActionQualifier").forEach(q -> attributes.putAll(q.attributes()));
        if (attributes.getOrDefault("qualifier", "").equals("DL")) {
            project.missing(block, "the qualifier DL, to which IEC 61131-3 gives no meaning,");
            attributes.put("qualifier", "N");
        }
        List<Element> inside = new ArrayList<>();
        block.all("Inline")
                .forEach(i -> inside.add(of(i, "inline", project.body(i).children())));
        for (String key : List.of("ReferenceName", "ComplexOperand")) {
            block.all(key).forEach(r -> {
                String name = r.deepText().strip();
                if (name.matches("[\\w.%,\\[\\] ]+")) {
                    inside.add(of(r, "reference", Map.of("name", name), List.of()));
                } else {
                    project.missing(
                            r, "an action named " + name + ", neither an action of the unit nor a BOOL variable,");
                }
            });
        }
        return of(block, "action", attributes, inside);
    }
}
