package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.Access;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.check.TestWord;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionItemLabelDetails;
import org.jspecify.annotations.Nullable;

/// What may be written at a place: after a dot or `#` the members of what stands before it, else every name
/// that is seen there, what is asked for at the place first: values of the enumeration, parameters of the call.
final class Completions {
    private final Map<String, CompletionItem> first = new LinkedHashMap<>();
    private final Map<String, CompletionItem> items = new LinkedHashMap<>();
    private final Set<String> functions = new HashSet<>();
    private final Set<String> instances = new HashSet<>();

    private Completions() {}

    /// @param askedAlone nothing but what is asked for at the place
    static List<CompletionItem> at(Workspace workspace, Source source, int offset, boolean askedAlone) {
        var completions = new Completions();
        int start = wordStart(source.text(), offset);
        Writing writing = Writing.at(source, start);
        if (writing instanceof Writing.Member(int end)) {
            var owner = Unfinished.find(workspace, source, start, offset, u -> Owner.of(u, end));
            if (owner != null) {
                completions.members(owner.type(), owner.access());
            }
        } else {
            completions.names(workspace.analysis(), source.name(), offset);
            completions.asked(workspace, source, start, offset, writing);
        }
        if (!askedAlone) {
            completions.items.forEach(completions.first::putIfAbsent);
        }
        return new ArrayList<>(completions.first.values());
    }

    /// A type and what may be used of it.
    private record Owner(Type type, Access access) {
        static @Nullable Owner of(Unfinished text, int end) {
            Type type = text.typeEnding(end);
            return type == null ? null : new Owner(type, text.access());
        }
    }

    /// What the place asks for, before everything else.
    private void asked(Workspace workspace, Source source, int start, int offset, Writing writing) {
        switch (writing) {
            case Writing.Beside(int end) -> Unfinished.find(workspace, source, start, offset, u -> values(u, end));
            case Writing.Label(int end) -> Unfinished.find(workspace, source, start, offset, u -> values(u, end));
            case Writing.Argument argument -> {
                if (Unfinished.find(workspace, source, start, offset, u -> arguments(u, argument)) == null) {
                    uncalled(workspace, source, start, offset, argument);
                }
            }
            case Writing.Mocked(boolean function) -> {
                var mocked = function ? functions : instances;
                items.entrySet().stream()
                        .filter(e -> mocked.contains(e.getKey()))
                        .forEach(e -> first(e.getKey(), e.getValue()));
            }
            case Writing.Member _, Writing.Other _ -> {}
        }
    }

    /// Standard functions mostly take arguments without names; an assertion compares its second one with the first.
    private void uncalled(Workspace workspace, Source source, int start, int offset, Writing.Argument argument) {
        String text = source.text();
        String name =
                text.substring(wordStart(text, argument.end()), argument.end()).toUpperCase(Locale.ROOT);
        StandardFunction standard = StandardFunctions.find(name);
        if (standard != null) {
            for (StandardFunction.Parameter parameter : standard.parameters()) {
                String written = parameter.name() + " := ";
                var item = item(
                        written,
                        CompletionItemKind.Property,
                        parameter.constraint().name());
                item.setSortText("~" + written);
                items.put(written, item);
            }
        } else if (TestWord.find(name) != null && argument.number() == 1) {
            Unfinished.find(workspace, source, start, offset, u -> values(u, argument.before()));
        }
    }

    private void first(String key, CompletionItem item) {
        item.setSortText("!%03d".formatted(first.size()));
        first.putIfAbsent(key, item);
    }

    /// The parameters of what is called that have no argument yet, and the values of the one that has its turn.
    private @Nullable Called arguments(Unfinished text, Writing.Argument argument) {
        Called called = Called.ending(text, argument.end());
        for (Variable parameter : called == null ? List.<Variable>of() : called.parameters()) {
            if (!argument.given().contains(parameter.name().toUpperCase(Locale.ROOT))) {
                String written = parameter.name() + (parameter.role() == Variable.Role.OUTPUT ? " => " : " := ");
                var item = item(
                        written.strip(),
                        CompletionItemKind.Property,
                        parameter.type().name());
                item.setFilterText(parameter.name());
                item.setInsertText(written);
                first(written, item);
            }
        }
        Variable taken = called != null && argument.given().isEmpty() ? called.taken(argument.number()) : null;
        if (taken != null) {
            values(text, taken.type());
        }
        return called;
    }

