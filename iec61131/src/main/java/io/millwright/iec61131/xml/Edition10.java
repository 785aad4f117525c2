package io.millwright.iec61131.xml;

import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Turns a project of IEC 61131-10 into the elements of PLCopen TC6 XML, from which it differs in names and in how
/// the pins of a diagram are joined. Charts and namespaces of it are not read.
final class Edition10 {
    private static final Map<String, String> UNITS =
            Map.of("Program", "program", "FunctionBlock", "functionBlock", "Function", "function");
    private static final Set<String> SECTIONS =
            Set.of("InputVars", "OutputVars", "InOutVars", "ExternalVars", "GlobalVars", "TempVars", "Vars");

    private final Source xml;
    private final Diagnostics diagnostics;

    Edition10(Source xml, Diagnostics diagnostics) {
        this.xml = xml;
        this.diagnostics = diagnostics;
    }

    private static Element of(Element from, String name, Map<String, String> attributes, List<Element> children) {
        return new Element(name, attributes, children, "", from.offset());
    }

    private static Element of(Element from, String name, List<Element> children) {
        return of(from, name, Map.of(), children);
    }

    private void missing(Element element, String what) {
        diagnostics.error("E731", Writing.place(xml, element), what + " of IEC 61131-10 cannot be read");
    }

    Element project(Element project) {
        List<Element> dataTypes = new ArrayList<>();
        List<Element> units = new ArrayList<>();
        project.within("Types").flatMap(e -> e.children().stream()).forEach(declaration -> {
            switch (declaration.name()) {
                case "DataTypeDecl" -> dataTypes.add(dataType(declaration));
                case "Program", "FunctionBlock", "Function" -> units.add(unit(declaration));
                case "NamespaceDecl", "Class", "Interface" -> missing(declaration, declaration.name());
                default -> {}
            }
        });
        List<Element> types = List.of(of(project, "dataTypes", dataTypes), of(project, "pous", units));
        List<Element> configurations = project.within("Instances")
                .filter(e -> e.name().equals("Configuration"))
                .map(this::configuration)
                .toList();
        return of(
                project,
                "project",
                List.of(
                        of(project, "types", types),
                        of(project, "instances", List.of(of(project, "configurations", configurations)))));
    }

    private Element dataType(Element declaration) {
        List<Element> inside = new ArrayList<>();
        Element specification = declaration.child("UserDefinedTypeSpec");
        if (specification != null) {
            inside.add(of(specification, "baseType", List.of(specification(specification))));
        }
        declaration.all("InitialValue").forEach(v -> inside.add(lower(v)));
        return of(declaration, "dataType", declaration.attributes(), inside);
    }

    private static String kind(Element element) {
        String type = element.attribute("type");
        return type.substring(type.indexOf(':') + 1);
    }

    private Element specification(Element specification) {
        return switch (kind(specification)) {
            case "StructTypeSpec" ->
                of(
                        specification,
                        "struct",
                        specification.all("Member").map(this::variable).toList());
            case "ArrayTypeSpec" -> {
                List<Element> inside = new ArrayList<>();
                specification
                        .within("DimensionSpec")
                        .filter(e -> e.name().equals("IndexRange"))
                        .forEach(r -> inside.add(of(r, "dimension", r.attributes(), List.of())));
                specification.all("BaseType").forEach(b -> inside.add(type(b, "baseType")));
                yield of(specification, "array", inside);
            }
            case "EnumTypeSpec" -> {
                List<Element> values = specification
                        .all("Enumerator")
                        .map(v -> of(v, "value", v.attributes(), List.of()))
                        .toList();
                yield of(specification, "enum", List.of(of(specification, "values", values)));
            }
            default -> {
                missing(specification, "the type " + kind(specification));
                yield of(specification, "derived", List.of());
            }
        };
    }

    /// A type named in text, or one defined on the spot.
    private Element type(Element holder, String name) {
        Element instant = holder.child("InstantlyDefinedType");
        if (instant != null) {
            return of(holder, name, List.of(specification(instant)));
        }
        Element named = holder.child("TypeName");
        String text = named == null ? "" : named.deepText().strip();
        return of(holder, name, List.of(of(holder, "derived", Map.of("name", text), List.of())));
    }

