package io.millwright.iec61131.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes a textual chart (6.7) of a drawn one: divergences, convergences and jumps become the steps before and
/// behind each transition.
///
/// A macro step holds a chart of its own, whose steps and transitions stand in its place: what leads to it
/// leads to the first of them, and what leaves it leaves the last (IEC 60848, 7).
final class ChartText {
    /// With which a condition begins that is an instruction list, not an expression.
    private static final String LIST = ":";
    private static final int DEPTH_MAX = 500;

    private final Bodies bodies;
    private final Map<Integer, Element> elements = new LinkedHashMap<>();
    private final Map<Integer, List<Element>> behind = new HashMap<>();
    private final Map<Integer, List<Element>> blocks = new HashMap<>();
    private final Map<String, Element> named = new HashMap<>();
    private final Set<Integer> visited = new HashSet<>();
    private final Network network;
    private final Map<Element, Network> drawn = new LinkedHashMap<>();
    private final boolean isMacro;
    private final IdentityHashMap<Element, Macro> macros = new IdentityHashMap<>();
    private final List<ChartText> within = new ArrayList<>();
    private final Map<String, Macro> macrosByName;
    private boolean unclear;
    private int inlines;

    /// A macro step: the steps that stand for it before and behind transitions, null where that is not clear.
    private record Macro(@Nullable String first, @Nullable String last) {}

    /// @param transitions the named transitions of the unit
    ChartText(Bodies bodies, Element chart, List<Element> transitions) {
        this(bodies, chart, transitions, null);
    }

    private ChartText(Bodies bodies, Element chart, List<Element> transitions, @Nullable ChartText around) {
        this.bodies = bodies;
        this.isMacro = around != null;
        this.macrosByName = around == null ? new HashMap<>() : around.macrosByName;
        this.network = bodies.network(chart);
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
        all("macroStep").forEach(m -> {
            Macro macro = macro(m, transitions);
            macros.put(m, macro);
            macrosByName.put(Guess.key(m.attribute("name")), macro);
        });
    }

    private Macro macro(Element macro, List<Element> transitions) {
        Element body = macro.child("body");
        Element chart = body == null ? null : body.child("SFC");
        if (chart == null) {
            bodies.error("E720", macro, "the macro step " + macro.attribute("name") + " holds no chart");
            return new Macro(null, null);
        }
        var inner = new ChartText(bodies, chart, transitions, this);
        within.add(inner);
        return new Macro(inner.first(macro), inner.last(macro));
    }

    private static List<Element> lines(Element element) {
        return element.within("connectionPointIn")
                .filter(c -> c.name().equals("connection"))
                .toList();
    }

    /// Writes steps, transitions and the actions that stand within the chart. Blocks that conditions take their
    /// values from run in each scan before the chart, which is then an action of its own.
    void write() {
        List<ChartText> charts = charts();
        Map<Element, String> conditions = new LinkedHashMap<>();
        charts.forEach(c -> c.all("transition").forEach(t -> conditions.put(t, c.condition(t))));
        List<Network> networks = charts.stream().flatMap(ChartText::networks).toList();
        boolean before = networks.stream().anyMatch(n -> !n.found().isEmpty());
        String own = "net_chart";
        if (before && bodies.inAction()) {
            bodies.error(
                    "E716",
                    conditions.keySet().iterator().next(),
                    "in an action, the condition of a transition cannot call function blocks, see edges or use a"
                            + " result twice; draw the chart in the body");
            return;
        }
        if (before) {
            networks.forEach(bodies::run);
            at(conditions).line(own + "();").line("ACTION " + own + ":");
        }
        List<Runnable> actions = new ArrayList<>();
        charts.forEach(c -> c.all("step").forEach(s -> c.step(s, actions)));
        charts.forEach(c -> c.all("transition").forEach(t -> c.transition(t, conditions.getOrDefault(t, "TRUE"))));
        if (before) {
            at(conditions).line("END_ACTION");
        }
        actions.forEach(Runnable::run);
    }

    /// Writes a chart whose conditions take nothing from a diagram as an action.
    void action(String name) {
        List<Element> steps = all("step");
        List<Runnable> actions = new ArrayList<>();
        bodies.at(steps.getFirst()).line("ACTION " + name + ":");
        steps.forEach(s -> step(s, actions));
        all("transition").forEach(t -> transition(t, condition(t)));
        bodies.at(steps.getFirst()).line("END_ACTION");
        actions.forEach(Runnable::run);
    }

    private Writing at(Map<Element, String> conditions) {
        return bodies.at(conditions.keySet().iterator().next());
    }

    /// This chart and those of its macro steps, and so on.
    private List<ChartText> charts() {
        List<ChartText> charts = new ArrayList<>(List.of(this));
        within.forEach(c -> charts.addAll(c.charts()));
        return charts;
    }

    private Stream<Network> networks() {
        return Stream.concat(Stream.of(network), drawn.values().stream());
    }

    /// The step with which the chart of a macro step begins: the initial one, or the one that nothing leads to.
    private @Nullable String first(Element macro) {
        List<Element> initial = steps().filter(s -> s.is("initialStep")).toList();
        List<Element> candidates =
                initial.isEmpty() ? steps().filter(s -> lines(s).isEmpty()).toList() : initial;
        if (candidates.size() != 1) {
            bodies.error("E720", macro, name(macro) + " does not begin with one step; make one the initial step");
            return null;
        }
        Macro inner = macros.get(candidates.getFirst());
        return inner == null ? candidates.getFirst().attribute("name") : inner.first();
    }

