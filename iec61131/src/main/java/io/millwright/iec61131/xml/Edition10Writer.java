package io.millwright.iec61131.xml;

import io.millwright.iec61131.format.TreePrinter;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.syntax.Declaration.Unit.Kind;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Writes a tree as a project of IEC 61131-10: bodies as text, charts as drawn charts. Reading it gives a program
/// that does the same; the blocks of variables of a unit stand in the order of the schema.
public final class Edition10Writer {
    private static final Set<Section> PARAMETERS = Set.of(Section.VAR_INPUT, Section.VAR_OUTPUT, Section.VAR_IN_OUT);
    private static final Set<Section> IN_FUNCTION = Set.of(Section.VAR, Section.VAR_TEMP, Section.VAR_EXTERNAL);
    private static final Set<Section> IN_METHOD = Set.of(Section.VAR, Section.VAR_TEMP);
    private static final Set<Section> IN_CLASS = Set.of(Section.VAR, Section.VAR_STAT, Section.VAR_EXTERNAL);
    private static final Set<Section> IN_BLOCK =
            Set.of(Section.VAR, Section.VAR_STAT, Section.VAR_EXTERNAL, Section.VAR_TEMP);
    private static final Set<Section> IN_PROGRAM =
            Set.of(Section.VAR, Section.VAR_STAT, Section.VAR_EXTERNAL, Section.VAR_TEMP, Section.VAR_GLOBAL);

    private final XmlText xml = new XmlText();
    private final Edition10TypeWriter types;

    private Edition10Writer(Diagnostics diagnostics) {
        this.types = new Edition10TypeWriter(xml, diagnostics);
    }

    /// The XML of a tree.
    ///
    /// @param created what the file says about when it was made
    /// @param diagnostics where what IEC 61131-10 cannot hold is added, with code `E730`
    public static String write(SyntaxTree tree, String name, Instant created, Diagnostics diagnostics) {
        var writer = new Edition10Writer(diagnostics);
        writer.project(tree, name, created.truncatedTo(ChronoUnit.SECONDS).toString());
        return writer.xml.toString();
    }

    private void project(SyntaxTree tree, String name, String created) {
        xml.open(
                "Project",
                "xmlns",
                "www.iec.ch/public/TC65SC65BWG7TF10",
                "xmlns:xsi",
                "http://www.w3.org/2001/XMLSchema-instance",
                "schemaVersion",
                "1.0");
        xml.empty("FileHeader", "companyName", "Millwright", "productName", "Millwright", "productVersion", "1");
        xml.empty("ContentHeader", "name", name, "creationDateTime", created);
        tree.tests().forEach(t -> types.missing(t.span(), "tests"));
        xml.open("Types").open("GlobalNamespace");
        using(tree.using());
        tree.declarations().forEach(d -> declaration(d, true));
        xml.close("GlobalNamespace").close("Types").open("Instances");
        var configurations = new Edition10ConfigurationWriter(xml, types);
        tree.declarations().forEach(configurations::declaration);
        xml.close("Instances").close("Project");
    }

    private void using(List<QualifiedName> names) {
        names.forEach(n -> xml.leaf("UsingDirective", n.toString()));
    }

    private void declaration(Declaration declaration, boolean isOutermost) {
        switch (declaration) {
            case Declaration.DataType type -> types.dataType(type);
            case Declaration.Unit unit -> unit(unit);
            case Declaration.Interface face -> face(face);
            case Declaration.Namespace space -> {
                xml.open("NamespaceDecl", "name", space.name().toString(), "internal", space.internal() ? "true" : "");
                types.document(space.documentation());
                using(space.using());
                space.declarations().forEach(d -> declaration(d, false));
                xml.close("NamespaceDecl");
            }
            case Declaration.Globals globals -> inNamespace(globals, "VAR_GLOBAL", isOutermost);
            case Declaration.Configuration configuration -> inNamespace(configuration, "CONFIGURATION", isOutermost);
        }
    }

    private void inNamespace(Declaration declaration, String what, boolean isOutermost) {
        if (!isOutermost) {
            types.missing(declaration.span(), what + " in a namespace");
        }
    }

    private void unit(Declaration.Unit unit) {
        String element = switch (unit.kind()) {
            case FUNCTION -> "Function";
            case FUNCTION_BLOCK -> "FunctionBlock";
            case PROGRAM -> "Program";
            case CLASS -> "Class";
        };
        lacks(unit);
        xml.open(
                element,
                "name",
                unit.name().text(),
                "internal",
                has(unit.modifiers(), Modifier.INTERNAL),
                "abstract",
                has(unit.modifiers(), Modifier.ABSTRACT),
                "final",
                has(unit.modifiers(), Modifier.FINAL));
        types.document(unit.documentation());
        using(unit.using());
        named("Extends", unit.base() == null ? List.of() : List.of(unit.base()));
        named("Implements", unit.interfaces());
        if (unit.result() != null) {
            types.type("ResultType", unit.result());
        }
        sections(
                unit.variables(),
                switch (unit.kind()) {
                    case FUNCTION -> IN_FUNCTION;
                    case FUNCTION_BLOCK -> IN_BLOCK;
                    case PROGRAM -> IN_PROGRAM;
                    case CLASS -> IN_CLASS;
                });
        unit.methods().forEach(this::method);
        if (!isEmpty(unit.body())) {
            body("MainBody", unit.body());
        }
        for (Declaration.Action action : unit.actions()) {
            xml.open("Action", "name", action.name().text());
            body("Body", action.body());
            xml.close("Action");
        }
        xml.close(element);
    }