    private Element variable(Element variable) {
        List<Element> inside = new ArrayList<>();
        variable.all("Type").forEach(t -> inside.add(type(t, "type")));
        variable.all("InitialValue").forEach(v -> inside.add(lower(v)));
        variable.all("Documentation")
                .forEach(d -> inside.add(new Element("documentation", Map.of(), List.of(), d.deepText(), d.offset())));
        Map<String, String> attributes = new LinkedHashMap<>(variable.attributes());
        Element address = variable.child("Address");
        if (address != null) {
            attributes.put("address", address.attribute("address"));
        }
        return of(variable, "variable", attributes, inside);
    }

    /// The same elements, their names with a small first letter.
    private static Element lower(Element element) {
        String name = element.name().substring(0, 1).toLowerCase(Locale.ROOT)
                + element.name().substring(1);
        List<Element> inside = element.children().stream().map(Edition10::lower).toList();
        return new Element(name, element.attributes(), inside, element.text(), element.offset());
    }

    private Element section(Element block) {
        String name = block.name().equals("Vars") ? "localVars" : lower(block).name();
        return of(
                block,
                name,
                block.attributes(),
                block.all("Variable").map(this::variable).toList());
    }

    private Element unit(Element unit) {
        List<Element> sections = new ArrayList<>();
        List<Element> inside = new ArrayList<>();
        unit.all("ResultType").forEach(r -> sections.add(type(r, "returnType")));
        unit.within("Parameters").filter(e -> SECTIONS.contains(e.name())).forEach(b -> sections.add(section(b)));
        unit.children().stream().filter(e -> SECTIONS.contains(e.name())).forEach(b -> sections.add(section(b)));
        inside.add(of(unit, "interface", sections));
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
        unit.all("MainBody").forEach(b -> inside.add(body(b)));
        unit.all("Documentation")
                .forEach(d -> inside.add(new Element("documentation", Map.of(), List.of(), d.deepText(), d.offset())));
        unit.all("Method").forEach(m -> missing(m, "methods"));
        Map<String, String> attributes =
                Map.of("name", unit.attribute("name"), "pouType", UNITS.getOrDefault(unit.name(), "program"));
        return of(unit, "pou", attributes, inside);
    }

    private Element body(Element body) {
        List<Element> contents = new ArrayList<>();
        for (Element content : body.children()) {
            switch (kind(content)) {
                case "ST", "IL" -> content.all(kind(content)).forEach(contents::add);
                case "FBD", "LD", "LdSection" ->
                    contents.add(of(content, kind(content).equals("FBD") ? "FBD" : "LD", diagram(content)));
                default -> missing(content, "a body in " + kind(content));
            }
        }
        return of(body, "body", contents);
    }

    /// The networks of a diagram below each other.
    private List<Element> diagram(Element content) {
        List<Element> all = new ArrayList<>();
        content.children().stream()
                .filter(e -> e.name().equals("Network") || e.name().equals("Rung"))
                .sorted((a, b) -> Integer.compare(a.number("evaluationOrder", 0), b.number("evaluationOrder", 0)))
                .forEach(n -> network(n, all));
        return all;
    }

    private void network(Element network, List<Element> all) {
        if (!network.attribute("label").isEmpty()) {
            all.add(object(network, "label", all.size() + 1, Map.of("label", network.attribute("label")), List.of()));
        }
        int first = all.size() + 1;
        Map<String, Map<String, String>> pins = new LinkedHashMap<>();
        for (int i = 0; i < network.children().size(); i++) {
            pins(network.children().get(i), first + i, "", pins);
        }
        for (int i = 0; i < network.children().size(); i++) {
            all.add(object(network.children().get(i), first + i, pins));
        }
    }

    /// Notes for each output pin to which element it belongs and how it is called.
    private static void pins(Element element, int id, String formal, Map<String, Map<String, String>> pins) {
        for (Element child : element.children()) {
            if (child.name().equals("ConnectionPointOut")) {
                pins.put(
                        child.attribute("connectionPointOutId"),
                        Map.of("refLocalId", Integer.toString(id), "formalParameter", formal));
            } else {
                pins(child, id, child.attribute("parameterName"), pins);
            }
        }
    }

