package io.millwright.iec61131.library;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.Set;

/// Variables for [Term.Let].
public final class Lets {
    private static final Source NOWHERE = new Source("", "");

    private Lets() {}

    /// A variable that nothing else knows.
    public static Variable variable(Type type) {
        return new Variable(
                "~let", type, Variable.Role.TEMPORARY, Set.of(), new Value.Usual(), null, null, NOWHERE.span(0, 0));
    }

    /// Its value.
    public static Term load(Variable variable) {
        return new Term.Load(new Place.Local(variable));
    }
}
