package io.millwright.iec61131.xml;

import static io.millwright.iec61131.xml.Edition10.kind;
import static io.millwright.iec61131.xml.Edition10.lower;
import static io.millwright.iec61131.xml.Edition10.of;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns types and variables of IEC 61131-10 into those of PLCopen TC6 XML.
final class Edition10Types {
    private static final Map<String, String> SECTIONS =
            Map.of("Vars", "localVars", "InoutVars", "inOutVars", "InOutVars", "inOutVars");

    private final Edition10 project;

    Edition10Types(Edition10 project) {
        this.project = project;
    }

    Element dataType(Element declaration) {
        List<Element> inside = new ArrayList<>(Edition10.documentation(declaration));
        Element specification = declaration.child("UserDefinedTypeSpec");
        if (specification != null) {
            inside.add(
                    kind(specification).equals("DirectlyDerivedTypeSpec") && specification.child("BaseType") != null
                            ? base(specification)
                            : of(specification, "baseType", List.of(specification(specification))));
            specification.all("InitialValue").forEach(v -> inside.add(initial(v)));
        }
        declaration.all("InitialValue").forEach(v -> inside.add(initial(v)));
        return of(declaration, "dataType", declaration.attributes(), inside);
    }

    private Element base(Element specification) {
        return specification
                .all("BaseType")
                .findFirst()
                .map(b -> type(b, "baseType"))
                .orElseThrow();
    }

    /// That of an enumeration is the text alone. Values are Structured Text, quotes and all.
    private static Element initial(Element value) {
        if (!value.children().isEmpty()) {
            return exact(lower(value));
        }
        Map<String, String> text = Map.of("value", value.text().strip());
        return of(value, "initialValue", List.of(of(value, "simpleValue", text, List.of())));
    }

    private static Element exact(Element value) {
        Map<String, String> attributes = new LinkedHashMap<>(value.attributes());
        attributes.put("exact", "true");
        return of(
                value,
                value.name(),
                attributes,
                value.children().stream().map(Edition10Types::exact).toList());
    }

    private Element specification(Element specification) {
        return switch (kind(specification)) {
            case "StructTypeSpec" ->
                of(
                        specification,
                        "struct",
                        specification.attributes(),
                        specification.all("Member").map(this::variable).toList());
            case "ArrayTypeSpec" -> array(specification);
            case "EnumTypeSpec", "EnumTypeWithNamedValueSpec" -> {
                List<Element> values = specification
                        .all("Enumerator")
                        .map(v -> of(v, "value", v.attributes(), List.of()))
                        .toList();
                Element base = specification.child("BaseType");
                Map<String, String> attributes =
                        base == null ? Map.of() : Map.of("base", base.deepText().strip());
                yield of(specification, "enum", attributes, List.of(of(specification, "values", values)));
            }
            case "SubrangeTypeSpec" -> {
                List<Element> inside = new ArrayList<>();
                specification.all("Range").forEach(r -> inside.add(of(r, "range", r.attributes(), List.of())));
                specification.all("BaseType").forEach(b -> inside.add(type(b, "baseType")));
                yield of(specification, "subrangeSigned", inside);
            }
            case "ReferenceTypeSpec" ->
                of(
                        specification,
                        "reference",
                        specification
                                .all("ReferenceTo")
                                .map(r -> type(r, "baseType"))
                                .toList());
            default -> {
                project.missing(specification, "the type " + kind(specification));
                yield of(specification, "derived", List.of());
            }
        };
    }

    private Element array(Element specification) {
        List<Element> inside = new ArrayList<>();
        specification
                .all("DimensionSpec")
                .sorted(Comparator.comparingInt(d -> d.number("dimensionNumber", 0)))
                .forEach(dimension -> {
                    Element range = dimension.child("IndexRange");
                    Map<String, String> bounds = range == null ? Map.of("open", "true") : range.attributes();
                    inside.add(of(dimension, "dimension", bounds, List.of()));
                });
        specification.all("BaseType").forEach(b -> inside.add(type(b, "baseType")));
        return of(specification, "array", inside);
    }

    /// A type named in text, or one defined on the spot.
    Element type(Element holder, String name) {
        Element instant = holder.child("InstantlyDefinedType");
        if (instant != null) {
            return of(holder, name, List.of(specification(instant)));
        }
        Element named = holder.child("TypeName");
        String text = named == null ? "" : named.deepText().strip();
        return of(holder, name, List.of(of(holder, "derived", Map.of("name", text), List.of())));
    }

    private Element variable(Element variable) {
        return variable(variable, "variable");
    }

    Element variable(Element variable, String name) {
        List<Element> inside = new ArrayList<>();
        variable.all("Type").forEach(t -> inside.add(type(t, "type")));
        variable.all("InitialValue").forEach(v -> inside.add(initial(v)));
        inside.addAll(Edition10.documentation(variable));
        Map<String, String> attributes = new LinkedHashMap<>(variable.attributes());
        attributes.put("edge", variable.attribute("edgeDetection"));
        Element address = variable.child("Address");
        if (address != null) {
            attributes.put("address", address(address));
        }
        return of(variable, name, attributes, inside);
    }

    private static String address(Element address) {
        String place = address.attribute("address");
        if (place.startsWith("%")) {
            return place;
        }
        String open = place.isEmpty() ? "*" : place;
        return "%" + address.attribute("location") + address.attribute("size") + open;
    }

    Element section(Element block) {
        return section(block, block.all("Variable").toList());
    }

    private Element section(Element block, List<Element> variables) {
        Map<String, String> attributes = new LinkedHashMap<>(block.attributes());
        attributes.put("nonretain", block.attribute("non_retain"));
        return of(
                block,
                SECTIONS.getOrDefault(block.name(), lower(block.name())),
                attributes,
                variables.stream().map(this::variable).toList());
    }

    /// A parameter and the block it stands in, which has a number.
    private record Parameter(int number, Element block, Element variable) {
        int order() {
            return variable.number("orderWithinParamSet", 0);
        }
    }

    /// The blocks of parameters, in the order their numbers give where each number stands once.
    List<Element> parameters(Element set) {
        List<Parameter> all = new ArrayList<>();
        for (Element block : set.children()) {
            if (block.name().endsWith("Vars")) {
                int number = all.size();
                block.all("Variable").forEach(v -> all.add(new Parameter(number, block, v)));
            }
        }
        long numbers = all.stream().mapToInt(Parameter::order).distinct().count();
        if (numbers == all.size()) {
            all.sort(Comparator.comparingInt(Parameter::order));
        }
        List<Element> sections = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= all.size(); i++) {
            if (i == all.size() || all.get(i).number() != all.get(from).number()) {
                sections.add(section(
                        all.get(from).block(),
                        all.subList(from, i).stream().map(Parameter::variable).toList()));
                from = i;
            }
        }
        return sections;
    }
}
