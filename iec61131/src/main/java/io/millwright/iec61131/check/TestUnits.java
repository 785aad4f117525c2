package io.millwright.iec61131.check;

import io.millwright.iec61131.syntax.Body;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.syntax.QualifiedName;
import io.millwright.iec61131.syntax.Statement;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.syntax.TestDeclaration;
import io.millwright.iec61131.syntax.TypeSyntax;
import io.millwright.iec61131.syntax.VariableBlock;
import io.millwright.iec61131.syntax.VariableDeclaration;
import io.millwright.iec61131.type.UnitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes a program of every TEST, so that tests are checked and run like everything else: the variables of
/// SETUP and of the test are its variables, its body runs SETUP and the test, or TEARDOWN where [#TEARDOWN] is
/// set.
final class TestUnits {
    /// The variable that asks for TEARDOWN.
    static final String TEARDOWN = "~teardown";

    private static final String PREFIX = "~test ";
    private static final String SETUP = "~setup";

    private final List<Checked.Test> tests = new ArrayList<>();

    /// Whether a unit was made of a test.
    static boolean isTest(UnitType unit) {
        return unit.name().startsWith(PREFIX);
    }

    /// The tests so far, of all texts.
    List<Checked.Test> tests() {
        return tests;
    }

    /// The tests of a text as programs.
    List<Declaration> of(SyntaxTree tree) {
        List<Declaration> units = new ArrayList<>();
        for (TestDeclaration test : tree.tests()) {
            if (test.kind() == TestDeclaration.Kind.TEST) {
                units.add(unit(test, tree.tests()));
            }
        }
        return units;
    }

    private Declaration.Unit unit(TestDeclaration test, List<TestDeclaration> all) {
        Name name = new Name(
                PREFIX + (tests.size() + 1),
                test.span().source().span(test.span().start(), test.span().start()));
        tests.add(new Checked.Test(test.title(), name.text(), test.span()));
        List<VariableBlock> variables = new ArrayList<>();
        List<Statement> setup = new ArrayList<>();
        List<Statement> teardown = new ArrayList<>();
        for (TestDeclaration part : all) {
            switch (part.kind()) {
                case SETUP -> {
                    variables.addAll(part.variables());
                    setup.addAll(part.statements());
                }
                case TEARDOWN -> {
                    variables.addAll(part.variables());
                    teardown.addAll(part.statements());
                }
                case TEST -> {}
            }
        }
        variables.addAll(test.variables());
        variables.add(switchOf(name));
        return new Declaration.Unit(
                Declaration.Unit.Kind.PROGRAM,
                name,
                Set.of(),
                null,
                List.of(),
                null,
                List.of(),
                variables,
                List.of(),
                List.of(),
                List.of(action(name, SETUP, setup)),
                new Body.StructuredText(List.of(whole(name, teardown, test))),
                "",
                test.span());
    }

    private static VariableBlock switchOf(Name name) {
        var type = new TypeSyntax.Named(new QualifiedName(List.of(new Name("BOOL", name.span()))));
        var asked = new VariableDeclaration(new Name(TEARDOWN, name.span()), null, type, null, null, "", name.span());
        return new VariableBlock(VariableBlock.Section.VAR, Set.of(), List.of(asked), name.span());
    }

    private static Declaration.Action action(Name at, String name, List<Statement> statements) {
        return new Declaration.Action(new Name(name, at.span()), new Body.StructuredText(statements), at.span());
    }

    private static Statement whole(Name at, List<Statement> teardown, TestDeclaration test) {
        List<Statement> run = new ArrayList<>();
        var callee = new Expression.Identifier(new Name(SETUP, at.span()));
        run.add(new Statement.CallStatement(new Expression.Call(callee, List.of(), at.span()), at.span()));
        run.addAll(test.statements());
        var asked = new Expression.Identifier(new Name(TEARDOWN, at.span()));
        return new Statement.If(List.of(new Statement.If.Branch(asked, teardown, at.span())), run, at.span());
    }
}
