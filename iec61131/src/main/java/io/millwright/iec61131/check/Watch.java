package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.Parser;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Understands text that was not there when the program was checked, as if it stood in one of its routines:
/// what a debugger is asked for while the routine stands still.
public final class Watch {
    private final Context context;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Dialect dialect;

    /// @param local the variables of the routine that belong to no instance: parameters, result, temporaries
    public Watch(Checked checked, Signature routine, List<Variable> local, Dialect dialect) {
        this.dialect = dialect;
        UnitType self = routine.owner() instanceof UnitType unit ? unit : null;
        Scope around = around(checked.scope(), self == null ? routine : self);
        Scope members = self == null ? around : members(self, around);
        Scope scope = new Scope(members);
        for (Variable variable : local) {
            scope.declare(variable.name(), new Symbol.OfVariable(variable));
        }
        this.context = new Context(
                scope,
                self,
                routine,
                new ArrayList<>(),
                new Usages(),
                diagnostics,
                dialect,
                new Mocks(new ArrayList<>()));
    }

    /// What a text turned out to be.
    public sealed interface Result {}

    /// Something that can be done.
    ///
    /// @param variables what it needs besides the variables of the routine
    /// @param before what must be done first; for a statement all there is
    /// @param term the value of an expression, null for a statement
    public record Understood(
            List<Variable> variables,
            List<Instruction> before,
            @Nullable Term term) implements Result {
        public Understood {
            variables = List.copyOf(variables);
            before = List.copyOf(before);
        }
    }

    /// Something that has a mistake.
    ///
    /// @param message what is wrong
    public record Mistaken(String message) implements Result {}

    /// An expression.
    public Result expression(String text) {
        return term(text, null);
    }

    /// An expression, converted to a type.
    public Result expression(String text, Type expected) {
        return term(text, expected);
    }

    private Result term(String text, @Nullable Type expected) {
        if (!(parsed("watched := (\n" + text + "\n);") instanceof Statement.Assign assign)) {
            return mistaken("an expression is asked for");
        }
        var expressions = new Expressions(context);
        Term term = expected == null
                ? expressions.value(assign.value(), null)
                : expressions.converted(assign.value(), expected);
        return term == null || diagnostics.hasErrors()
                ? mistaken("this has no value")
                : new Understood(context.temporaries(), expressions.calls().takeBindings(), term);
    }

    /// An assignment or a call.
    public Result statement(String text) {
        Statement statement = parsed(text + "\n;");
        if (!(statement instanceof Statement.Assign || statement instanceof Statement.CallStatement)) {
            return mistaken("an expression, an assignment or a call is asked for");
        }
        List<Instruction> instructions = new Statements(context).all(List.of(statement));
        return diagnostics.hasErrors()
                ? mistaken("this cannot be done")
                : new Understood(context.temporaries(), instructions, null);
    }

    private Result mistaken(String otherwise) {
        return new Mistaken(diagnostics.sorted().stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::message)
                .findFirst()
                .orElse(otherwise));
    }

    /// The one statement of a text, or null.
    private @Nullable Statement parsed(String text) {
        Source source = new Source("watch", "FUNCTION watched\n" + text + "\nEND_FUNCTION");
        SyntaxTree tree = Parser.parse(source, dialect, diagnostics);
        boolean one = !diagnostics.hasErrors() && tree.declarations().size() == 1;
        if (one
                && tree.declarations().getFirst() instanceof Declaration.Unit unit
                && unit.body() instanceof Body.StructuredText(var statements, var _)) {
            List<Statement> all = statements.stream()
                    .filter(s -> !(s instanceof Statement.Empty))
                    .toList();
            return all.size() == 1 ? all.getFirst() : null;
        }
        return null;
    }

    private static Scope members(UnitType self, Scope around) {
        var members = new Scope(around);
        self.allVariables().forEach(v -> members.declare(v.name(), new Symbol.OfVariable(v)));
        for (UnitType unit = self; unit != null; unit = unit.base()) {
            for (Signature method : unit.methods()) {
                members.declare(method.name(), symbol(self, method));
            }
        }
        return members;
    }

    private static Symbol symbol(UnitType self, Signature method) {
        return switch (method.kind()) {
            case GETTER, SETTER ->
                new Symbol.OfProperty(
                        Members.method(self, method.name(), Signature.Kind.GETTER),
                        Members.method(self, method.name(), Signature.Kind.SETTER));
            case FUNCTION, METHOD, ACTION, BODY -> new Symbol.OfMethod(method);
        };
    }

    /// The namespace that declares something, or the outermost region.
    private static Scope around(Scope outermost, Object declared) {
        Scope found = holder(outermost, declared, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found == null ? outermost : found;
    }

    private static @Nullable Scope holder(Scope scope, Object declared, Set<Scope> seen) {
        if (!seen.add(scope)) {
            return null;
        }
        for (String name : List.copyOf(scope.visible().keySet())) {
            switch (Names.own(scope, name)) {
                case Symbol.OfType(var type, var _)
                when type.equals(declared) -> {
                    return scope;
                }
                case Symbol.OfFunction(var signature)
                when signature == declared -> {
                    return scope;
                }
                case Symbol.OfScope(var _, var inner, var _) -> {
                    Scope found = holder(inner, declared, seen);
                    if (found != null) {
                        return found;
                    }
                }
                case null, default -> {}
            }
        }
        return null;
    }
}
