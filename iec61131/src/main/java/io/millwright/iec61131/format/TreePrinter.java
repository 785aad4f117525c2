package io.millwright.iec61131.format;

import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes a tree as text, for programs that come from elsewhere than a text. Reading the text gives the same
/// tree again, but for the places. Comments are those that document, and all within bodies: one with comments is
/// written as it stands in the text it was read from.
public final class TreePrinter {
    private final Lines lines = new Lines();
    private final StatementPrinter statements = new StatementPrinter(lines);

    private TreePrinter() {}

    /// The text of a tree.
    public static String print(SyntaxTree tree) {
        TreePrinter printer = new TreePrinter();
        printer.using(tree.using());
        printer.declarations(tree.declarations());
        tree.tests().forEach(printer::test);
        return Formatter.format(new Source(tree.source().name(), printer.lines.toString()));
    }

    /// The text of a body.
    public static String print(Body body) {
        TreePrinter printer = new TreePrinter();
        printer.statements.body(body);
        return Formatter.format(new Source("body", printer.lines.toString()));
    }

    /// The text of an expression, on one line.
    public static String print(Expression expression) {
        return ExpressionPrinter.text(expression);
    }

    /// The text of an initial value, on one line.
    public static String print(Initializer initializer) {
        return ExpressionPrinter.text(initializer);
    }

    /// The text of a type, over several lines where it is a structure.
    public static String print(TypeSyntax type) {
        TreePrinter printer = new TreePrinter();
        printer.typed("", type, "");
        return printer.lines.toString().strip().replaceFirst(";$", "");
    }

    /// The text of an address.
    public static String print(Address address) {
        return ExpressionPrinter.address(address);
    }

    private void using(List<QualifiedName> names) {
        names.forEach(name -> lines.line("USING " + name + ";"));
    }

    private void declarations(List<Declaration> declarations) {
        for (Declaration declaration : declarations) {
            lines.gap();
            switch (declaration) {
                case Declaration.Unit unit -> unit(unit);
                case Declaration.Interface one -> interfaceDeclaration(one);
                case Declaration.DataType type -> dataType(type);
                case Declaration.Globals globals -> {
                    lines.comment(globals.documentation());
                    block(globals.block());
                }
                case Declaration.Namespace namespace -> namespace(namespace);
                case Declaration.Configuration configuration -> configuration(configuration);
            }
        }
    }

    private void unit(Declaration.Unit unit) {
        lines.comment(unit.documentation());
        String base = unit.base() == null ? "" : " EXTENDS " + unit.base();
        lines.line(unit.kind() + modifiers(unit.modifiers()) + " " + unit.name() + result(unit.result()) + base
                + listed(" IMPLEMENTS ", unit.interfaces()));
        using(unit.using());
        unit.variables().forEach(this::block);
        unit.methods().forEach(this::method);
        unit.properties().forEach(this::property);
        unit.actions().forEach(this::action);
        if (!(unit.methods().isEmpty()
                && unit.properties().isEmpty()
                && unit.actions().isEmpty())) {
            lines.gap();
        }
        statements.body(unit.body());
        lines.line("END_" + unit.kind());
    }

    private static String listed(String keyword, List<QualifiedName> names) {
        return names.isEmpty()
                ? ""
                : names.stream().map(QualifiedName::toString).collect(Collectors.joining(", ", keyword, ""));
    }

    private static String result(@Nullable TypeSyntax type) {
        return type == null ? "" : " : " + ExpressionPrinter.text(type);
    }

    private static String modifiers(Set<Declaration.Modifier> modifiers) {
        return Arrays.stream(Declaration.Modifier.values())
                .filter(modifiers::contains)
                .map(modifier -> " " + modifier)
                .collect(Collectors.joining());
    }

    private void interfaceDeclaration(Declaration.Interface one) {
        lines.comment(one.documentation());
        lines.line("INTERFACE " + one.name() + listed(" EXTENDS ", one.bases()));
        one.methods().forEach(this::method);
        one.properties().forEach(this::property);
        lines.line("END_INTERFACE");
    }

    private void method(Declaration.Method method) {
        lines.gap();
        lines.comment(method.documentation());
        lines.line("METHOD" + modifiers(method.modifiers()) + " " + method.name() + result(method.result()));
        method.variables().forEach(this::block);
        if (method.body() != null) {
            statements.body(method.body());
        }
        lines.line("END_METHOD");
    }

    private void property(Declaration.Property property) {
        lines.gap();
        lines.comment(property.documentation());
        lines.line("PROPERTY" + modifiers(property.modifiers()) + " " + property.name() + result(property.type()));
        accessor("GET", property.get());
        accessor("SET", property.set());
        lines.line("END_PROPERTY");
    }

    private void accessor(String keyword, Declaration.@Nullable Accessor accessor) {
        if (accessor == null) {
            return;
        }
        lines.line(keyword);
        accessor.variables().forEach(this::block);
        if (accessor.body() != null) {
            statements.body(accessor.body());
        }
        lines.line("END_" + keyword);
    }

    private void action(Declaration.Action action) {
        lines.gap();
        lines.line("ACTION " + action.name() + ":");
        statements.body(action.body());
        lines.line("END_ACTION");
    }

