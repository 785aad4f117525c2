package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes a project as one text.
final class Project {
    private static final Map<String, String> SECTIONS = Map.of(
            "inputVars", "VAR_INPUT",
            "outputVars", "VAR_OUTPUT",
            "inOutVars", "VAR_IN_OUT",
            "localVars", "VAR",
            "tempVars", "VAR_TEMP",
            "externalVars", "VAR_EXTERNAL",
            "globalVars", "VAR_GLOBAL");

    private final Element project;
    private final Diagnostics diagnostics;
    private final Writing writing;
    private final Map<String, Map<String, String>> members = new HashMap<>();
    private final Map<String, String> functions = new HashMap<>();
    private final Map<String, String> globals = new HashMap<>();

    Project(Element project, Source xml, Diagnostics diagnostics) {
        this.project = project;
        this.diagnostics = diagnostics;
        this.writing = new Writing(xml);
    }

    Source text() {
        learn();
        types("dataTypes", "dataType").forEach(this::dataType);
        types("pous", "pou").forEach(this::unit);
        configurations().forEach(this::configuration);
        return writing.source();
    }

    private Stream<Element> types(String group, String name) {
        return project.within("types").filter(e -> e.name().equals(group)).flatMap(e -> e.all(name));
    }

    private Stream<Element> configurations() {
        return project.within("instances").flatMap(e -> e.all("configuration"));
    }

    /// Gathers the types that [Guess] needs.
    private void learn() {
        types("dataTypes", "dataType").forEach(type -> {
            Element base = type.child("baseType");
            Element structure = base == null ? null : base.child("struct");
            if (structure != null) {
                members.put(Guess.key(type.attribute("name")), variables(structure.all("variable")));
            }
        });
        types("pous", "pou").forEach(unit -> {
            String name = Guess.key(unit.attribute("name"));
            Stream<Element> blocks = unit.within("interface");
            members.put(name, variables(blocks.flatMap(b -> b.all("variable"))));
            unit.within("interface")
                    .filter(e -> e.name().equals("returnType"))
                    .forEach(r -> functions.put(name, TypeText.of(r)));
        });
        configurations().forEach(c -> {
            globals.putAll(variables(c.within("globalVars")));
            c.all("resource").forEach(r -> globals.putAll(variables(r.within("globalVars"))));
        });
    }

    private static Map<String, String> variables(Stream<Element> all) {
        Map<String, String> types = new HashMap<>();
        all.filter(v -> v.name().equals("variable"))
                .forEach(v -> types.put(Guess.key(v.attribute("name")), TypeText.of(v.child("type"))));
        return types;
    }

    private void dataType(Element type) {
        String name = type.attribute("name");
        writing.at(type, "data type " + name).line("TYPE");
        String text = TypeText.of(type.child("baseType"));
        writing.line(name + " : " + text + TypeText.initial(type.child("initialValue"), text) + ";");
        writing.line("END_TYPE");
    }

    private void document(Element holder) {
        Element documentation = holder.child("documentation");
        if (documentation != null) {
            documentation.deepText().strip().lines().forEach(l -> writing.line("// " + l.strip()));
        }
    }

    private void unit(Element unit) {
        String name = unit.attribute("name");
        String kind = switch (unit.attribute("pouType")) {
            case "function" -> "FUNCTION";
            case "functionBlock" -> "FUNCTION_BLOCK";
            default -> "PROGRAM";
        };
        String place = "POU " + name;
        writing.at(unit, place);
        document(unit);
        String result = functions.getOrDefault(Guess.key(name), "");
        writing.line(kind + " " + name + (result.isEmpty() ? "" : " : " + result));
        unit.within("interface").forEach(block -> block(block, place));
        Guess guess = new Guess(members, functions, globals);
        members.getOrDefault(Guess.key(name), Map.of()).forEach(guess::variable);
        List<Element> transitions = unit.within("transitions").toList();
        // What the bodies need is declared before them, and known only behind them.
        Writing head = writing.split();
        Bodies bodies = new Bodies(name, head, diagnostics, guess, !kind.equals("FUNCTION"), transitions);
        boolean chart = unit.within("body").anyMatch(b -> b.name().equals("SFC"));
        if (chart) {
            unit.all("body").forEach(bodies::body);
        }
        unit.within("actions").forEach(action -> {
            head.at(action, place + ", action " + action.attribute("name"));
            head.line("ACTION " + action.attribute("name") + ":");
            bodies.action(action);
            head.line("END_ACTION");
        });
        if (!chart) {
            unit.all("body").forEach(bodies::body);
        }
        if (!bodies.declarations().isEmpty()) {
            writing.line("VAR");
            bodies.declarations().forEach(writing::line);
            writing.line("END_VAR");
        }
        writing.join(head);
        writing.at(unit, place).line("END_" + kind);
    }

    private void block(Element block, String place) {
        String section = SECTIONS.get(block.name());
        if (section == null || block.child("variable") == null) {
            return;
        }
        writing.at(block, place).line(section + qualifiers(block));
        block.all("variable").forEach(variable -> {
            writing.at(variable, place + ", variable " + variable.attribute("name"));
            document(variable);
            writing.line(TypeText.variable(variable));
        });
        writing.at(block, place).line("END_VAR");
    }

    private static String qualifiers(Element block) {
        return (block.is("constant") ? " CONSTANT" : "")
                + (block.is("retain") ? " RETAIN" : "")
                + (block.is("nonretain") ? " NON_RETAIN" : "")
                + (block.is("persistent") ? " PERSISTENT" : "");
    }

    private void configuration(Element configuration) {
        String place = "configuration " + configuration.attribute("name");
        if (configuration.child("resource") == null) {
            configuration.all("globalVars").forEach(b -> block(b, place));
            return;
        }
        writing.at(configuration, place).line("CONFIGURATION " + configuration.attribute("name"));
        configuration.all("globalVars").forEach(b -> block(b, place));
        configuration.all("resource").forEach(resource -> {
            String inside = place + ", resource " + resource.attribute("name");
            writing.at(resource, inside).line("RESOURCE " + resource.attribute("name") + " ON PLC");
            resource.all("globalVars").forEach(b -> block(b, inside));
            resource.all("task").forEach(t -> task(t, inside));
            resource.all("task")
                    .forEach(t -> t.all("pouInstance").forEach(p -> instance(p, t.attribute("name"), inside)));
            resource.all("pouInstance").forEach(p -> instance(p, "", inside));
            writing.at(resource, inside).line("END_RESOURCE");
        });
        writing.at(configuration, place).line("END_CONFIGURATION");
    }

    private void task(Element task, String place) {
        String single = task.attribute("single");
        String interval = task.attribute("interval");
        String priority = task.attribute("priority");
        String settings = (single.isEmpty() ? "" : "SINGLE := " + single + ", ")
                + (interval.isEmpty() ? "" : "INTERVAL := " + time(interval) + ", ")
                + "PRIORITY := " + (priority.isEmpty() ? "0" : priority);
        writing.at(task, place + ", task " + task.attribute("name"));
        writing.line("TASK " + task.attribute("name") + "(" + settings + ");");
    }

    private static String time(String interval) {
        return interval.matches("[0-9].*") ? "T#" + interval : interval;
    }

    private void instance(Element instance, String task, String place) {
        writing.at(instance, place + ", instance " + instance.attribute("name"));
        writing.line("PROGRAM " + instance.attribute("name") + (task.isEmpty() ? "" : " WITH " + task) + " : "
                + instance.attribute("typeName") + ";");
    }
}
