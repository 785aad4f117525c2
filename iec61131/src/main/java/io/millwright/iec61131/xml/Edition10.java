package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Turns a project of IEC 61131-10 into the elements of PLCopen TC6 XML, from which it differs in names and in how
/// the pins of a diagram are joined. What TC6 has no elements for (namespaces, classes, interfaces, methods) becomes
/// elements of the same manner, which [Project] knows.
final class Edition10 {
    private static final Map<String, String> UNITS = Map.of(
            "Program", "program",
            "FunctionBlock", "functionBlock",
            "Function", "function",
            "Class", "class",
            "Interface", "interface");

    private final Source xml;
    private final Diagnostics diagnostics;
    private final Edition10Types types;
    private final Edition10Diagram diagrams;

    Edition10(Source xml, Diagnostics diagnostics) {
        this.xml = xml;
        this.diagnostics = diagnostics;
        this.types = new Edition10Types(this);
        this.diagrams = new Edition10Diagram(this);
    }

    static Element of(Element from, String name, Map<String, String> attributes, List<Element> children) {
        return new Element(name, attributes, children, "", from.offset());
    }

    static Element of(Element from, String name, List<Element> children) {
        return of(from, name, Map.of(), children);
    }

    /// The name after `xsi:type`, without its prefix.
    static String kind(Element element) {
        String type = element.attribute("type");
        return type.substring(type.indexOf(':') + 1);
    }

    /// The same elements, their names with a small first letter.
    static Element lower(Element element) {
        List<Element> inside = element.children().stream().map(Edition10::lower).toList();
        return new Element(lower(element.name()), element.attributes(), inside, element.text(), element.offset());
    }

