package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes statements of a function block diagram or a ladder diagram (clause 8).
///
/// Order (8.1.4): by `executionOrderId` where it is given, else from top to bottom; and what an element takes
/// in is worked out before it. A line back, which closes a loop, carries the value of the call before.
final class Network {
    private static final int DEPTH_MAX = 500;
    private static final int ELEMENTS_MAX = 10_000;
    private static final int LENGTH_MAX = 200;
    private static final Set<String> SINKS =
            Set.of("block", "outVariable", "inOutVariable", "coil", "jump", "return", "actionBlock");

    private final String unit;
    private final Writing writing;
    private final Diagnostics diagnostics;
    private final Guess guess;
    private final boolean lasting;
    private final Diagram diagram;
    private final Map<String, String> known = new HashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<Integer> running = new HashSet<>();
    private final Set<Integer> done = new HashSet<>();
    private boolean inline;
    private final List<Jumps.Step> steps = new ArrayList<>();
    private final List<String> declarations = new ArrayList<>();
    private final ActionBlocks actionBlocks;

    /// @param lasting whether the unit keeps variables from call to call
    Network(String unit, Element body, Writing writing, Diagnostics diagnostics, Guess guess, boolean lasting) {
        this.unit = unit;
        this.writing = writing;
        this.diagnostics = diagnostics;
        this.guess = guess;
        this.lasting = lasting;
        boolean small = body.children().size() <= ELEMENTS_MAX;
        this.diagram = new Diagram(small ? body.children() : List.of());
        this.actionBlocks = new ActionBlocks(diagram.elements().values());
        if (!small) {
            error("E711", body, "a diagram has at most " + ELEMENTS_MAX + " elements");
        }
    }

    /// Variables that the statements need, each as a line of a VAR block.
    List<String> declarations() {
        return declarations;
    }

    ActionBlocks actionBlocks() {
        return actionBlocks;
    }

    List<Jumps.Step> steps() {
        List<Element> sinks = diagram.elements().values().stream()
                .filter(e -> SINKS.contains(e.name()) || e.name().equals("label"))
                .sorted(Comparator.comparingInt(Pins::order)
                        .thenComparingInt(Pins::y)
                        .thenComparingInt(Pins::x))
                .toList();
        // A block whose outputs are taken runs where they are taken, so that a loop is cut at its variable.
        sinks.stream().filter(diagram::isLast).forEach(e -> run(e, 0));
        sinks.forEach(e -> run(e, 0));
        return steps;
    }

    /// What the condition of a transition takes in; what must run before it is among [#steps].
    String condition(Element pin) {
        inline = true;
        return input(pin, 0, "TRUE");
    }

    /// What was found so far to run.
    List<Jumps.Step> found() {
        return steps;
    }

    private String place(Element element) {
        return "POU " + unit + ", localId " + element.attribute("localId");
    }

    private void error(String code, Element element, String message) {
        diagnostics.error(code, writing.place(element), place(element) + ": " + message);
    }

    private void step(Element from, String statement) {
        steps.add(new Jumps.Step(from, statement, null, null));
    }

    private void run(Element element, int depth) {
        int id = element.number("localId", -1);
        if (done.contains(id) || !running.add(id)) {
            return;
        }
        switch (element.name()) {
            case "block" -> block(element, depth);
            case "outVariable" -> assign(element, "negated", depth);
            case "inOutVariable" -> assign(element, "negatedIn", depth);
            case "coil" -> coil(element, depth);
            case "label" -> steps.add(new Jumps.Step(element, "", element.attribute("label"), null));
            case "jump" -> {
                String condition = input(element, depth, "TRUE");
                steps.add(new Jumps.Step(element, condition, null, element.attribute("label")));
            }
            case "actionBlock" -> {
                if (lasting) {
                    String value = input(element, depth, "FALSE");
                    actionBlocks.run(element, value, this::variable, s -> step(element, s));
                } else {
                    error("E714", element, "a function keeps nothing, so there are no action blocks in it");
                }
            }
            case "return" -> step(element, "IF " + input(element, depth, "TRUE") + " THEN RETURN; END_IF;");
            default -> {}
        }
        running.remove(id);
        done.add(id);
    }

    private void assign(Element element, String negated, int depth) {
        if (!Pins.connected(element)) {
            return;
        }
        String value = input(element, depth, "FALSE");
        String target = Pins.text(element, "expression");
        String edged = edge(element, element.is(negated) ? "NOT (" + value + ")" : value);
        step(element, target + " := " + edged + ";");
    }

    private void coil(Element element, int depth) {
        String target = Pins.text(element, "variable");
        String power = edge(element, power(element, depth));
        String inverted = element.is("negated") ? "NOT (" + power + ")" : power;
        switch (element.attribute("storage")) {
            case "set" -> step(element, "IF " + inverted + " THEN " + target + " := TRUE; END_IF;");
            case "reset" -> step(element, "IF " + inverted + " THEN " + target + " := FALSE; END_IF;");
            default -> step(element, target + " := " + inverted + ";");
        }
    }

