package io.millwright.iec61131.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a textual chart (6.7) of a drawn one: divergences, convergences and jumps become the steps before and
/// behind each transition.
final class ChartText {
    private static final int DEPTH_MAX = 500;

    private final Bodies bodies;
    private final Element chart;
    private final Map<Integer, Element> elements = new LinkedHashMap<>();
    private final Map<Integer, List<Element>> behind = new HashMap<>();
    private final Map<Integer, List<Element>> blocks = new HashMap<>();
    private final Map<String, Element> named = new HashMap<>();
    private final Set<Integer> visited = new HashSet<>();
    private int inlines;

    /// @param transitions the named transitions of the unit
    ChartText(Bodies bodies, Element chart, List<Element> transitions) {
        this.bodies = bodies;
        this.chart = chart;
        transitions.forEach(t -> named.put(Guess.key(t.attribute("name")), t));
        for (Element element : chart.children()) {
            elements.put(element.number("localId", -1), element);
        }
        for (Element element : chart.children()) {
            var side = element.name().equals("actionBlock") ? blocks : behind;
            lines(element)
                    .forEach(l -> side.computeIfAbsent(l.number("refLocalId", -1), _ -> new ArrayList<>())
                            .add(element));
        }
    }

    private static List<Element> lines(Element element) {
        return element.within("connectionPointIn")
                .filter(c -> c.name().equals("connection"))
                .toList();
    }

    /// Writes steps, transitions and the actions that stand within the chart.
    void write() {
        List<Runnable> actions = new ArrayList<>();
        elements.values().stream().filter(e -> e.name().equals("step")).forEach(s -> step(s, actions));
        elements.values().stream().filter(e -> e.name().equals("macroStep")).forEach(m -> {
            bodies.error("E720", m, "macro steps are not read; put the steps of the macro into the chart");
        });
        elements.values().stream().filter(e -> e.name().equals("transition")).forEach(this::transition);
        actions.forEach(Runnable::run);
    }

    private void step(Element step, List<Runnable> actions) {
        String name = step.attribute("name");
        Writing writing = bodies.at(step);
        writing.line((step.is("initialStep") ? "INITIAL_STEP " : "STEP ") + name + ":");
        for (Element block : blocks.getOrDefault(step.number("localId", -1), List.of())) {
            block.all("action").forEach(a -> association(block, a, name, actions));
        }
        writing.line("END_STEP");
    }

    private void association(Element block, Element action, String step, List<Runnable> actions) {
        Element reference = action.child("reference");
        Element inline = action.child("inline");
        String name;
        if (reference != null) {
            name = reference.attribute("name");
        } else {
            name = step + "_action" + ++inlines;
            if (inline != null) {
                actions.add(() -> {
                    bodies.at(block).line("ACTION " + name + ":");
                    bodies.body(inline);
                    bodies.at(block).line("END_ACTION");
                });
            }
        }
        String qualifier = action.attribute("qualifier").isEmpty() ? "N" : action.attribute("qualifier");
        String duration = action.attribute("duration");
        String indicator = action.attribute("indicator");
        boolean timed = List.of("L", "D", "SD", "DS", "SL").contains(qualifier);
        bodies.at(block)
                .line(name + "(" + qualifier + (timed ? ", " + time(duration) : "")
                        + (indicator.isEmpty() ? "" : ", " + indicator) + ");");
    }

    private static String time(String duration) {
        return duration.matches("[0-9].*") ? "T#" + duration : duration;
    }