    /// Names what the element of a unit has no place for.
    private void lacks(Declaration.Unit unit) {
        boolean isFunction = unit.kind() == Kind.FUNCTION;
        boolean isClass = unit.kind() == Kind.CLASS;
        boolean hasMethods = unit.kind() == Kind.FUNCTION_BLOCK || isClass;
        unit.properties().forEach(p -> types.missing(p.span(), "properties"));
        if (!hasMethods && !(unit.methods().isEmpty() && unit.base() == null)) {
            types.missing(unit.name().span(), "methods and inheritance of a " + unit.kind());
        }
        if ((isFunction || isClass) && !unit.actions().isEmpty()) {
            types.missing(unit.name().span(), "actions of a " + unit.kind());
        }
        if (isClass && !isEmpty(unit.body())) {
            types.missing(unit.name().span(), "body of a CLASS");
        }
        if (unit.modifiers().contains(Modifier.PRIVATE) || unit.modifiers().contains(Modifier.PROTECTED)) {
            types.missing(unit.name().span(), "units that are PRIVATE or PROTECTED");
        }
    }

    private static boolean isEmpty(Body body) {
        return body instanceof Body.StructuredText(var statements, var _) && statements.isEmpty();
    }

    private static String has(Set<Modifier> modifiers, Modifier modifier) {
        return modifiers.contains(modifier) ? "true" : "";
    }

    private void named(String element, List<QualifiedName> names) {
        for (QualifiedName name : names) {
            xml.open(element);
            xml.leaf("TypeName", name.toString());
            xml.close(element);
        }
    }

    private void face(Declaration.Interface face) {
        face.properties().forEach(p -> types.missing(p.span(), "properties"));
        xml.open("Interface", "name", face.name().text());
        types.document(face.documentation());
        named("Extends", face.bases());
        for (Declaration.Method method : face.methods()) {
            xml.open("Method", "name", method.name().text());
            signature(method, Set.of());
            xml.close("Method");
        }
        xml.close("Interface");
    }

    private void method(Declaration.Method method) {
        Set<Modifier> modifiers = method.modifiers();
        List<Modifier> access = List.of(Modifier.PRIVATE, Modifier.PROTECTED, Modifier.INTERNAL).stream()
                .filter(modifiers::contains)
                .toList();
        xml.open(
                "Method",
                "name",
                method.name().text(),
                "abstract",
                has(modifiers, Modifier.ABSTRACT),
                "final",
                has(modifiers, Modifier.FINAL),
                "override",
                has(modifiers, Modifier.OVERRIDE),
                "accessSpecifier",
                access.isEmpty() ? "public" : access.getFirst().name().toLowerCase(Locale.ROOT));
        signature(method, IN_METHOD);
        if (method.body() != null) {
            body("Body", method.body());
        }
        xml.close("Method");
    }

    private void signature(Declaration.Method method, Set<Section> locals) {
        types.document(method.documentation());
        if (method.result() != null) {
            types.type("ResultType", method.result());
        }
        sections(method.variables(), locals);
    }

    /// The blocks of variables in the order of the schema. What a unit or method does not keep is temporary.
    private void sections(List<VariableBlock> blocks, Set<Section> allowed) {
        boolean keeps = !allowed.equals(IN_FUNCTION) && !allowed.equals(IN_METHOD);
        List<VariableBlock> parameters = new ArrayList<>();
        for (VariableBlock block : blocks) {
            boolean isParameter = PARAMETERS.contains(block.section()) && !allowed.equals(IN_CLASS);
            if (isParameter) {
                parameters.add(block);
            } else if (!allowed.contains(block.section())) {
                types.missing(block.span(), block.section() + " here");
            }
        }
        List<VariableBlock> rest =
                blocks.stream().filter(b -> allowed.contains(b.section())).toList();
        write(rest, "GlobalVars", Set.of(Section.VAR_GLOBAL));
        types.parameters(parameters);
        write(rest, "ExternalVars", Set.of(Section.VAR_EXTERNAL));
        if (keeps) {
            write(rest, "Vars", Set.of(Section.VAR, Section.VAR_STAT));
        }
        write(rest, "TempVars", keeps ? Set.of(Section.VAR_TEMP) : Set.of(Section.VAR, Section.VAR_TEMP));
    }

    private void write(List<VariableBlock> blocks, String element, Set<Section> sections) {
        blocks.stream().filter(b -> sections.contains(b.section())).forEach(b -> types.block(element, b));
    }

    private void body(String element, Body body) {
        xml.open(element);
        switch (body) {
            case Body.Chart chart -> {
                xml.open("BodyContent", "xsi:type", "SFC");
                new Edition10ChartWriter(xml, chart).write();
                xml.close("BodyContent");
            }
            case Body.StructuredText _ -> text("ST", body);
            case Body.InstructionList _ -> text("IL", body);
        }
        xml.close(element);
    }

    private void text(String language, Body body) {
        xml.open("BodyContent", "xsi:type", language);
        xml.leaf(language, TreePrinter.print(body));
        xml.close("BodyContent");
    }
}
