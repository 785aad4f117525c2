package io.millwright.node.st.lsp;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Landmark;
import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.check.Usages.Usage;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.type.AliasType;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known about one state of the texts. What a name means is told by where it is declared: a function
/// and its result, the body of a block and the block, are one.
final class Analysis {
    private final List<SyntaxTree> trees;
    private final Checked checked;
    private final Map<Span, Object> declared = new LinkedHashMap<>();

    Analysis(List<SyntaxTree> trees, Checked checked) {
        this.trees = trees;
        this.checked = checked;
    }

    /// Everything that is declared, by where its name stands.
    private Map<Span, Object> declared() {
        if (declared.isEmpty()) {
            checked.scope().visible().values().forEach(this::declare);
            checked.usages().all().forEach(u -> declare(u.target()));
        }
        return declared;
    }

    /// Everything that is declared.
    Collection<Object> targets() {
        return declared().values();
    }

    Checked checked() {
        return checked;
    }

    List<SyntaxTree> trees() {
        return trees;
    }

    /// The trees that a text consists of.
    List<SyntaxTree> trees(String name) {
        return trees.stream().filter(t -> t.source().name().equals(name)).toList();
    }

    private void declare(Symbol symbol) {
        switch (symbol) {
            case Symbol.OfVariable(var variable) -> declare(variable);
            case Symbol.OfType(var type, var _) -> declare(type);
            case Symbol.OfFunction(var signature) -> declare(signature);
            case Symbol.OfOverloads(var functions, var _) ->
                functions.signatures().forEach(this::declare);
            case Symbol.OfMethod(var signature) -> declare(signature);
            case Symbol.OfScope(var _, var scope, var _) -> {
                for (Symbol inner : scope.visible().values()) {
                    boolean known = inner.declared() == null || declared.containsKey(inner.declared());
                    if (!known && !(inner instanceof Symbol.OfScope)) {
                        declare(inner);
                    }
                }
            }
            default -> {}
        }
    }

    private void declare(Object target) {
        Span span = declared(target);
        if (span == null || declared.putIfAbsent(span, target) != null) {
            return;
        }
        switch (target) {
            case UnitType unit -> {
                unit.variables().forEach(this::declare);
                unit.methods().forEach(this::declare);
            }
            case StructureType structure -> structure.fields().forEach(this::declare);
            case Signature signature -> signature.parameters().forEach(this::declare);
            case EnumerationType enumeration -> enumeration.named().forEach(this::declare);
            case Variable variable
            when variable.type() instanceof EnumerationType own && !own.isNamed() ->
                own.named().forEach(this::declare);
            default -> {}
        }
    }

    /// Where something is declared, or null for what is built in.
    static @Nullable Span declared(Object target) {
        return switch (target) {
            case Variable variable -> variable.declared();
            case Signature signature -> signature.declared();
            case UnitType unit -> unit.declared();
            case StructureType structure -> structure.declared();
            case EnumerationType enumeration -> enumeration.declared();
            case EnumerationType.Named value -> value.declared();
            case InterfaceType face -> face.declared();
            case AliasType alias -> alias.declared();
            case Landmark landmark -> landmark.declared();
            case Scope namespace -> namespace.declared();
            default -> null;
        };
    }

    /// Whether it is part of the standard library or that of process control, which nobody edits.
    static boolean isBuiltIn(Span span) {
        return StandardLibrary.contains(span) || Workspace.isLibrary(span.source());
    }

    /// A name in a text and what it means: a variable, signature, type or value of an enumeration, a landmark, or the
    /// scope of a namespace.
    record Found(Span span, Object target) {}

    /// The name that touches a place, used or declared there.
    @Nullable
    Found at(String source, int offset) {
        for (Usage usage : checked.usages().all()) {
            if (touches(usage.span(), source, offset)) {
                return new Found(usage.span(), usage.target());
            }
        }
        for (Map.Entry<Span, Object> entry : declared().entrySet()) {
            if (touches(entry.getKey(), source, offset)) {
                return new Found(entry.getKey(), entry.getValue());
            }
        }
        return null;
    }

    private static boolean touches(Span place, String source, int offset) {
        if (!place.source().name().equals(source) || place.end() == place.start()) {
            return false;
        }
        Span span = place.known();
        return span.start() <= offset && offset <= span.end();
    }

    /// The use of a name that ends at a place, or null.
    @Nullable
    Object endingAt(String source, int offset) {
        for (Usage usage : checked.usages().all()) {
            if (touches(usage.span(), source, offset)) {
                Span span = usage.span().known();
                if (span.start() < offset && span.end() == offset) {
                    return usage.target();
                }
            }
        }
        return null;
    }

    /// Every place where what is declared at a place is used, the declaration first.
    List<Span> references(Span declaration, boolean withDeclaration) {
        Set<Span> all = new LinkedHashSet<>();
        if (withDeclaration && !isBuiltIn(declaration)) {
            all.add(declaration);
        }
        for (Usage usage : checked.usages().all()) {
            if (declaration.equals(declared(usage.target())) && !isBuiltIn(usage.span())) {
                all.add(usage.span());
            }
        }
        if (!withDeclaration) {
            all.remove(declaration);
        }
        return new ArrayList<>(all);
    }
}