    private void transition(Element transition) {
        Set<String> from = new LinkedHashSet<>();
        Set<String> to = new LinkedHashSet<>();
        visited.clear();
        lines(transition).forEach(l -> before(l, from));
        visited.clear();
        behind.getOrDefault(transition.number("localId", -1), List.of()).forEach(e -> after(e, to));
        if (from.isEmpty() || to.isEmpty()) {
            bodies.error(
                    "E721", transition, "the transition has no step " + (from.isEmpty() ? "before" : "behind") + " it");
            return;
        }
        int priority = transition.number("priority", 0);
        String condition = condition(transition);
        bodies.at(transition)
                .line("TRANSITION" + (priority > 0 ? " (PRIORITY := " + priority + ")" : "") + " FROM ("
                        + String.join(", ", from) + ") TO (" + String.join(", ", to) + ") :=");
        bodies.at(transition).line(condition + ";").line("END_TRANSITION");
    }

    private boolean visit(Element element) {
        if (visited.size() > DEPTH_MAX) {
            bodies.error("E711", element, "a transition leads over more than " + DEPTH_MAX + " elements");
            return false;
        }
        return visited.add(element.number("localId", -1));
    }

    private void before(Element line, Set<String> steps) {
        Element element = elements.get(line.number("refLocalId", -1));
        if (element == null || !visit(element)) {
            return;
        }
        switch (element.name()) {
            case "step" -> steps.add(element.attribute("name"));
            case "selectionDivergence", "simultaneousConvergence", "selectionConvergence" ->
                lines(element).forEach(l -> before(l, steps));
            default -> bodies.error("E721", element, "a " + element.name() + " cannot stand before a transition");
        }
    }

    private void after(Element element, Set<String> steps) {
        int id = element.number("localId", -1);
        if (!visit(element)) {
            return;
        }
        switch (element.name()) {
            case "step" -> steps.add(element.attribute("name"));
            case "jumpStep" -> steps.add(element.attribute("targetName"));
            case "selectionConvergence", "simultaneousDivergence" ->
                behind.getOrDefault(id, List.of()).forEach(e -> after(e, steps));
            default -> bodies.error("E721", element, "a " + element.name() + " cannot stand behind a transition");
        }
    }

    private String condition(Element transition) {
        Element condition = transition.child("condition");
        if (condition == null) {
            return "TRUE";
        }
        Element reference = condition.child("reference");
        Element inline = condition.child("inline");
        String value = null;
        if (reference != null) {
            String name = reference.attribute("name");
            Element own = named.get(Guess.key(name));
            value = own == null ? name : expression(own, own.child("body"), name);
        } else if (inline != null) {
            value = expression(transition, inline, "");
        } else if (condition.child("connectionPointIn") != null) {
            value = bodies.network(chart).condition(condition);
        } else if (condition.child("connection") != null) {
            List<Element> inside = condition.children();
            Element point = new Element("connectionPointIn", Map.of(), inside, "", condition.offset());
            value = bodies.network(chart)
                    .condition(new Element("condition", Map.of(), List.of(point), "", condition.offset()));
        }
        return value == null ? "TRUE" : value;
    }

    /// The condition in a body: an expression of Structured Text, or what a diagram gives to the transition.
    private @Nullable String expression(Element at, @Nullable Element body, String name) {
        Element content = body == null || body.children().isEmpty()
                ? null
                : body.children().getFirst();
        if (content == null) {
            return null;
        }
        switch (content.name()) {
            case "ST" -> {
                String text = content.deepText().strip();
                if (text.startsWith(":=")) {
                    text = text.substring(2);
                }
                return text.replaceAll(";\\s*$", "").strip();
            }
            case "FBD", "LD" -> {
                for (Element sink : content.children()) {
                    Element target = sink.child(sink.name().equals("coil") ? "variable" : "expression");
                    if (sink.name().equals("coil") || sink.name().equals("outVariable")) {
                        String called = target == null ? "" : target.deepText().strip();
                        if (name.isEmpty() || Guess.key(called).equals(Guess.key(name))) {
                            return bodies.network(content).condition(sink);
                        }
                    }
                }
                bodies.error("E722", at, "the diagram gives no value to the transition " + name);
                return null;
            }
            default -> {
                bodies.error("E722", at, "a transition is not read in " + content.name() + "; write Structured Text");
                return null;
            }
        }
    }
}