    private @Nullable Type values(Unfinished text, int end) {
        Type type = text.typeEnding(end);
        if (type != null) {
            values(text, type);
        }
        return type;
    }

    /// The values of an enumeration, with its type where the name alone is not seen or means something else.
    private void values(Unfinished text, Type type) {
        if (!(type.resolved() instanceof EnumerationType enumeration)) {
            return;
        }
        Scope scope = text.access().scope();
        for (String value : enumeration.values().keySet()) {
            CompletionItem known = items.get(value.toUpperCase(Locale.ROOT));
            boolean hidden = known != null && known.getKind() != CompletionItemKind.EnumMember;
            boolean seen = resolved(scope, value) instanceof Symbol.OfEnumeration(var _, var types)
                    && types.contains(enumeration);
            boolean alone = !enumeration.isNamed() || seen && !hidden;
            String written = alone ? value : path(text.analysis(), scope, enumeration) + "#" + value;
            var item = item(written, CompletionItemKind.EnumMember, type.name());
            item.setFilterText(value);
            first(written.toUpperCase(Locale.ROOT), item);
        }
    }

    private static @Nullable Symbol resolved(Scope scope, String name) {
        Symbol symbol = scope.find(name);
        return symbol == null ? null : symbol.resolved();
    }

    /// The name of a type, with those of its namespaces where it is not seen without.
    private static String path(Analysis analysis, Scope scope, EnumerationType type) {
        boolean seen = scope.find(type.name()) instanceof Symbol.OfType(var found, var _) && found.resolved() == type;
        var path = new StringBuilder();
        if (!seen) {
            Span declared = type.declared();
            analysis.trees(declared.source().name()).forEach(t -> namespaces(t.declarations(), declared, path));
        }
        return path.append(type.name()).toString();
    }

    private static void namespaces(List<Declaration> declarations, Span place, StringBuilder path) {
        for (Declaration declaration : declarations) {
            if (declaration instanceof Declaration.Namespace namespace && surrounds(namespace.span(), place)) {
                path.append(namespace.name()).append('.');
                namespaces(namespace.declarations(), place, path);
            }
        }
    }

    /// Places in XML tell only where something begins.
    private static boolean surrounds(Span whole, Span part) {
        return whole.source() == part.source()
                ? whole.start() <= part.start() && part.end() <= whole.end()
                : Unfinished.contains(whole, part.known().start());
    }