    private void dataType(Declaration.DataType type) {
        lines.line("TYPE");
        lines.comment(type.documentation());
        typed(type.name() + " : ", type.type(), value(type.initializer()));
        lines.line("END_TYPE");
    }

    /// `head type tail;`, over several lines where the type is a structure.
    private void typed(String head, TypeSyntax type, String tail) {
        TypeSyntax innermost = type;
        while (innermost instanceof TypeSyntax.Array || innermost instanceof TypeSyntax.Reference) {
            innermost = innermost instanceof TypeSyntax.Array array
                    ? array.element()
                    : ((TypeSyntax.Reference) innermost).target();
        }
        if (innermost instanceof TypeSyntax.Structure structure) {
            lines.line(head + ExpressionPrinter.text(type));
            structure.fields().forEach(field -> variable(field, null));
            lines.line("END_STRUCT" + tail + ";");
        } else {
            lines.line(head + ExpressionPrinter.text(type) + tail + ";");
        }
    }

    private void block(VariableBlock block) {
        String qualifiers = Arrays.stream(VariableBlock.Qualifier.values())
                .filter(block.qualifiers()::contains)
                .map(qualifier -> " " + qualifier)
                .collect(Collectors.joining());
        lines.line(block.section() + qualifiers);
        block.variables().forEach(variable -> variable(variable, block.section()));
        lines.line("END_VAR");
    }

    private void variable(VariableDeclaration variable, @Nullable Section section) {
        lines.comment(variable.documentation());
        String place = variable.address() == null ? "" : " AT " + ExpressionPrinter.address(variable.address());
        String edge = switch (variable.edge()) {
            case null -> "";
            case RISING -> " R_EDGE";
            case FALLING -> " F_EDGE";
        };
        VariableDeclaration.Path path = variable.path();
        String head = path == null ? name(variable) : path(variable.name(), path, section);
        if (variable.type() == null) {
            lines.line(head + place + value(variable.initializer()) + ";");
            return;
        }
        String mode = section == Section.VAR_ACCESS && path != null && path.writable() ? " READ_WRITE" : "";
        typed(head + place + " : ", variable.type(), edge + mode + value(variable.initializer()));
    }

    private static String value(@Nullable Initializer initializer) {
        return initializer == null ? "" : " := " + ExpressionPrinter.text(initializer);
    }

    /// A variable that has only a place is written with that alone.
    private static String name(VariableDeclaration variable) {
        String text = variable.name().text();
        return text.startsWith("%") ? "" : text;
    }

    private static String path(Name name, VariableDeclaration.Path path, @Nullable Section section) {
        String resource = path.resource() == null ? "" : path.resource() + ".";
        String target = resource + ExpressionPrinter.text(path.target());
        return section == Section.VAR_ACCESS ? name + " : " + target : target;
    }

    private void namespace(Declaration.Namespace namespace) {
        lines.comment(namespace.documentation());
        lines.line("NAMESPACE " + (namespace.internal() ? "INTERNAL " : "") + namespace.name());
        using(namespace.using());
        declarations(namespace.declarations());
        lines.line("END_NAMESPACE");
    }

    private void configuration(Declaration.Configuration configuration) {
        lines.comment(configuration.documentation());
        lines.line("CONFIGURATION " + configuration.name());
        configuration.variables().forEach(this::block);
        for (Declaration.Resource resource : configuration.resources()) {
            boolean named = !resource.name().text().isEmpty();
            if (named) {
                lines.line("RESOURCE " + resource.name() + (resource.type() == null ? "" : " ON " + resource.type()));
            }
            resource.variables().forEach(this::block);
            resource.tasks().forEach(this::task);
            resource.instances().forEach(this::instance);
            if (named) {
                lines.line("END_RESOURCE");
            }
        }
        lines.line("END_CONFIGURATION");
    }

    private void task(Declaration.Task task) {
        String single = task.single() == null ? "" : "SINGLE := " + ExpressionPrinter.text(task.single());
        String interval = task.interval() == null ? "" : "INTERVAL := " + ExpressionPrinter.text(task.interval());
        String priority = task.priority() == null ? "" : "PRIORITY := " + ExpressionPrinter.text(task.priority());
        String settings = List.of(single, interval, priority).stream()
                .filter(setting -> !setting.isEmpty())
                .collect(Collectors.joining(", ", "(", ")"));
        lines.line("TASK " + task.name() + " " + settings + ";");
    }

    private void instance(Declaration.Instance instance) {
        List<String> elements = new ArrayList<>();
        instance.arguments().forEach(argument -> elements.add(ExpressionPrinter.argument(argument)));
        instance.blockTasks().forEach(task -> elements.add(task.instance() + " WITH " + task.task()));
        String given = elements.isEmpty() ? "" : elements.stream().collect(Collectors.joining(", ", "(", ")"));
        lines.line("PROGRAM " + (instance.retain() ? "RETAIN " : "") + instance.name()
                + (instance.task() == null ? "" : " WITH " + instance.task()) + " : " + instance.type() + given + ";");
    }

    private void test(TestDeclaration test) {
        lines.gap();
        boolean titled = test.kind() == TestDeclaration.Kind.TEST;
        lines.line(test.kind() + (titled ? " " + Literal.quoted(test.title(), true) : ""));
        test.variables().forEach(this::block);
        statements.statements(test.statements());
        lines.line("END_" + test.kind());
    }
}
