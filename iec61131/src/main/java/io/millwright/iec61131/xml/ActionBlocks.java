package io.millwright.iec61131.xml;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/// The action blocks of a ladder or function block diagram (6.7.4.5; Table 58, 8 and 9): what reaches a block
/// takes the place of the flag of a step in the rules by which its actions run (6.7.4.6).
///
/// Blocks that have an action in common are one chart, so that these rules see all that is said of the action. Each
/// of them is a step that is active while the value is TRUE, and one that is active while it is not.
final class ActionBlocks {
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Element> charts = new LinkedHashMap<>();

    /// The flags that are known so far, by the blocks.
    private record Group(List<Element> blocks, Set<String> actions, Map<Element, String> flags) {}

    ActionBlocks(Iterable<Element> elements) {
        for (Element element : elements) {
            if (element.name().equals("actionBlock")) {
                add(element);
            }
        }
    }

    private void add(Element block) {
        var own = new Group(new ArrayList<>(List.of(block)), new HashSet<>(), new LinkedHashMap<>());
        block.all("action")
                .flatMap(a -> a.all("reference"))
                .forEach(r -> own.actions().add(Guess.key(r.attribute("name"))));
        for (Group group : List.copyOf(groups)) {
            if (group.actions().stream().anyMatch(own.actions()::contains)) {
                groups.remove(group);
                own.blocks().addAll(group.blocks());
                own.actions().addAll(group.actions());
            }
        }
        groups.add(own);
    }

    /// The charts that have run, by the names of the actions that they are.
    Map<String, Element> charts() {
        return charts;
    }

    /// Takes the value that reaches a block; once those of all blocks of its chart are known, the chart runs.
    ///
    /// @param declare makes a variable of a name and a type, and tells what it is called
    void run(Element block, String value, BinaryOperator<String> declare, Consumer<String> statement) {
        String id = block.attribute("localId");
        String flag = declare.apply(id, "BOOL");
        statement.accept(flag + " := " + value + ";");
        Group group = groups.stream()
                .filter(g -> g.blocks().contains(block))
                .findFirst()
                .orElseThrow();
        group.flags().put(block, flag);
        if (group.flags().size() == group.blocks().size()) {
            List<Element> elements = new ArrayList<>();
            group.flags().forEach((b, f) -> steps(b, f, elements));
            // The first time a chart runs, it tests no transition yet.
            String begun = declare.apply(id + "_begun", "BOOL");
            String chart = begun + "_chart";
            statement.accept("IF NOT " + begun + " THEN " + chart + "(); " + begun + " := TRUE; END_IF;");
            statement.accept(chart + "();");
            charts.put(chart, Edition10.of(block, "SFC", elements));
        }
    }

    private static void steps(Element block, String flag, List<Element> elements) {
        int id = elements.size() + 1;
        elements.add(
                element(block, "step", id, id + 3, Map.of("name", flag + "_off", "initialStep", "true"), List.of()));
        elements.add(element(block, "transition", id + 1, id, Map.of(), condition(block, flag)));
        elements.add(element(block, "step", id + 2, id + 1, Map.of("name", flag + "_on"), List.of()));
        elements.add(element(block, "transition", id + 3, id + 2, Map.of(), condition(block, "NOT " + flag)));
        elements.add(element(
                block,
                "actionBlock",
                id + 4,
                id + 2,
                Map.of(),
                block.all("action").toList()));
    }

    private static List<Element> condition(Element block, String text) {
        var expression = new Element("ST", Map.of(), List.of(), text, block.offset());
        return List.of(Edition10.of(block, "condition", List.of(Edition10.of(block, "inline", List.of(expression)))));
    }

    private static Element element(
            Element block, String name, int id, int before, Map<String, String> more, List<Element> children) {
        Map<String, String> attributes = new LinkedHashMap<>(more);
        attributes.put("localId", Integer.toString(id));
        var line = Edition10.of(block, "connection", Map.of("refLocalId", Integer.toString(before)), List.of());
        List<Element> inside = new ArrayList<>(children);
        inside.add(Edition10.of(block, "connectionPointIn", List.of(line)));
        return Edition10.of(block, name, attributes, inside);
    }
}