    static String lower(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    void missing(Element element, String what) {
        diagnostics.error("E731", Writing.place(xml, element), what + " of IEC 61131-10 cannot be read");
    }

    Element project(Element project) {
        List<Element> regions = new ArrayList<>();
        project.all("Types").forEach(t -> t.all("GlobalNamespace").forEach(g -> regions.addAll(region(g))));
        List<Element> configurations = project.within("Instances")
                .filter(e -> e.name().equals("Configuration"))
                .map(this::configuration)
                .toList();
        return of(
                project,
                "project",
                List.of(
                        of(project, "types", regions),
                        of(project, "instances", List.of(of(project, "configurations", configurations)))));
    }

    /// What a namespace holds, in order: what it uses, types, units and namespaces within it.
    private List<Element> region(Element namespace) {
        List<Element> all = new ArrayList<>(using(namespace));
        for (Element declaration : namespace.children()) {
            switch (declaration.name()) {
                case "DataTypeDecl" -> all.add(of(declaration, "dataTypes", List.of(types.dataType(declaration))));
                case "Program", "FunctionBlock", "Function", "Class", "Interface" ->
                    all.add(of(declaration, "pous", List.of(unit(declaration))));
                case "NamespaceDecl" -> {
                    List<Element> inside = new ArrayList<>(documentation(declaration));
                    inside.addAll(region(declaration));
                    Element inner = of(declaration, "namespace", declaration.attributes(), inside);
                    all.add(of(declaration, "namespaces", List.of(inner)));
                }
                default -> {}
            }
        }
        return all;
    }

    static List<Element> documentation(Element element) {
        return element.all("Documentation")
                .map(d -> new Element("documentation", Map.of(), List.of(), d.deepText(), d.offset()))
                .toList();
    }

    private static List<Element> using(Element element) {
        return named(element, "UsingDirective", "using");
    }

    /// For each child of a name one element whose name is what the child says.
    private static List<Element> named(Element element, String key, String name) {
        return element.all(key)
                .map(e -> of(e, name, Map.of("name", e.deepText().strip()), List.of()))
                .toList();
    }

    private Element unit(Element unit) {
        List<Element> inside = new ArrayList<>(documentation(unit));
        inside.addAll(using(unit));
        inside.addAll(named(unit, "Extends", "extends"));
        inside.addAll(named(unit, "Implements", "implements"));
        List<Element> sections = sections(unit);
        inside.add(of(unit, "interface", sections));
        unit.all("Method").forEach(m -> inside.add(method(m, unit.name().equals("Interface"))));
        List<Element> actions = unit.all("Action")
                .map(a -> of(
                        a,
                        "action",
                        a.attributes(),
                        a.all("Body").map(this::body).toList()))
                .toList();
        if (!actions.isEmpty()) {
            inside.add(of(unit, "actions", actions));
        }
        List<Element> transitions = unit.all("Transition")
                .map(t -> of(
                        t,
                        "transition",
                        t.attributes(),
                        t.all("Condition").map(c -> predicate(c, "body")).toList()))
                .toList();
        if (!transitions.isEmpty()) {
            inside.add(of(unit, "transitions", transitions));
        }
        unit.all("MainBody").forEach(b -> inside.add(body(b)));
        Map<String, String> attributes = new LinkedHashMap<>(unit.attributes());
        attributes.put("pouType", UNITS.getOrDefault(unit.name(), "program"));
        return of(unit, "pou", attributes, inside);
    }

    private List<Element> sections(Element unit) {
        List<Element> sections = new ArrayList<>();
        unit.all("ResultType").forEach(r -> sections.add(types.type(r, "returnType")));
        unit.all("Parameters").forEach(p -> sections.addAll(types.parameters(p)));
        for (Element block : unit.children()) {
            switch (block.name()) {
                case "GlobalVars", "ExternalVars", "Vars" -> sections.add(types.section(block));
                case "TempVars" -> {
                    // A function and a method keep nothing, so that their variables are simply VAR.
                    boolean kept =
                            UNITS.containsKey(unit.name()) && !unit.name().equals("Function");
                    Element section = types.section(block);
                    sections.add(kept ? section : of(block, "localVars", block.attributes(), section.children()));
                }
                case "AccessVars" -> missing(block, "access variables of a program");
                default -> {}
            }
        }
        return sections;
    }

    private Element method(Element method, boolean isPrototype) {
        List<Element> inside = new ArrayList<>(documentation(method));
        inside.add(of(method, "interface", sections(method)));
        method.all("Body").forEach(b -> inside.add(body(b)));
        Map<String, String> attributes = new LinkedHashMap<>(method.attributes());
        attributes.put("prototype", Boolean.toString(isPrototype));
        return of(method, "method", attributes, inside);
    }

    Element body(Element body) {
        List<Element> contents = new ArrayList<>();
        body.all("BodyContent").forEach(content -> content(content, contents));
        return of(body, "body", contents);
    }

    /// A condition as a body.
    Element predicate(Element condition, String name) {
        List<Element> contents = new ArrayList<>();
        condition.all("PredicateContent").forEach(content -> content(content, contents));
        return of(condition, name, contents);
    }

    private void content(Element content, List<Element> contents) {
        String kind = kind(content);
        switch (kind) {
            case "ST", "IL" -> content.all(kind).forEach(contents::add);
            case "FBD", "LD", "LdSection" ->
                contents.add(of(content, kind.equals("FBD") ? "FBD" : "LD", diagrams.diagram(content)));
            case "SFC" -> contents.add(of(content, "SFC", diagrams.chart(content)));
            default -> missing(content, "a body in " + kind);
        }
    }

    private Element configuration(Element configuration) {
        List<Element> inside = new ArrayList<>(documentation(configuration));
        inside.addAll(variables(configuration));
        for (Element resource : configuration.all("Resource").toList()) {
            List<Element> parts = new ArrayList<>(variables(resource));
            List<Element> instances = resource.all("ProgramInstance").toList();
            for (Element task : resource.all("Task").toList()) {
                List<Element> own = instances.stream()
                        .filter(i -> i.attribute("associatedTaskName").equals(task.attribute("name")))
                        .map(Edition10::instance)
                        .toList();
                parts.add(of(task, "task", task.attributes(), own));
            }
            instances.stream()
                    .filter(i -> i.attribute("associatedTaskName").isEmpty())
                    .forEach(i -> parts.add(instance(i)));
            inside.add(of(resource, "resource", resource.attributes(), parts));
        }
        return of(configuration, "configuration", configuration.attributes(), inside);
    }

    private List<Element> variables(Element holder) {
        List<Element> all = new ArrayList<>();
        for (Element block : holder.children()) {
            switch (block.name()) {
                case "GlobalVars" -> all.add(types.section(block));
                case "AccessVars", "ConfigVars" ->
                    all.add(of(
                            block,
                            lower(block.name()),
                            block.children().stream()
                                    .filter(v -> v.name().endsWith("Variable"))
                                    .map(v -> types.variable(v, lower(v.name())))
                                    .toList()));
                default -> {}
            }
        }
        return all;
    }

    private static Element instance(Element instance) {
        List<String> arguments = new ArrayList<>();
        for (Element part : instance.children()) {
            String formal = part.attribute("formalParameter");
            switch (part.name()) {
                case "InputAssignment", "InOutAssignment" ->
                    arguments.add(formal + " := " + part.attribute("actualValue"));
                case "OutputAssignment" -> arguments.add(formal + " => " + part.attribute("actualValue"));
                case "FbInstTaskAssociation" ->
                    arguments.add(part.attribute("fbInstanceName") + " WITH " + part.attribute("associatedTaskName"));
                default -> {}
            }
        }
        Map<String, String> attributes = new LinkedHashMap<>(instance.attributes());
        attributes.put("arguments", String.join(", ", arguments));
        return of(instance, "pouInstance", attributes, List.of());
    }
}
