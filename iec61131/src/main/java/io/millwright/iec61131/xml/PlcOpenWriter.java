package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Declaration.Unit.Kind;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Qualifier;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Writes a tree as a project of PLCopen TC6 XML 2.01: bodies as Structured Text, charts as drawn charts. Reading it
/// gives the same declarations again, types first, configurations last.
public final class PlcOpenWriter {
    private static final Map<Section, String> SECTIONS = Map.of(
            Section.VAR_INPUT, "inputVars",
            Section.VAR_OUTPUT, "outputVars",
            Section.VAR_IN_OUT, "inOutVars",
            Section.VAR, "localVars",
            Section.VAR_TEMP, "tempVars",
            Section.VAR_EXTERNAL, "externalVars",
            Section.VAR_GLOBAL, "globalVars");

    private final XmlText xml = new XmlText();
    private final TypeWriter types;

    private PlcOpenWriter(Diagnostics diagnostics) {
        this.types = new TypeWriter(xml, diagnostics);
    }

    /// The XML of a tree.
    ///
    /// @param created what the file says about when it was made
    /// @param diagnostics where what PLCopen XML cannot hold is added, with code `E730`
    public static String write(SyntaxTree tree, String name, Instant created, Diagnostics diagnostics) {
        var writer = new PlcOpenWriter(diagnostics);
        writer.project(
                tree, name, created.truncatedTo(ChronoUnit.SECONDS).toString().replace("Z", ""));
        return writer.xml.toString();
    }

    private void project(SyntaxTree tree, String name, String created) {
        xml.open("project", "xmlns", "http://www.plcopen.org/xml/tc6_0201");
        xml.empty(
                "fileHeader",
                "companyName",
                "Millwright",
                "productName",
                "Millwright",
                "productVersion",
                "1",
                "creationDateTime",
                created);
        xml.open("contentHeader", "name", name, "modificationDateTime", created).open("coordinateInfo");
        for (String language : List.of("fbd", "ld", "sfc")) {
            xml.open(language).empty("scaling", "x", "1", "y", "1").close(language);
        }
        xml.close("coordinateInfo").close("contentHeader");
        List<Declaration.DataType> dataTypes = new ArrayList<>();
        List<Declaration.Unit> units = new ArrayList<>();
        List<Declaration> rest = new ArrayList<>();
        for (Declaration declaration : tree.declarations()) {
            switch (declaration) {
                case Declaration.DataType type -> dataTypes.add(type);
                case Declaration.Unit unit -> units.add(unit);
                case Declaration.Configuration configuration -> rest.add(configuration);
                case Declaration.Globals globals -> rest.add(globals);
                case Declaration.Interface face -> types.missing(face.name().span(), "INTERFACE");
                case Declaration.Namespace space -> types.missing(space.name().span(), "NAMESPACE");
            }
        }
        tree.using().forEach(u -> types.missing(u.span(), "USING"));
        tree.tests().forEach(t -> types.missing(t.span(), "tests"));
        xml.open("types").open("dataTypes");
        dataTypes.forEach(this::dataType);
        xml.close("dataTypes").open("pous");
        units.forEach(this::unit);
        xml.close("pous").close("types").open("instances").open("configurations");
        rest.forEach(this::configuration);
        xml.close("configurations").close("instances").close("project");
    }

    private void dataType(Declaration.DataType type) {
        xml.open("dataType", "name", type.name().text());
        types.type("baseType", type.type());
        types.initial(type.initializer());
        types.document(type.documentation());
        xml.close("dataType");
    }

