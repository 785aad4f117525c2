package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.Access;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Kind;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.type.ArrayType;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.CompletionItemLabelDetails;
import org.jspecify.annotations.Nullable;

/// What may be written at a place: after a dot or `#` the members of what stands before it, else every name
/// that is seen there.
final class Completions {
    /// What may be missing behind the dot: the end of a statement, nothing but a name as in a call that goes
    /// on, or the end of a call.
    private static final List<String> ENDS = List.of("x;", "x", "x);");

    private final Map<String, CompletionItem> items = new LinkedHashMap<>();

    private Completions() {}

    static List<CompletionItem> at(Workspace workspace, Source source, int offset) {
        var completions = new Completions();
        int start = wordStart(source.text(), offset);
        char before = start == 0 ? ' ' : source.text().charAt(start - 1);
        if (before == '.' || before == '#') {
            completions.members(workspace, source, start, offset);
        } else {
            completions.names(workspace.analysis(), source.name(), offset);
        }
        return new ArrayList<>(completions.items.values());
    }

    private static int wordStart(String text, int offset) {
        int start = offset;
        while (start > 0 && isPartOfName(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static boolean isPartOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void add(String name, CompletionItemKind kind, String detail) {
        if (!name.startsWith("~")) {
            var item = new CompletionItem(name);
            item.setKind(kind);
            item.setDetail(detail);
            var beside = new CompletionItemLabelDetails();
            beside.setDescription(detail);
            item.setLabelDetails(beside);
            items.putIfAbsent(name.toUpperCase(Locale.ROOT), item);
        }
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

    /// The text as it would be with a name behind the dot, so that what stands before it is looked at.
    private void members(Workspace workspace, Source source, int start, int offset) {
        String text = source.text();
        Object owner = null;
        Analysis analysis = workspace.analysis();
        for (int i = 0; owner == null && i < ENDS.size(); i++) {
            var whole = new Source(source.name(), text.substring(0, start) + ENDS.get(i) + text.substring(offset));
            analysis = workspace.analysisWith(Map.of(whole.name(), whole));
            owner = owner(analysis, whole, start - 1);
        }
        if (owner == null) {
            return;
        }
        Type type = switch (owner) {
            case Variable variable -> variable.type();
            case Signature signature
            when signature.result() != null -> signature.result().type();
            case Type of -> of;
            default -> null;
        };
        if (type != null) {
            boolean array = start >= 2 && text.charAt(start - 2) == ']' && type.resolved() instanceof ArrayType;
            members(array ? ((ArrayType) type.resolved()).element() : type, access(analysis, source.name(), start));
        }
    }

    private static @Nullable Object owner(Analysis analysis, Source source, int dot) {
        int end = dot;
        if (end > 0 && source.text().charAt(end - 1) == '^') {
            end--;
        }
        if (end > 0 && source.text().charAt(end - 1) == ']') {
            int depth = 0;
            do {
                end--;
                char c = source.text().charAt(end);
                depth += c == ']' ? 1 : c == '[' ? -1 : 0;
            } while (end > 0 && depth > 0);
        }
        Object found = analysis.endingAt(source.name(), end);
        if (found != null) {
            return found;
        }
        String name = source.text().substring(wordStart(source.text(), end), end);
        UnitType self = access(analysis, source.name(), dot).self();
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "THIS" -> self;
            case "SUPER" -> self == null ? null : self.base();
            default -> analysis.checked().scope().find(name) instanceof Symbol.OfType(var type, var _) ? type : null;
        };
    }

    /// What may be used at a place.
    private static Access access(Analysis analysis, String source, int offset) {
        Scope scope = analysis.checked().scope();
        boolean inTest = false;
        UnitType self = null;
        for (SyntaxTree tree : analysis.trees(source)) {
            inTest |= tree.tests().stream().anyMatch(t -> contains(t.span(), offset));
            List<Declaration> around = tree.declarations();
            while (!around.isEmpty()) {
                Declaration inside = around.stream()
                        .filter(d -> contains(d.span(), offset))
                        .findFirst()
                        .orElse(null);
                around = List.of();
                if (inside instanceof Declaration.Unit unit
                        && scope.find(unit.name().text()) instanceof Symbol.OfType(UnitType type, var _)) {
                    self = type;
                } else if (inside instanceof Declaration.Namespace namespace) {
                    scope = within(scope, namespace);
                    around = namespace.declarations();
                }
            }
        }
        return new Access(self, scope, inTest);
    }

    private static Scope within(Scope scope, Declaration.Namespace namespace) {
        Scope within = scope;
        for (Name part : namespace.name().parts()) {
            within = within.find(part.text()) instanceof Symbol.OfScope(var _, var inner, var _) ? inner : within;
        }
        return within;
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
                    .filter(t -> t.kind() == TestDeclaration.Kind.SETUP || contains(t.span(), offset))
                    .forEach(t -> blocks(t.variables()));
        }
        analysis.checked().scope().visible().forEach((key, symbol) -> {
            switch (symbol) {
                case Symbol.OfVariable(var variable) -> target(variable);
                case Symbol.OfType(var type, var _) -> target(type);
                case Symbol.OfFunction(var signature) -> target(signature);
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

    private static boolean contains(Span place, int offset) {
        Span span = place.known();
        return span.start() <= offset && offset <= span.end();
    }

    /// The variables of the unit, and of its method, that the place lies in.
    private void local(Declaration declaration, Analysis analysis, int offset) {
        if (!contains(declaration.span(), offset)) {
            return;
        }
        switch (declaration) {
            case Declaration.Unit unit -> {
                unit.methods().stream().filter(m -> contains(m.span(), offset)).forEach(m -> blocks(m.variables()));
                blocks(unit.variables());
                Symbol symbol = analysis.checked().scope().find(unit.name().text());
                if (symbol instanceof Symbol.OfType(var type, var _)) {
                    members(type, access(analysis, unit.span().source().name(), offset));
                }
            }
            case Declaration.Namespace namespace -> namespace.declarations().forEach(d -> local(d, analysis, offset));
            default -> {}
        }
    }

    private void blocks(List<VariableBlock> blocks) {
        blocks.forEach(b -> b.variables()
                .forEach(v -> add(
                        v.name().text(),
                        CompletionItemKind.Variable,
                        v.span().text().lines().findFirst().orElse(""))));
    }
}
