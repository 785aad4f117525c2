package io.millwright.node.st.doc;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Initializer;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Qualifier;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.node.st.doc.Topic.Kind;
import io.millwright.node.st.doc.Topic.Member;
import io.millwright.node.st.doc.Topic.Row;
import io.millwright.node.st.doc.Topic.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds what a program declares.
final class Topics {
    private final List<Topic> topics = new ArrayList<>();
    private final Set<String> pages = new HashSet<>(Set.of("index.html"));

    private Topics() {}

    /// All topics, by kind and name.
    static List<Topic> of(List<SyntaxTree> trees) {
        var topics = new Topics();
        trees.forEach(t -> topics.declarations(t.declarations(), ""));
        topics.topics.sort(Comparator.comparing(Topic::kind).thenComparing(Topic::name, String.CASE_INSENSITIVE_ORDER));
        return List.copyOf(topics.topics);
    }

    private void declarations(List<Declaration> declarations, String namespace) {
        for (Declaration declaration : declarations) {
            switch (declaration) {
                case Declaration.Unit unit -> unit(unit, namespace);
                case Declaration.Interface face ->
                    add(
                            namespace + face.name(),
                            Kind.INTERFACE,
                            "INTERFACE " + face.name() + list(" EXTENDS ", face.bases()),
                            face,
                            List.of(),
                            members(face.methods(), face.properties(), List.of()));
                case Declaration.DataType type -> type(type, namespace);
                case Declaration.Globals globals -> globals(globals, namespace);
                case Declaration.Namespace inner -> declarations(inner.declarations(), namespace + inner.name() + ".");
                case Declaration.Configuration configuration -> {
                    List<VariableBlock> blocks = new ArrayList<>(configuration.variables());
                    configuration.resources().forEach(r -> blocks.addAll(r.variables()));
                    if (!blocks.isEmpty()) {
                        String name = configuration.name().text();
                        add(name, Kind.GLOBALS, "CONFIGURATION " + name, configuration, tables(blocks), List.of());
                    }
                }
            }
        }
    }

    private void add(
            String name, Kind kind, String heading, Declaration declaration, List<Table> tables, List<Member> members) {
        topics.add(new Topic(
                name, kind, heading, declaration.documentation(), declaration.span(), page(name), tables, members));
    }

