package io.millwright.iec61131.check;

import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableBlock.Section;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnknownType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.List;
import java.util.Set;

/// VAR_EXTERNAL: names of a unit that stand for globals (6.5.2.2).
final class Externals {
    private Externals() {}

    /// Lets a name stand for the global of the same name.
    static void declare(Context context, Scope outside, Scope inside, VariableDeclaration declaration) {
        String name = declaration.name().text();
        Symbol symbol = Names.find(outside, name);
        if (symbol instanceof Symbol.OfVariable(var global) && global.role() == Role.GLOBAL) {
            inside.replace(name, symbol);
            context.usages().add(declaration.name().span(), global);
        } else if (StandardFunctions.uptime(declaration.name().key()) == null
                && (symbol != null || outside.find(name) == null && !outside.lacks(name))) {
            context.error("E560", declaration.name().span(), "there is no global variable " + name);
            inside.declare(name, new Symbol.OfVariable(mistaken(declaration)));
        }
    }

    private static Variable mistaken(VariableDeclaration declaration) {
        return new Variable(
                declaration.name().text(),
                new UnknownType(),
                Role.GLOBAL,
                Set.of(),
                new Value.Usual(),
                null,
                null,
                declaration.name().span());
    }

    /// Says where one is of another type than its global. The type may need constants declared beside it, so
    /// this comes behind them.
    ///
    /// @param work takes structures that have no name
    static void types(Context context, Work work, List<VariableBlock> blocks) {
        for (VariableBlock block : blocks) {
            if (block.section() == Section.VAR_EXTERNAL) {
                block.variables().forEach(d -> type(context, work, d));
            }
        }
    }

    private static void type(Context context, Work work, VariableDeclaration declaration) {
        TypeSyntax syntax = declaration.type();
        if (syntax == null
                || !(Names.own(context.scope(), declaration.name().text()) instanceof Symbol.OfVariable(var global))
                || global.type().isMistaken()) {
            return;
        }
        Type written = new Types(context, work.structures).of(syntax);
        if (!Alike.says(syntax, written, global.type())) {
            context.diagnostics()
                    .add(Diagnostic.error(
                                    "E561",
                                    syntax.span(),
                                    "the global variable %s is %s, not %s; VAR_EXTERNAL repeats its type"
                                            .formatted(
                                                    global.name(), global.type().name(), written.name()))
                            .relatedTo(global.declared(), "the global variable"));
        }
    }
}
