package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Writes a project as one text.
final class Project {
    private final Element project;
    private final Writing writing;
    private final Map<String, Map<String, String>> members = new HashMap<>();
    private final Map<String, String> functions = new HashMap<>();
    private final Map<String, String> globals = new HashMap<>();
    private final UnitText units;

    Project(Element project, Source xml, Diagnostics diagnostics) {
        this.project = project;
        this.writing = new Writing(xml);
        this.units = new UnitText(writing, diagnostics, members, functions, globals);
    }

    Source text() {
        List<Element> regions = project.all("types").toList();
        regions.forEach(this::learn);
        configurations().forEach(c -> {
            globals.putAll(variables(c.within("globalVars")));
            c.all("resource").forEach(r -> globals.putAll(variables(r.within("globalVars"))));
        });
        regions.forEach(this::region);
        configurations().forEach(this::configuration);
        return writing.source();
    }

    /// What stands in a namespace, or outside all of them.
    private void region(Element region) {
        for (Element part : region.children()) {
            switch (part.name()) {
                case "using" -> writing.at(part, "using").line("USING " + part.attribute("name") + ";");
                case "dataTypes" -> part.all("dataType").forEach(this::dataType);
                case "pous" -> part.all("pou").forEach(units::write);
                case "namespaces" -> part.all("namespace").forEach(this::namespace);
                default -> {}
            }
        }
    }

    private void namespace(Element namespace) {
        String place = "namespace " + namespace.attribute("name");
        writing.at(namespace, place);
        units.document(namespace);
        String internal = namespace.is("internal") ? "INTERNAL " : "";
        writing.line("NAMESPACE " + internal + namespace.attribute("name"), namespace, "name");
        region(namespace);
        writing.at(namespace, place).line("END_NAMESPACE");
    }

    private Stream<Element> configurations() {
        return project.within("instances").flatMap(e -> e.all("configuration"));
    }

    /// Gathers the types that [Guess] needs.
    private void learn(Element region) {
        region.within("dataTypes").forEach(type -> {
            Element base = type.child("baseType");
            Element structure = base == null ? null : base.child("struct");
            if (structure != null) {
                members.put(Guess.key(type.attribute("name")), variables(structure.all("variable")));
            }
        });
        region.within("pous").forEach(unit -> {
            String name = Guess.key(unit.attribute("name"));
            Stream<Element> blocks = unit.within("interface");
            members.put(name, variables(blocks.flatMap(b -> b.all("variable"))));
            unit.within("interface")
                    .filter(e -> e.name().equals("returnType"))
                    .forEach(r -> functions.put(name, TypeText.of(r)));
        });
        region.within("namespaces").forEach(this::learn);
    }

    static Map<String, String> variables(Stream<Element> all) {
        Map<String, String> types = new HashMap<>();
        all.filter(v -> v.name().equals("variable"))
                .forEach(v -> types.put(Guess.key(v.attribute("name")), TypeText.of(v.child("type"))));
        return types;
    }

    private void dataType(Element type) {
        String name = type.attribute("name");
        String place = "data type " + name;
        writing.at(type, place).line("TYPE");
        units.document(type);
        Element holder = type.child("baseType");
        Element structure = holder == null ? null : holder.child("struct");
        String text = TypeText.of(holder);
        String initial = TypeText.initial(type.child("initialValue"), text) + ";";
        if (structure == null) {
            writing.line(name + " : " + text + initial, type, "name");
        } else {
            writing.line(name + " : STRUCT" + (structure.is("overlap") ? " OVERLAP" : ""), type, "name");
            structure.all("variable").forEach(v -> {
                writing.at(v, place + ", field " + v.attribute("name"));
                units.document(v);
                writing.line(TypeText.variable(v), v, "name");
            });
            writing.at(type, place).line("END_STRUCT" + initial);
        }
        writing.line("END_TYPE");
    }

    private void configuration(Element configuration) {
        String place = "configuration " + configuration.attribute("name");
        if (configuration.child("resource") == null) {
            units.document(configuration);
            blocks(configuration, place);
            return;
        }
        writing.at(configuration, place);
        units.document(configuration);
        writing.line("CONFIGURATION " + configuration.attribute("name"), configuration, "name");
        blocks(configuration, place);
        configuration.all("resource").forEach(resource -> {
            String inside = place + ", resource " + resource.attribute("name");
            boolean isNamed = !resource.attribute("name").isEmpty();
            String type = resource.attribute("resourceTypeName");
            if (isNamed) {
                String line = "RESOURCE " + resource.attribute("name") + " ON " + (type.isEmpty() ? "PLC" : type);
                writing.at(resource, inside).line(line, resource, "name");
            }
            blocks(resource, inside);
            resource.all("task").forEach(t -> task(t, inside));
            resource.all("task")
                    .forEach(t -> t.all("pouInstance").forEach(p -> instance(p, t.attribute("name"), inside)));
            resource.all("pouInstance").forEach(p -> instance(p, "", inside));
            if (isNamed) {
                writing.at(resource, inside).line("END_RESOURCE");
            }
        });
        writing.at(configuration, place).line("END_CONFIGURATION");
    }

    private void blocks(Element holder, String place) {
        holder.all("globalVars").forEach(b -> units.block(b, place));
        List<Element> rest = new ArrayList<>(holder.all("accessVars").toList());
        rest.addAll(holder.all("configVars").toList());
        for (Element block : rest) {
            boolean access = block.name().equals("accessVars");
            writing.at(block, place).line(access ? "VAR_ACCESS" : "VAR_CONFIG");
            for (Element variable : block.children()) {
                if (variable.name().endsWith("Variable")) {
                    writing.at(variable, place)
                            .line(access ? TypeText.access(variable) : TypeText.configured(variable));
                }
            }
            writing.at(block, place).line("END_VAR");
        }
    }

    private void task(Element task, String place) {
        String single = task.attribute("single");
        String interval = task.attribute("interval");
        String priority = task.attribute("priority");
        String settings = (single.isEmpty() ? "" : "SINGLE := " + single + ", ")
                + (interval.isEmpty() ? "" : "INTERVAL := " + time(interval) + ", ")
                + "PRIORITY := " + (priority.isEmpty() ? "0" : priority);
        writing.at(task, place + ", task " + task.attribute("name"));
        writing.line("TASK " + task.attribute("name") + "(" + settings + ");", task, "name");
    }

    private static String time(String interval) {
        return interval.matches("[0-9].*") ? "T#" + interval : interval;
    }

    private void instance(Element instance, String task, String place) {
        writing.at(instance, place + ", instance " + instance.attribute("name"));
        String arguments = instance.attribute("arguments");
        String line = "PROGRAM " + instance.attribute("name") + (task.isEmpty() ? "" : " WITH " + task) + " : "
                + instance.attribute("typeName") + (arguments.isEmpty() ? "" : "(" + arguments + ")") + ";";
        writing.line(line, instance, "name");
    }
}