    private String power(Element element, int depth) {
        return kept(element.attribute("localId"), input(element, depth, "FALSE"), "BOOL", element, 2);
    }

    /// The value that reaches a pin; several lines that meet there are joined by OR.
    private String input(Element pin, int depth, String otherwise) {
        List<String> values = pin.within("connectionPointIn")
                .filter(c -> c.name().equals("connection"))
                .map(c -> output(c, depth + 1))
                .toList();
        return switch (values.size()) {
            case 0 -> otherwise;
            case 1 -> values.getFirst();
            default -> values.stream().collect(Collectors.joining(" OR ", "(", ")"));
        };
    }

    /// The value at the other end of a line.
    private String output(Element line, int depth) {
        Element from = diagram.elements().get(line.number("refLocalId", -1));
        if (from == null) {
            error("E710", line, "a line comes from localId " + line.attribute("refLocalId") + ", which is not there");
            return "FALSE";
        }
        if (depth > DEPTH_MAX) {
            error("E711", from, "the diagram is deeper than " + DEPTH_MAX + " elements in a row");
            return "FALSE";
        }
        String pin = from.attribute("localId") + "." + line.attribute("formalParameter");
        String value = value(from, line.attribute("formalParameter"), pin, depth);
        if (!types.containsKey(pin)) {
            String type = guess.expression(value);
            if (type != null) {
                types.put(pin, type);
            }
        }
        return value;
    }

    private String value(Element from, String formal, String pin, int depth) {
        return switch (from.name()) {
            case "inVariable" -> {
                String expression = Pins.text(from, "expression");
                String type = guess.expression(expression);
                if (type != null) {
                    types.put(pin, type);
                }
                String atom = expression.matches("[\\w.%#']+") ? expression : "(" + expression + ")";
                yield edge(from, from.is("negated") ? "NOT (" + atom + ")" : atom);
            }
            case "inOutVariable" -> {
                if (!diagram.closesLoop(from, running, done)) {
                    run(from, depth);
                }
                String expression = Pins.text(from, "expression");
                yield from.is("negatedOut") ? "NOT (" + expression + ")" : expression;
            }
            case "leftPowerRail" -> "TRUE";
            case "contact" -> contact(from, depth);
            case "coil" -> {
                run(from, depth);
                yield known.getOrDefault(from.attribute("localId"), power(from, depth));
            }
            case "continuation" -> {
                Element connector = diagram.connector(from.attribute("name"));
                if (connector == null) {
                    error("E710", from, "there is no connector " + from.attribute("name"));
                    yield "FALSE";
                }
                yield input(connector, depth, "FALSE");
            }
            case "connector" -> input(from, depth, "FALSE");
            case "block" -> {
                run(from, depth);
                String value = known.get(pin);
                yield value != null ? value : pending(from, formal, pin);
            }
            default -> {
                error("E712", from, "no value comes from a " + from.name());
                yield "FALSE";
            }
        };
    }

    private String contact(Element contact, int depth) {
        String id = contact.attribute("localId");
        String before = known.get(id);
        if (before != null) {
            return before;
        }
        if (!running.add(contact.number("localId", -1))) {
            error("E713", contact, "a line of contacts closes upon itself; put a coil and its variable between");
            return "FALSE";
        }
        String variable = Pins.text(contact, "variable");
        String state = edge(contact, contact.is("negated") ? "NOT " + variable : variable);
        String power = input(contact, depth, "FALSE");
        running.remove(contact.number("localId", -1));
        String value = power.equals("TRUE") ? state : "(" + power + " AND " + state + ")";
        return kept(id, value, "BOOL", contact, diagram.uses(id));
    }

    /// The value, in a variable where it is used more than once or grows long.
    private String kept(String id, String value, String type, Element element, int used) {
        if (!value.matches("[\\w.]+") && (used > 1 && !inline || value.length() > LENGTH_MAX)) {
            String variable = variable(id, type);
            step(element, variable + " := " + value + ";");
            known.put(id, variable);
            return variable;
        }
        known.put(id, value);
        return value;
    }

    private String variable(String id, String type) {
        String name = "net_" + id.replaceAll("\\W+", "_").replaceAll("_+$", "");
        while (guess.isVariable(name)) {
            name = name + "x";
        }
        guess.variable(name, type);
        declarations.add(name + " : " + type + ";");
        return name;
    }

    /// A value that is TRUE for one call after an edge.
    private String edge(Element element, String value) {
        String edge = element.attribute("edge");
        if (!edge.equals("rising") && !edge.equals("falling")) {
            return value;
        }
        if (!lasting) {
            error("E714", element, "a function keeps nothing, so there are no edges in it");
        }
        String id = element.attribute("localId") + "_" + (steps.size() + 1) + "_edge";
        String trigger = variable(id, edge.equals("rising") ? "R_TRIG" : "F_TRIG");
        step(element, trigger + "(CLK := " + value + ");");
        return trigger + ".Q";
    }

