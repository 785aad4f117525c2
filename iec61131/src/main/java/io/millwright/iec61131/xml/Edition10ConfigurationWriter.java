package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes configurations for IEC 61131-10.
final class Edition10ConfigurationWriter {
    private final XmlText xml;
    private final Edition10TypeWriter types;

    Edition10ConfigurationWriter(XmlText xml, Edition10TypeWriter types) {
        this.xml = xml;
        this.types = types;
    }

    /// Globals outside a configuration become one without resources.
    void declaration(Declaration declaration) {
        switch (declaration) {
            case Declaration.Globals globals -> {
                if (globals.name() != null) {
                    types.missing(globals.span(), "names of lists of variables");
                }
                xml.open("Configuration", "name", "globals");
                types.document(globals.documentation());
                variables(List.of(globals.block()));
                xml.close("Configuration");
            }
            case Declaration.Configuration configuration -> {
                xml.open("Configuration", "name", configuration.name().text());
                types.document(configuration.documentation());
                configuration.resources().forEach(this::resource);
                variables(configuration.variables());
                xml.close("Configuration");
            }
            default -> {}
        }
    }

    private void variables(List<VariableBlock> blocks) {
        List<Section> known = List.of(Section.VAR_GLOBAL, Section.VAR_ACCESS, Section.VAR_CONFIG);
        for (Section section : known) {
            for (VariableBlock block : blocks) {
                if (block.section() != section) {
                    continue;
                }
                switch (section) {
                    case VAR_GLOBAL -> types.block("GlobalVars", block);
                    case VAR_ACCESS -> {
                        xml.open("AccessVars");
                        block.variables().forEach(this::access);
                        xml.close("AccessVars");
                    }
                    default -> {
                        xml.open("ConfigVars");
                        block.variables().forEach(this::configured);
                        xml.close("ConfigVars");
                    }
                }
            }
        }
        blocks.stream()
                .filter(b -> !known.contains(b.section()))
                .forEach(b -> types.missing(b.span(), b.section() + " here"));
    }

    private static String path(VariableDeclaration variable) {
        VariableDeclaration.Path path = variable.path();
        if (path == null) {
            return variable.name().text();
        }
        return (path.resource() == null ? "" : path.resource() + ".") + TreePrinter.print(path.target());
    }

    private boolean hasType(VariableDeclaration variable) {
        if (variable.type() == null) {
            types.missing(variable.span(), "variables of a configuration without a type");
        }
        return variable.type() != null;
    }

    private void access(VariableDeclaration variable) {
        if (variable.type() == null || !hasType(variable)) {
            return;
        }
        boolean writable = variable.path() != null && variable.path().writable();
        xml.open(
                "AccessVariable",
                "alias",
                variable.name().text(),
                "instancePathAndName",
                path(variable),
                "direction",
                writable ? "readWrite" : "readOnly");
        types.document(variable.documentation());
        types.type("Type", variable.type());
        xml.close("AccessVariable");
    }

    private void configured(VariableDeclaration variable) {
        if (!hasType(variable) || variable.type() == null) {
            return;
        }
        xml.open("ConfigVariable", "instancePathAndName", path(variable));
        types.document(variable.documentation());
        types.type("Type", variable.type());
        types.initial(variable.initializer());
        if (variable.address() != null) {
            types.address(variable.address());
        }
        xml.close("ConfigVariable");
    }

    private void resource(Declaration.Resource resource) {
        String type = resource.type() == null ? "PLC" : resource.type().text();
        xml.openNamed("Resource", resource.name().text(), "resourceTypeName", type);
        for (VariableBlock block : resource.variables()) {
            if (block.section() == Section.VAR_GLOBAL) {
                types.block("GlobalVars", block);
            } else {
                types.missing(block.span(), block.section() + " of a resource");
            }
        }
        for (Declaration.Task task : resource.tasks()) {
            xml.empty(
                    "Task",
                    "xsi:type",
                    "StandardTask",
                    "name",
                    task.name().text(),
                    "single",
                    text(task.single(), ""),
                    "interval",
                    text(task.interval(), ""),
                    "priority",
                    text(task.priority(), "0"));
        }
        resource.instances().forEach(this::instance);
        xml.close("Resource");
    }

    private static String text(@Nullable Expression expression, String otherwise) {
        return expression == null ? otherwise : TreePrinter.print(expression);
    }

    private void instance(Declaration.Instance instance) {
        if (instance.retain()) {
            types.missing(instance.span(), "programs that RETAIN");
        }
        String task = instance.task() == null ? "" : instance.task().text();
        xml.open(
                "ProgramInstance",
                "name",
                instance.name().text(),
                "typeName",
                instance.type().toString(),
                "associatedTaskName",
                task);
        for (Expression.Argument argument : instance.arguments()) {
            if (argument instanceof Expression.Argument.In(var name, var value, var _)) {
                assignment("InputAssignment", name.text(), value);
            }
        }
        for (Expression.Argument argument : instance.arguments()) {
            switch (argument) {
                case Expression.Argument.Out(var name, var negated, var target, var _)
                when target != null && !negated -> assignment("OutputAssignment", name.text(), target);
                case Expression.Argument.In _ -> {}
                default -> types.missing(argument.span(), "such arguments of a program");
            }
        }
        instance.blockTasks()
                .forEach(t -> xml.empty(
                        "FbInstTaskAssociation",
                        "fbInstanceName",
                        t.instance().toString(),
                        "associatedTaskName",
                        t.task().text()));
        xml.close("ProgramInstance");
    }

    private void assignment(String element, String formal, Expression actual) {
        xml.empty(element, "formalParameter", formal, "actualValue", TreePrinter.print(actual));
    }
}
