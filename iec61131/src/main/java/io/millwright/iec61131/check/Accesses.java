package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Access paths (6.8.1): names by which variables are reached from outside, declared in configurations and
/// programs.
final class Accesses {
    private final Declared declared;
    private final Declarations declarations;
    private final Map<String, Span> names = new HashMap<>();

    Accesses(Declared declared, Declarations declarations) {
        this.declared = declared;
        this.declarations = declarations;
    }

    /// Says where access paths are declared that belong to no instance.
    static void misplaced(Context context, VariableBlock block) {
        if (block.section() == Section.VAR_ACCESS && !block.variables().isEmpty()) {
            context.error(
                    "E577",
                    block.variables().getFirst().name().span(),
                    "VAR_ACCESS stands in a CONFIGURATION or a PROGRAM");
        }
    }

    void all() {
        for (Declared.Configuration configuration : declared.configurations) {
            Context context = declarations.context(configuration.scope());
            List<Declaration.Resource> resources = configuration.syntax().resources();
            List<VariableBlock> blocks = new ArrayList<>(configuration.syntax().variables());
            resources.forEach(r -> blocks.addAll(r.variables()));
            for (VariableDeclaration one : declared(blocks)) {
                declare(new AccessPath(declared, context, null, resources), one, List.of(""));
            }
        }
        for (Declared.Unit unit : declared.units) {
            if (unit.type().kind() == Declaration.Unit.Kind.PROGRAM) {
                List<String> instances = declared.hidden.stream()
                        .filter(i -> i.type() instanceof UnitType type && type.extendsOrIs(unit.type()))
                        .map(i -> i.name() + ".")
                        .toList();
                for (VariableDeclaration one : declared(unit.syntax().variables())) {
                    declare(
                            new AccessPath(declared, declarations.context(unit.scope()), unit.type(), List.of()),
                            one,
                            instances);
                }
            }
        }
    }

    private static List<VariableDeclaration> declared(List<VariableBlock> blocks) {
        return blocks.stream()
                .filter(b -> b.section() == Section.VAR_ACCESS)
                .flatMap(b -> b.variables().stream())
                .toList();
    }

    /// @param before what stands before the name, and before the path, each time
    private void declare(AccessPath walk, VariableDeclaration declaration, List<String> before) {
        VariableDeclaration.Path path = declaration.path();
        TypeSyntax syntax = declaration.type();
        if (path == null || syntax == null || declaration.name().text().isEmpty()) {
            return;
        }
        Type written = new Types(walk.context(), new ArrayList<>()).of(syntax);
        AccessPath.Found found = path.target() instanceof Expression.Direct(var address, var span)
                ? walk.direct(address, written, span)
                : walk.found(path.target());
        if (found == null || !isNew(walk, declaration) || !isRight(walk.context(), declaration, path, written, found)) {
            return;
        }
        for (String instance : before) {
            String to = found.isDirect() ? found.path() : instance + found.path();
            declared.accesses.add(
                    new Program.Access(instance + declaration.name().text(), to, found.type(), path.writable()));
        }
    }

    private boolean isNew(AccessPath walk, VariableDeclaration declaration) {
        Name name = declaration.name();
        String key = walk.key(name);
        Span first = names.putIfAbsent(key, name.span());
        Variable same = first != null ? null : walk.root(null, name);
        if (first == null && same == null) {
            return true;
        }
        Span before = same == null ? first : same.declared();
        Diagnostic twice = Diagnostic.error("E522", name.span(), name + " is declared already");
        walk.context().diagnostics().add(before == null ? twice : twice.relatedTo(before, "the first declaration"));
        return false;
    }

    private static boolean isRight(
            Context context,
            VariableDeclaration declaration,
            VariableDeclaration.Path path,
            Type written,
            AccessPath.Found found) {
        TypeSyntax syntax = declaration.type();
        if (syntax != null && !Alike.says(syntax, written, found.type())) {
            context.error(
                    "E575",
                    syntax.span(),
                    "%s is %s, not %s; VAR_ACCESS repeats its type"
                            .formatted(found.path(), found.type().name(), written.name()));
            return false;
        }
        if (path.writable() && found.isConstant()) {
            context.error(
                    "E576",
                    declaration.name().span(),
                    found.path() + " is CONSTANT and cannot be written; write READ_ONLY");
            return false;
        }
        return true;
    }
}
