package io.millwright.node.st.lsp;

import io.millwright.iec61131.library.StandardLibrary;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The comments that stand with declarations, by where the declared name stands.
final class Documentation {
    private final Map<Span, String> comments = new HashMap<>();

    Documentation(List<SyntaxTree> trees) {
        StandardLibrary.tree().declarations().forEach(this::declaration);
        for (SyntaxTree tree : trees) {
            tree.declarations().forEach(this::declaration);
            tree.tests().stream().map(TestDeclaration::variables).forEach(this::blocks);
        }
    }

    /// The comment, or the empty text.
    String of(Span declared) {
        return comments.getOrDefault(declared.known(), "");
    }

    private void put(Name name, String comment) {
        if (!comment.isEmpty()) {
            comments.put(name.span().known(), comment);
        }
    }

    private void declaration(Declaration declaration) {
        switch (declaration) {
            case Declaration.Unit unit -> {
                put(unit.name(), unit.documentation());
                blocks(unit.variables());
                unit.methods().forEach(this::method);
                unit.properties().forEach(p -> put(p.name(), p.documentation()));
            }
            case Declaration.Interface face -> {
                put(face.name(), face.documentation());
                face.methods().forEach(this::method);
                face.properties().forEach(p -> put(p.name(), p.documentation()));
            }
            case Declaration.DataType type -> {
                put(type.name(), type.documentation());
                if (type.type() instanceof TypeSyntax.Structure structure) {
                    structure.fields().forEach(this::variable);
                }
            }
            case Declaration.Globals globals -> blocks(List.of(globals.block()));
            case Declaration.Namespace namespace -> namespace.declarations().forEach(this::declaration);
            case Declaration.Configuration configuration -> {
                blocks(configuration.variables());
                configuration.resources().forEach(r -> blocks(r.variables()));
            }
        }
    }

    private void method(Declaration.Method method) {
        put(method.name(), method.documentation());
        blocks(method.variables());
    }

    private void blocks(List<VariableBlock> blocks) {
        blocks.forEach(b -> b.variables().forEach(this::variable));
    }

    private void variable(VariableDeclaration variable) {
        put(variable.name(), variable.documentation());
    }
}