    /// A file's name that no other topic has, not even in other letters.
    private String page(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.-]", "_");
        String page = plain + ".html";
        for (int i = 2; !pages.add(page.toLowerCase(Locale.ROOT)); i++) {
            page = plain + "-" + i + ".html";
        }
        return page;
    }

    private void unit(Declaration.Unit unit, String namespace) {
        String modifiers = unit.modifiers().stream().sorted().map(m -> m + " ").collect(Collectors.joining());
        String base = unit.base() == null ? "" : " EXTENDS " + unit.base();
        String result = unit.result() == null ? "" : " : " + text(unit.result().span());
        String heading =
                unit.kind() + " " + modifiers + unit.name() + base + list(" IMPLEMENTS ", unit.interfaces()) + result;
        List<Table> tables = new ArrayList<>(tables(unit.variables()));
        if (unit.result() != null) {
            Row row = new Row(unit.name().text(), text(unit.result().span()), "", "");
            tables.addFirst(new Table(Label.RESULT, List.of(row)));
        }
        add(
                namespace + unit.name(),
                Kind.valueOf(unit.kind().name()),
                heading,
                unit,
                tables,
                members(unit.methods(), unit.properties(), unit.actions()));
    }

    private static String list(String before, List<QualifiedName> names) {
        return names.isEmpty()
                ? ""
                : before + names.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    }

    private static List<Member> members(
            List<Declaration.Method> methods, List<Declaration.Property> properties, List<Declaration.Action> actions) {
        List<Member> members = new ArrayList<>();
        for (Declaration.Method method : methods) {
            String result =
                    method.result() == null ? "" : " : " + text(method.result().span());
            List<VariableBlock> parameters = method.variables().stream()
                    .filter(b ->
                            section(b) == Label.INPUTS || section(b) == Label.OUTPUTS || section(b) == Label.IN_OUTS)
                    .toList();
            members.add(new Member("METHOD " + method.name() + result, method.documentation(), tables(parameters)));
        }
        for (Declaration.Property property : properties) {
            String sides = (property.get() == null ? "" : " GET") + (property.set() == null ? "" : " SET");
            String heading =
                    "PROPERTY " + property.name() + " : " + text(property.type().span()) + sides;
            members.add(new Member(heading, property.documentation(), List.of()));
        }
        actions.forEach(a -> members.add(new Member("ACTION " + a.name(), "", List.of())));
        return members;
    }

    private void type(Declaration.DataType type, String namespace) {
        String name = type.name().text();
        String initial = type.initializer() == null
                ? ""
                : " := " + text(type.initializer().span());
        List<Table> tables = switch (type.type()) {
            case TypeSyntax.Structure structure ->
                List.of(new Table(
                        Label.FIELDS,
                        structure.fields().stream().map(Topics::row).toList()));
            case TypeSyntax.Enumeration enumeration ->
                List.of(new Table(
                        Label.VALUES,
                        enumeration.values().stream()
                                .map(v -> new Row(
                                        v.name().text(),
                                        "",
                                        v.value() == null ? "" : text(v.value().span()),
                                        ""))
                                .toList()));
            default -> List.of();
        };
        String of = switch (type.type()) {
            case TypeSyntax.Structure structure -> structure.overlap() ? "STRUCT OVERLAP" : "STRUCT";
            case TypeSyntax.Enumeration _ -> "(…)";
            default -> text(type.type().span());
        };
        add(namespace + name, Kind.TYPE, "TYPE " + name + " : " + of + initial, type, tables, List.of());
    }

    private void globals(Declaration.Globals globals, String namespace) {
        Name list = globals.name();
        Path file = Path.of(globals.span().source().name()).getFileName();
        String name = list != null ? list.text() : String.valueOf(file);
        add(namespace + name, Kind.GLOBALS, "VAR_GLOBAL", globals, tables(List.of(globals.block())), List.of());
    }

    private static List<Table> tables(List<VariableBlock> blocks) {
        Map<Label, List<Row>> rows = new EnumMap<>(Label.class);
        for (VariableBlock block : blocks) {
            block.variables()
                    .forEach(v -> rows.computeIfAbsent(section(block), _ -> new ArrayList<>())
                            .add(row(v)));
        }
        return rows.entrySet().stream()
                .map(e -> new Table(e.getKey(), e.getValue()))
                .toList();
    }

    private static Label section(VariableBlock block) {
        boolean constant = block.qualifiers().contains(Qualifier.CONSTANT);
        return switch (block.section()) {
            case VAR_INPUT -> Label.INPUTS;
            case VAR_OUTPUT -> Label.OUTPUTS;
            case VAR_IN_OUT -> Label.IN_OUTS;
            case VAR_EXTERNAL -> Label.EXTERNALS;
            case VAR_GLOBAL -> constant ? Label.CONSTANTS : Label.GLOBALS;
            default -> constant ? Label.CONSTANTS : Label.VARIABLES;
        };
    }

    private static Row row(VariableDeclaration variable) {
        String edge = variable.edge() == null
                ? ""
                : variable.edge() == VariableDeclaration.Edge.RISING ? " R_EDGE" : " F_EDGE";
        Initializer initial = variable.initializer();
        return new Row(
                variable.name().text(),
                text(variable.type()) + edge,
                initial == null ? "" : text(initial.span()),
                variable.documentation());
    }

    private static String text(@Nullable TypeSyntax type) {
        return type == null ? "" : text(type.span());
    }

    private static String text(Span span) {
        return span.text().replaceAll("\\s+", " ").strip();
    }
}
