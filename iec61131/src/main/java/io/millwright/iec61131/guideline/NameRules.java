package io.millwright.iec61131.guideline;

import io.millwright.iec61131.check.Scope;
import io.millwright.iec61131.check.Symbol;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Variable;
import java.util.Set;
import java.util.stream.Collectors;

/// Rules about names: N3, N5, N6, N8, N9.
final class NameRules {
    /// The longest name (N6 proposes 25 characters).
    private static final int LENGTH_MAX = 25;

    private static final Set<String> BLOCKS = Written.units(
                    StandardLibrary.tree().declarations())
            .stream()
            .map(u -> u.name().key())
            .collect(Collectors.toUnmodifiableSet());

    private final Scope scope;
    private final Found found;

    NameRules(Scope scope, Found found) {
        this.scope = scope;
        this.found = found;
    }

    void check(SyntaxTree tree) {
        for (Declaration declaration : tree.declarations()) {
            if (declaration instanceof Declaration.Globals globals) {
                globals.block().variables().forEach(v -> name(v.name()));
            } else if (declaration instanceof Declaration.DataType type) {
                name(type.name());
            }
        }
        for (Declaration.Unit unit : Written.units(tree.declarations())) {
            name(unit.name());
            unit.methods().forEach(m -> name(m.name()));
            for (VariableBlock block : Written.blocks(unit)) {
                if (block.section() != Section.VAR_EXTERNAL) {
                    block.variables().forEach(this::local);
                }
            }
        }
    }

    private void name(Name name) {
        String text = name.text();
        if (text.length() > LENGTH_MAX) {
            found.add(
                    Rule.N6, name.span(), text + " has " + text.length() + " characters; it has at most " + LENGTH_MAX);
        }
        if (text.chars().anyMatch(c -> c >= 0x80)) {
            found.add(Rule.N8, name.span(), text + " has letters beyond ASCII");
        }
        if (StandardFunctions.find(name.key()) != null
                || Elementary.of(name.key()) != null
                || BLOCKS.contains(name.key())) {
            found.add(Rule.N3, name.span(), text + " is a name of the standard");
        }
    }

    private void local(VariableDeclaration declaration) {
        Name name = declaration.name();
        name(name);
        switch (scope.find(name.text())) {
            case Symbol.OfVariable(var global)
            when global.role() == Variable.Role.GLOBAL ->
                found.add(Rule.N5, name.span(), name + " hides the global variable of this name");
            case Symbol.OfType(var type, var declared)
            when declared != null && !BLOCKS.contains(name.key()) ->
                found.add(Rule.N9, name.span(), name + " is also the type " + type.name());
            case Symbol.OfFunction(var function)
            when !BLOCKS.contains(name.key()) ->
                found.add(Rule.N9, name.span(), name + " is also the function " + function.name());
            case null, default -> {}
        }
    }
}