    private void block(Element block, int depth) {
        boolean instance = !block.attribute("instanceName").isEmpty();
        List<String> arguments = new ArrayList<>();
        List<@Nullable String> kinds = new ArrayList<>();
        String enabled = null;
        List<Element> inputs = new ArrayList<>(Pins.pins(block, "inputVariables"));
        inputs.addAll(Pins.pins(block, "inOutVariables"));
        for (Element pin : inputs) {
            String formal = pin.attribute("formalParameter");
            if (!Pins.connected(pin)) {
                continue;
            }
            String value = input(pin, depth, "FALSE");
            String plain = edge(Pins.withId(pin, block), pin.is("negated") ? "NOT (" + value + ")" : value);
            if (formal.equals("EN")) {
                enabled = kept(block.attribute("localId") + "_EN", plain, "BOOL", block, 2);
            } else {
                arguments.add(
                        formal.isEmpty() || block.attribute("typeName").equals("NOT") && !instance
                                ? plain
                                : formal + " := " + plain);
                kinds.add(Pins.inputType(pin, types));
            }
        }
        if (instance) {
            instance(block, arguments, enabled);
        } else {
            function(block, arguments, kinds, enabled);
        }
        known.put(block.attribute("localId") + ".ENO", enabled == null ? "TRUE" : enabled);
    }

    private void instance(Element block, List<String> arguments, @Nullable String enabled) {
        String name = block.attribute("instanceName");
        String call = name + "(" + String.join(", ", arguments) + ");";
        step(block, enabled == null ? call : "IF " + enabled + " THEN " + call + " END_IF;");
        for (Element pin : Pins.outputs(block)) {
            String formal = pin.attribute("formalParameter");
            String id = block.attribute("localId") + "." + formal;
            known.put(id, Pins.negated(pin, name + "." + formal));
            known.putIfAbsent(block.attribute("localId") + ".", Pins.negated(pin, name + "." + formal));
            String type = guess.output(block.attribute("typeName"), formal);
            if (type != null) {
                types.put(id, type);
            }
        }
    }

    private void function(
            Element block, List<String> arguments, List<@Nullable String> kinds, @Nullable String enabled) {
        String name = block.attribute("typeName");
        List<Element> outputs = Pins.outputs(block);
        List<String> all = new ArrayList<>(arguments);
        for (Element pin : outputs.subList(Math.min(1, outputs.size()), outputs.size())) {
            String formal = pin.attribute("formalParameter");
            String id = block.attribute("localId") + "." + formal;
            String type = guess.output(name, formal);
            if (diagram.uses(id) > 0 && type != null) {
                String variable = variable(id, type);
                known.put(id, Pins.negated(pin, variable));
                types.put(id, type);
                all.add(formal + " => " + variable);
            }
        }
        String call = name + "(" + String.join(", ", all) + ")";
        String type = diagram.resultType(block, guess, kinds);
        String local = block.attribute("localId");
        int used = diagram.uses(local);
        boolean one = used == 1 && enabled == null && all.size() == arguments.size() && call.length() < LENGTH_MAX;
        if (outputs.isEmpty() || used == 0) {
            String statement = call + ";";
            step(block, enabled == null ? statement : "IF " + enabled + " THEN " + statement + " END_IF;");
            return;
        }
        Element first = outputs.getFirst();
        String pin = local + "." + first.attribute("formalParameter");
        if (type != null) {
            types.put(pin, type);
            types.put(local + ".", type);
        }
        if (one || type == null && enabled == null && used <= 4) {
            known.put(pin, Pins.negated(first, call));
            known.put(local + ".", Pins.negated(first, call));
            return;
        }
        if (type == null) {
            error("E715", block, "the type of the result of " + name + " is not known; connect a variable to it");
            return;
        }
        String variable = variable(pin, type);
        String statement = variable + " := " + call + ";";
        step(block, enabled == null ? statement : "IF " + enabled + " THEN " + statement + " END_IF;");
        known.put(pin, Pins.negated(first, variable));
        known.put(local + ".", Pins.negated(first, variable));
    }

    /// The output of a block that has not run yet: the line closes a loop.
    private String pending(Element block, String formal, String pin) {
        String instance = block.attribute("instanceName");
        if (!instance.isEmpty()) {
            return instance + "." + formal;
        }
        if (running.contains(block.number("localId", -1))) {
            error("E713", block, "a line closes a loop through a function; put a variable into the line");
        } else {
            error("E710", block, "the block " + block.attribute("typeName") + " has no output " + formal);
        }
        known.put(pin, "FALSE");
        return "FALSE";
    }
}