    private static Element object(Element from, String name, int id, Map<String, String> more, List<Element> children) {
        Map<String, String> attributes = new LinkedHashMap<>(from.attributes());
        attributes.putAll(more);
        attributes.put("localId", Integer.toString(id));
        List<Element> inside = new ArrayList<>(children);
        inside.add(of(from, "position", Map.of("x", "0", "y", Integer.toString(id)), List.of()));
        return of(from, name, attributes, inside);
    }

    private Element object(Element object, int id, Map<String, Map<String, String>> pins) {
        List<Element> inside = new ArrayList<>(inputs(object, pins));
        return switch (kind(object)) {
            case "DataSource" -> object(object, "inVariable", id, named(object, "expression", "identifier"), inside);
            case "DataSink" -> object(object, "outVariable", id, Map.of(), withText(inside, object));
            case "Contact" -> object(object, "contact", id, named(object, "variable", "operand"), inside);
            case "Coil" -> {
                Map<String, String> attributes = new LinkedHashMap<>(named(object, "variable", "operand"));
                attributes.put("storage", object.attribute("latch"));
                yield object(object, "coil", id, attributes, inside);
            }
            case "LeftPowerRail" -> object(object, "leftPowerRail", id, Map.of(), inside);
            case "Connector" -> object(object, "connector", id, named(object, "name", "label"), inside);
            case "Continuation" -> object(object, "continuation", id, named(object, "name", "label"), inside);
            case "Jump" -> object(object, "jump", id, named(object, "label", "targetLabel"), inside);
            case "Return" -> object(object, "return", id, Map.of(), inside);
            case "Block" -> {
                inside.add(of(object, "inputVariables", parameters(object, "InputVariable", pins)));
                inside.add(of(object, "inOutVariables", parameters(object, "InOutVariable", pins)));
                inside.add(of(object, "outputVariables", parameters(object, "OutputVariable", pins)));
                yield object(object, "block", id, Map.of(), inside);
            }
            default -> object(object, "comment", id, Map.of(), List.of());
        };
    }

    private static Map<String, String> named(Element object, String name, String attribute) {
        return Map.of(name, object.attribute(attribute));
    }

    /// The target of an assignment, where [Diagram] looks for it.
    private static List<Element> withText(List<Element> inside, Element object) {
        List<Element> all = new ArrayList<>(inside);
        all.add(new Element("expression", Map.of(), List.of(), object.attribute("identifier"), object.offset()));
        return all;
    }

    private static List<Element> parameters(Element block, String name, Map<String, Map<String, String>> pins) {
        return block.within(name + "s")
                .filter(v -> v.name().equals(name))
                .map(v -> {
                    Map<String, String> attributes = new LinkedHashMap<>(v.attributes());
                    attributes.put("formalParameter", v.attribute("parameterName"));
                    return of(v, "variable", attributes, inputs(v, pins));
                })
                .toList();
    }

    private static List<Element> inputs(Element pin, Map<String, Map<String, String>> pins) {
        return pin.all("ConnectionPointIn")
                .map(point -> {
                    List<Element> lines = point.all("Connection")
                            .map(l -> {
                                String id = l.attribute("refConnectionPointOutId");
                                var none = Map.of("refLocalId", id, "formalParameter", "");
                                return of(l, "connection", pins.getOrDefault(id, none), List.of());
                            })
                            .toList();
                    return of(point, "connectionPointIn", lines);
                })
                .toList();
    }

    private Element configuration(Element configuration) {
        List<Element> inside = new ArrayList<>();
        configuration.all("GlobalVars").forEach(b -> inside.add(section(b)));
        for (Element resource : configuration.all("Resource").toList()) {
            List<Element> parts = new ArrayList<>();
            resource.all("GlobalVars").forEach(b -> parts.add(section(b)));
            List<Element> instances = resource.all("ProgramInstance").toList();
            for (Element task : resource.all("Task").toList()) {
                List<Element> own = instances.stream()
                        .filter(i -> i.attribute("associatedTaskName").equals(task.attribute("name")))
                        .map(i -> of(i, "pouInstance", i.attributes(), List.of()))
                        .toList();
                parts.add(of(task, "task", task.attributes(), own));
            }
            instances.stream()
                    .filter(i -> i.attribute("associatedTaskName").isEmpty())
                    .forEach(i -> parts.add(of(i, "pouInstance", i.attributes(), List.of())));
            inside.add(of(resource, "resource", resource.attributes(), parts));
        }
        return of(configuration, "configuration", configuration.attributes(), inside);
    }
}