    private void unit(Declaration.Unit unit) {
        String kind = switch (unit.kind()) {
            case FUNCTION -> "function";
            case FUNCTION_BLOCK -> "functionBlock";
            case PROGRAM, CLASS -> "program";
        };
        if (unit.kind() == Kind.CLASS
                || !unit.methods().isEmpty()
                || !unit.properties().isEmpty()) {
            types.missing(unit.name().span(), "classes, methods and properties");
        }
        if (unit.base() != null
                || !unit.interfaces().isEmpty()
                || !unit.modifiers().isEmpty()) {
            types.missing(unit.name().span(), "inheritance");
        }
        xml.open("pou", "name", unit.name().text(), "pouType", kind).open("interface");
        if (unit.result() != null) {
            types.type("returnType", unit.result());
        }
        unit.variables().forEach(this::block);
        xml.close("interface");
        if (!unit.actions().isEmpty()) {
            xml.open("actions");
            for (Declaration.Action action : unit.actions()) {
                xml.open("action", "name", action.name().text());
                body(action.body());
                xml.close("action");
            }
            xml.close("actions");
        }
        body(unit.body());
        types.document(unit.documentation());
        xml.close("pou");
    }

    private void body(Body body) {
        xml.open("body");
        switch (body) {
            case Body.Chart chart -> new ChartWriter(xml, chart).write();
            case Body.StructuredText _ -> text("ST", body);
            case Body.InstructionList _ -> text("IL", body);
        }
        xml.close("body");
    }

    private void text(String language, Body body) {
        xml.open(language);
        xml.leaf("xhtml", TreePrinter.print(body), "xmlns", "http://www.w3.org/1999/xhtml");
        xml.close(language);
    }

    private void block(VariableBlock block) {
        block("", block);
    }

    private void block(String name, VariableBlock block) {
        String element = SECTIONS.get(block.section());
        if (element == null) {
            types.missing(block.span(), block.section().name());
            return;
        }
        for (Qualifier qualifier : block.qualifiers()) {
            switch (qualifier) {
                case CONSTANT, RETAIN, NON_RETAIN, PERSISTENT -> {}
                default -> types.missing(block.span(), qualifier.name());
            }
        }
        xml.open(
                element,
                "name",
                name,
                "constant",
                has(block, Qualifier.CONSTANT),
                "retain",
                has(block, Qualifier.RETAIN),
                "nonretain",
                has(block, Qualifier.NON_RETAIN),
                "persistent",
                has(block, Qualifier.PERSISTENT));
        types.variables(block);
        xml.close(element);
    }

    private static String has(VariableBlock block, Qualifier qualifier) {
        return block.qualifiers().contains(qualifier) ? "true" : "";
    }

    private void configuration(Declaration declaration) {
        switch (declaration) {
            case Declaration.Globals globals -> {
                xml.open("configuration", "name", "globals");
                block(globals.name() == null ? "" : globals.name().text(), globals.block());
                types.document(globals.documentation());
                xml.close("configuration");
            }
            case Declaration.Configuration configuration -> {
                xml.open("configuration", "name", configuration.name().text());
                configuration.resources().forEach(this::resource);
                configuration.variables().forEach(this::block);
                types.document(configuration.documentation());
                xml.close("configuration");
            }
            default -> {}
        }
    }

    private void resource(Declaration.Resource resource) {
        xml.open("resource", "name", resource.name().text());
        for (Declaration.Task task : resource.tasks()) {
            xml.open(
                    "task",
                    "name",
                    task.name().text(),
                    "single",
                    task.single() == null ? "" : TreePrinter.print(task.single()),
                    "interval",
                    task.interval() == null ? "" : TreePrinter.print(task.interval()),
                    "priority",
                    task.priority() == null ? "" : TreePrinter.print(task.priority()));
            resource.instances().stream()
                    .filter(i -> i.task() != null
                            && i.task().key().equals(task.name().key()))
                    .forEach(this::instance);
            xml.close("task");
        }
        resource.variables().forEach(this::block);
        resource.instances().stream().filter(i -> i.task() == null).forEach(this::instance);
        xml.close("resource");
    }

    private void instance(Declaration.Instance instance) {
        if (!instance.arguments().isEmpty() || !instance.blockTasks().isEmpty() || instance.retain()) {
            types.missing(instance.span(), "arguments of a program");
        }
        String type = instance.type().toString();
        xml.empty("pouInstance", "name", instance.name().text(), "typeName", type);
    }
}
