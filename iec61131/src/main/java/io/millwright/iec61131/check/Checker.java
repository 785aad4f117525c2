package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.syntax.SyntaxTree;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Checks a program and turns it into the intermediate form.
public final class Checker {
    private Checker() {}

    /// Checks all texts of a program together; their order does not matter.
    ///
    /// @param library texts whose names the program may use and may declare anew, such as the standard function
    ///     blocks
    /// @param program the texts of the program itself
    /// @param diagnostics what was found so far, by the parser; the checker adds to it
    public static Checked check(
            List<SyntaxTree> library, List<SyntaxTree> program, Dialect dialect, Diagnostics diagnostics) {
        var declared = new Declared();
        var usages = new Usages();
        var declarations = new Declarations(declared, usages, diagnostics, dialect);
        var tests = new TestUnits();
        Scope standard = new Scope(null);
        Scope global = new Scope(standard);
        library.forEach(t -> declarations.all(t.declarations(), standard));
        for (SyntaxTree tree : program) {
            declarations.use(global, tree.using());
            declarations.all(Charts.without(tree.declarations(), diagnostics), global);
            declarations.all(tests.of(tree), global);
        }
        complete(declared);
        new Units(declared, declarations).all();
        complete(declared);
        new Endless(diagnostics).all(declared);
        List<Program.Task> tasks = new Configurations(declared, declarations).all();
        Map<Signature, Routine> routines = new Bodies(declared, declarations).all();
        routines.putAll(declared.connected);
        declared.mocks.apply(routines);
        List<UnitType> units =
                new ArrayList<>(declared.units.stream().map(Declared.Unit::type).toList());
        units.addAll(declared.connections);
        Program checked = diagnostics.hasErrors()
                ? null
                : new Program(
                        declared.structures,
                        units,
                        declared.interfaces.stream()
                                .map(Declared.Interface::type)
                                .toList(),
                        declared.globals,
                        routines,
                        tasks,
                        placed(declared));
        return new Checked(checked, diagnostics.sorted(), global, usages, tests.tests());
    }

    /// The first values of the variables that lie in the process image.
    private static List<Program.Placed> placed(Declared declared) {
        List<Variable> variables = new ArrayList<>(declared.globals);
        declared.units.forEach(u -> variables.addAll(u.type().variables()));
        List<Program.Placed> all = new ArrayList<>();
        for (Variable variable : variables) {
            Address address = variable.address();
            boolean fixed = address != null && !address.isOpen() && address.area() != Address.Area.STRUCTURE;
            if (fixed && address != null && !variable.initial().equals(Defaults.of(variable.type()))) {
                all.add(new Program.Placed(address, variable.type(), variable.initial()));
            }
        }
        all.addAll(declared.placed);
        return all;
    }

    /// Works off what was put off; the work may put off more.
    private static void complete(Declared declared) {
        while (!declared.completions.isEmpty()) {
            List<Runnable> work = new ArrayList<>(declared.completions);
            declared.completions.clear();
            work.forEach(Runnable::run);
        }
    }
}