    static int wordStart(String text, int offset) {
        int start = offset;
        while (start > 0 && isPartOfName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void add(String name, CompletionItemKind kind, String detail) {
        if (!name.startsWith("~")) {
            items.putIfAbsent(name.toUpperCase(Locale.ROOT), item(name, kind, detail));
        }
    }

    private static CompletionItem item(String label, CompletionItemKind kind, String detail) {
        var item = new CompletionItem(label);
        item.setKind(kind);
        item.setDetail(detail);
        var beside = new CompletionItemLabelDetails();
        beside.setDescription(detail);
        item.setLabelDetails(beside);
        return item;
    }

    private void target(Object target) {
        switch (target) {
            case Variable variable ->
                add(
                        variable.name(),
                        CompletionItemKind.Variable,
                        variable.type().name());
            case Signature signature ->
                add(
                        signature.name(),
                        signature.kind() == Signature.Kind.FUNCTION
                                ? CompletionItemKind.Function
                                : CompletionItemKind.Method,
                        Descriptions.signature(signature).lines().findFirst().orElse(""));
            case UnitType unit ->
                add(unit.name(), CompletionItemKind.Class, unit.kind().name());
            case Type type -> add(type.name(), CompletionItemKind.Struct, "");
            default -> {}
        }
    }

    /// What belongs to a block's inside is offered after what it is used by.
    private void variable(UnitType unit, Variable variable, Access access) {
        if (access.permits(unit, variable)) {
            target(variable);
            CompletionItem item = items.get(variable.name().toUpperCase(Locale.ROOT));
            if (item != null && variable.role() == Variable.Role.STATE && access.self() != unit) {
                item.setSortText("~" + variable.name());
            }
        }
    }

    private void members(Type type, Access access) {
        switch (type.resolved()) {
            case UnitType unit -> {
                unit.allVariables().forEach(v -> variable(unit, v, access));
                for (UnitType u = unit; u != null; u = u.base()) {
                    u.methods().stream().filter(access::permits).forEach(this::target);
                }
            }
            case StructureType structure -> structure.fields().forEach(this::target);
            case InterfaceType face -> face.methods().forEach(this::target);
            case EnumerationType enumeration ->
                enumeration.values().keySet().forEach(v -> add(v, CompletionItemKind.EnumMember, type.name()));
            case ReferenceType reference -> members(reference.target(), access);
            default -> {}
        }
    }

    private void names(Analysis analysis, String source, int offset) {
        for (SyntaxTree tree : analysis.trees(source)) {
            tree.declarations().forEach(d -> local(d, analysis, offset));
            tree.tests().stream()
                    .filter(t -> t.kind() == TestDeclaration.Kind.SETUP || Unfinished.contains(t.span(), offset))
                    .forEach(t -> blocks(t.variables(), analysis.checked().scope()));
        }
        Access access = Unfinished.access(analysis, source, offset);
        if (access.inTest()) {
            for (TestWord word : TestWord.values()) {
                add(word.name(), CompletionItemKind.Function, word.meaning());
            }
        }
        access.scope().visible().forEach((key, symbol) -> {
            switch (symbol.resolved()) {
                case null -> {}
                case Symbol.OfVariable(var variable) -> target(variable);
                case Symbol.OfType(var type, var _) -> target(type);
                case Symbol.OfFunction(var signature) -> {
                    target(signature);
                    functions.add(signature.result() == null ? "" : key);
                }
                case Symbol.OfOverloads(var functions, var _) ->
                    add(functions.name(), CompletionItemKind.Function, "several forms");
                case Symbol.OfEnumeration(var name, var types) ->
                    add(name, CompletionItemKind.EnumMember, types.getFirst().name());
                case Symbol.OfScope(var name, var _, var _) -> add(name, CompletionItemKind.Module, "");
                default -> {}
            }
        });
        for (Declaration declaration : StandardLibrary.tree().declarations()) {
            if (declaration instanceof Declaration.Unit unit) {
                add(unit.name().text(), CompletionItemKind.Class, unit.kind().name());
            }
        }
        StandardFunctions.names().forEach(n -> add(n, CompletionItemKind.Function, "standard function"));
        for (Elementary type : Elementary.values()) {
            add(type.name(), CompletionItemKind.Keyword, "");
        }
        for (Kind kind : Kind.values()) {
            if (kind.isKeyword()) {
                add(kind.name(), CompletionItemKind.Keyword, "");
            }
        }
    }

    /// The variables of the unit, and of its method, that the place lies in.
    private void local(Declaration declaration, Analysis analysis, int offset) {
        if (!Unfinished.contains(declaration.span(), offset)) {
            return;
        }
        switch (declaration) {
            case Declaration.Unit unit -> {
                Scope scope = analysis.checked().scope();
                unit.methods().stream()
                        .filter(m -> Unfinished.contains(m.span(), offset))
                        .forEach(m -> blocks(m.variables(), scope));
                blocks(unit.variables(), scope);
                Symbol symbol = analysis.checked().scope().find(unit.name().text());
                if (symbol instanceof Symbol.OfType(var type, var _)) {
                    members(
                            type,
                            Unfinished.access(analysis, unit.span().source().name(), offset));
                }
            }
            case Declaration.Namespace namespace -> namespace.declarations().forEach(d -> local(d, analysis, offset));
            default -> {}
        }
    }

    private void blocks(List<VariableBlock> blocks, Scope scope) {
        for (VariableBlock block : blocks) {
            for (VariableDeclaration variable : block.variables()) {
                String name = variable.name().text();
                add(
                        name,
                        CompletionItemKind.Variable,
                        variable.span().text().lines().findFirst().orElse(""));
                if (variable.type() instanceof TypeSyntax.Named(var type)
                        && resolved(scope, type.last().text()) instanceof Symbol.OfType(var of, var _)
                        && of.resolved() instanceof UnitType) {
                    instances.add(name.toUpperCase(Locale.ROOT));
                }
            }
        }
    }
}
