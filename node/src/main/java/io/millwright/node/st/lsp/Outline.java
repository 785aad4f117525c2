package io.millwright.node.st.lsp;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/// What a text declares, as a tree.
final class Outline {
    private Outline() {}

    static List<DocumentSymbol> of(SyntaxTree tree) {
        List<DocumentSymbol> all = new ArrayList<>();
        tree.declarations().forEach(d -> all.addAll(declaration(d)));
        for (TestDeclaration test : tree.tests()) {
            String name = test.kind() + (test.title().isEmpty() ? "" : " '" + test.title() + "'");
            Span head =
                    test.span().source().span(test.span().start(), test.span().start());
            all.add(symbol(name, SymbolKind.Event, test.span(), head, variables(test.variables())));
        }
        return all;
    }

    /// The declarations of all texts whose names contain a text.
    static List<WorkspaceSymbol> named(List<SyntaxTree> trees, String part) {
        List<WorkspaceSymbol> all = new ArrayList<>();
        for (SyntaxTree tree : trees) {
            for (DocumentSymbol symbol : of(tree)) {
                if (symbol.getName().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT))) {
                    var place = new Location(tree.source().name(), symbol.getSelectionRange());
                    all.add(new WorkspaceSymbol(symbol.getName(), symbol.getKind(), Either.forLeft(place)));
                }
            }
        }
        return all;
    }

    private static DocumentSymbol symbol(
            String name, SymbolKind kind, Span whole, Span head, List<DocumentSymbol> children) {
        Span all = whole.known();
        Span part = head.known();
        // In XML the head may stand behind the place of the whole.
        Span around = all.source().span(Math.min(all.start(), part.start()), Math.max(all.end(), part.end()));
        var symbol = new DocumentSymbol(
                name.isBlank() ? "(no name)" : name, kind, Positions.range(around), Positions.range(part));
        symbol.setChildren(children);
        return symbol;
    }

    private static List<DocumentSymbol> declaration(Declaration declaration) {
        Span whole = declaration.span();
        return switch (declaration) {
            case Declaration.Unit unit ->
                List.of(symbol(
                        unit.name().text(), kind(unit), whole, unit.name().span(), members(unit)));
            case Declaration.Interface face -> {
                List<DocumentSymbol> methods =
                        face.methods().stream().map(Outline::method).toList();
                yield List.of(symbol(
                        face.name().text(),
                        SymbolKind.Interface,
                        whole,
                        face.name().span(),
                        methods));
            }
            case Declaration.DataType type -> {
                List<DocumentSymbol> fields = type.type() instanceof TypeSyntax.Structure structure
                        ? structure.fields().stream().map(Outline::variable).toList()
                        : List.of();
                SymbolKind kind = type.type() instanceof TypeSyntax.Enumeration ? SymbolKind.Enum : SymbolKind.Struct;
                yield List.of(
                        symbol(type.name().text(), kind, whole, type.name().span(), fields));
            }
            case Declaration.Globals globals -> variables(List.of(globals.block()));
            case Declaration.Namespace namespace -> {
                List<DocumentSymbol> inner = namespace.declarations().stream()
                        .flatMap(d -> declaration(d).stream())
                        .toList();
                yield List.of(symbol(
                        namespace.name().toString(),
                        SymbolKind.Namespace,
                        whole,
                        namespace.name().span(),
                        inner));
            }
            case Declaration.Configuration configuration ->
                List.of(symbol(
                        configuration.name().text(),
                        SymbolKind.Module,
                        whole,
                        configuration.name().span(),
                        variables(configuration.variables())));
        };
    }

    private static SymbolKind kind(Declaration.Unit unit) {
        return switch (unit.kind()) {
            case FUNCTION -> SymbolKind.Function;
            case FUNCTION_BLOCK, CLASS -> SymbolKind.Class;
            case PROGRAM -> SymbolKind.Module;
        };
    }

    private static List<DocumentSymbol> members(Declaration.Unit unit) {
        List<DocumentSymbol> all = new ArrayList<>(variables(unit.variables()));
        unit.methods().forEach(m -> all.add(method(m)));
        for (Declaration.Property property : unit.properties()) {
            Span head = property.name().span();
            all.add(symbol(property.name().text(), SymbolKind.Property, property.span(), head, List.of()));
        }
        for (Declaration.Action action : unit.actions()) {
            Span head = action.name().span();
            all.add(symbol(action.name().text(), SymbolKind.Method, action.span(), head, List.of()));
        }
        return all;
    }

    private static DocumentSymbol method(Declaration.Method method) {
        List<DocumentSymbol> inner = variables(method.variables());
        return symbol(
                method.name().text(),
                SymbolKind.Method,
                method.span(),
                method.name().span(),
                inner);
    }

    private static List<DocumentSymbol> variables(List<VariableBlock> blocks) {
        return blocks.stream()
                .flatMap(b -> b.variables().stream())
                .map(Outline::variable)
                .toList();
    }

    private static DocumentSymbol variable(VariableDeclaration variable) {
        Span name = variable.name().span();
        return symbol(variable.name().text(), SymbolKind.Variable, name, name, List.of());
    }
}