    /// The step with which it ends: the one that nothing leaves.
    private @Nullable String last(Element macro) {
        List<Element> candidates = steps().filter(s -> !behind.containsKey(s.number("localId", -1)))
                .toList();
        if (candidates.size() != 1) {
            bodies.error("E720", macro, name(macro) + " does not end with one step that no transition leaves");
            return null;
        }
        Macro inner = macros.get(candidates.getFirst());
        return inner == null ? candidates.getFirst().attribute("name") : inner.last();
    }

    private static String name(Element macro) {
        return "the chart of the macro step " + macro.attribute("name");
    }

    private Stream<Element> steps() {
        return elements.values().stream()
                .filter(e -> e.name().equals("step") || e.name().equals("macroStep"));
    }

    private void add(@Nullable String step, Set<String> steps) {
        if (step == null) {
            unclear = true;
        } else {
            steps.add(step);
        }
    }

    private List<Element> all(String kind) {
        return elements.values().stream().filter(e -> e.name().equals(kind)).toList();
    }

    private void step(Element step, List<Runnable> actions) {
        String name = step.attribute("name");
        Writing writing = bodies.at(step);
        writing.line((step.is("initialStep") && !isMacro ? "INITIAL_STEP " : "STEP ") + name + ":");
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

    private void transition(Element transition, String condition) {
        Set<String> from = new LinkedHashSet<>();
        Set<String> to = new LinkedHashSet<>();
        unclear = false;
        visited.clear();
        lines(transition).forEach(l -> before(l, from));
        visited.clear();
        behind.getOrDefault(transition.number("localId", -1), List.of()).forEach(e -> after(e, to));
        if (unclear) {
            return;
        }
        if (from.isEmpty() || to.isEmpty()) {
            bodies.error(
                    "E721", transition, "the transition has no step " + (from.isEmpty() ? "before" : "behind") + " it");
            return;
        }
        boolean isList = condition.startsWith(LIST);
        int priority = transition.number("priority", 0);
        bodies.at(transition)
                .line("TRANSITION" + (priority > 0 ? " (PRIORITY := " + priority + ")" : "") + " FROM ("
                        + String.join(", ", from) + ") TO (" + String.join(", ", to) + ") "
                        + (isList ? ":" : ":="));
        bodies.at(transition)
                .line(isList ? condition.substring(1) : condition + ";")
                .line("END_TRANSITION");
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
            case "macroStep" -> add(macro(element).last(), steps);
            case "selectionDivergence", "simultaneousConvergence", "selectionConvergence", "connector" ->
                lines(element).forEach(l -> before(l, steps));
            case "continuation" ->
                all("connector").stream()
                        .filter(c -> c.attribute("name").equals(element.attribute("name")))
                        .forEach(c -> lines(c).forEach(l -> before(l, steps)));
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
            case "macroStep" -> add(macro(element).first(), steps);
            case "jumpStep" -> {
                String target = element.attribute("targetName");
                Macro macro = macrosByName.get(Guess.key(target));
                add(macro == null ? target : macro.first(), steps);
            }
            case "selectionConvergence", "simultaneousDivergence", "continuation" ->
                behind.getOrDefault(id, List.of()).forEach(e -> after(e, steps));
            case "connector" ->
                all("continuation").stream()
                        .filter(c -> c.attribute("name").equals(element.attribute("name")))
                        .forEach(c -> after(c, steps));
            default -> bodies.error("E721", element, "a " + element.name() + " cannot stand behind a transition");
        }
    }

    private Macro macro(Element step) {
        return macros.getOrDefault(step, new Macro(null, null));
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
            value = network.condition(condition);
        } else if (condition.child("connection") != null) {
            List<Element> inside = condition.children();
            Element point = new Element("connectionPointIn", Map.of(), inside, "", condition.offset());
            value = network.condition(new Element("condition", Map.of(), List.of(point), "", condition.offset()));
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
        return switch (content.name()) {
            case "ST" -> {
                String text = content.deepText().strip();
                yield (text.startsWith(":=") ? text.substring(2) : text)
                        .replaceAll(";\\s*$", "")
                        .strip();
            }
            case "IL" -> LIST + content.deepText();
            case "FBD", "LD" -> drawn(at, content, name);
            default -> {
                bodies.error("E722", at, "a transition is not read in " + content.name());
                yield null;
            }
        };
    }

    private @Nullable String drawn(Element at, Element content, String name) {
        List<Element> sinks = content.children().stream()
                .filter(e -> e.name().equals("coil") || e.name().equals("outVariable"))
                .toList();
        for (Element sink : sinks) {
            String called = Pins.text(sink, sink.name().equals("coil") ? "variable" : "expression");
            if (name.isEmpty() || sinks.size() == 1 || Guess.key(called).equals(Guess.key(name))) {
                return drawn.computeIfAbsent(content, bodies::network).condition(sink);
            }
        }
        bodies.error("E722", at, "the diagram gives no value to the transition " + name);
        return null;
    }
}
