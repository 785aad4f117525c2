package io.millwright.iec61131.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The elements of a diagram and the lines between them.
final class Diagram {
    private static final int DEPTH_MAX = 500;

    private final Map<Integer, Element> elements = new LinkedHashMap<>();
    private final Map<String, Element> connectors = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();
    private final Map<String, String> targets = new HashMap<>();

    Diagram(List<Element> all) {
        for (Element element : all) {
            elements.put(element.number("localId", -1), element);
            if (element.name().equals("connector")) {
                connectors.put(element.attribute("name"), element);
            }
            count(element);
            if (element.child("expression") != null) {
                element.within("connectionPointIn")
                        .forEach(l -> targets.putIfAbsent(pin(l), Pins.text(element, "expression")));
            }
        }
    }

    /// By their localId.
    Map<Integer, Element> elements() {
        return elements;
    }

    @Nullable
    Element connector(String name) {
        return connectors.get(name);
    }

    /// How many lines begin at an element, or at a pin of one: `7` or `7.OUT`.
    int uses(String from) {
        return uses.getOrDefault(from, 0);
    }

    /// Whether an element runs where it stands, not where what it gives is taken.
    boolean isLast(Element element) {
        return !element.name().equals("block")
                || element.number("executionOrderId", 0) > 0
                || uses(element.attribute("localId")) == 0;
    }

    /// The variable that the result of a function goes to, or null.
    private @Nullable String target(Element block) {
        List<Element> outputs = Pins.outputs(block);
        String id = block.attribute("localId") + ".";
        String named =
                outputs.isEmpty() ? null : targets.get(id + outputs.getFirst().attribute("formalParameter"));
        return named != null ? named : targets.get(id);
    }

    /// The type of a function's result: its own; else that of a variable it goes to; else that of the arguments.
    @Nullable
    String resultType(Element block, Guess guess, List<@Nullable String> kinds) {
        String name = block.attribute("typeName");
        String fixed = guess.result(name, List.of());
        String sink = target(block);
        String target = sink == null ? null : guess.expression(sink);
        return fixed != null ? fixed : target != null ? target : guess.result(name, kinds);
    }

    private static String pin(Element line) {
        return line.attribute("refLocalId") + "." + line.attribute("formalParameter");
    }

    private void count(Element element) {
        for (Element child : element.children()) {
            if (child.name().equals("connection")) {
                uses.merge(child.number("refLocalId", -1) + "." + child.attribute("formalParameter"), 1, Integer::sum);
                uses.merge(child.attribute("refLocalId"), 1, Integer::sum);
            }
            count(child);
        }
    }

    /// Whether what an element takes in depends on a function that is being worked out: then its variable carries
    /// the value of the call before.
    boolean closesLoop(Element element, Set<Integer> running, Set<Integer> done) {
        return closesLoop(element, running, done, new HashSet<>());
    }

    private boolean closesLoop(Element element, Set<Integer> running, Set<Integer> done, Set<Integer> seen) {
        int id = element.number("localId", -1);
        if (!seen.add(id) || done.contains(id)) {
            return false;
        }
        List<Element> lines =
                new ArrayList<>(element.within("connectionPointIn").toList());
        Pins.pins(element, "inputVariables")
                .forEach(p -> lines.addAll(p.within("connectionPointIn").toList()));
        for (Element line : lines) {
            int source = line.number("refLocalId", -1);
            Element from = elements.get(source);
            if (from == null
                    || seen.size() > DEPTH_MAX
                    || !from.attribute("instanceName").isEmpty()) {
                continue;
            }
            boolean works = running.contains(source) && from.name().equals("block");
            if (works || closesLoop(from, running, done, seen)) {
                return true;
            }
        }
        return false;
    }
}
