package io.millwright.iec61131.check;

import io.millwright.iec61131.source.Diagnostic;
import io.millwright.iec61131.source.Diagnostics;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known while one body, or one initial value, is looked at.
///
/// @param scope what names stand for
/// @param self the unit whose instance runs, or null
/// @param routine what is looked at, or null outside of routines
/// @param temporaries variables that the body needs besides the declared ones; grows
/// @param usages where names are used; grows
/// @param mocks what tests put in the place of instances and functions; grows
record Context(
        Scope scope,
        @Nullable UnitType self,
        @Nullable Signature routine,
        List<Variable> temporaries,
        Usages usages,
        Diagnostics diagnostics,
        Dialect dialect,
        Mocks mocks) {

    static Context outside(Scope scope, Usages usages, Diagnostics diagnostics, Dialect dialect, Mocks mocks) {
        return new Context(scope, null, null, new ArrayList<>(), usages, diagnostics, dialect, mocks);
    }

    /// Whether what is looked at belongs to a TEST.
    boolean inTest() {
        return self != null && TestUnits.isTest(self);
    }

    void error(String code, Span span, String message) {
        diagnostics.error(code, span, message);
    }

    void warning(String code, Span span, String message) {
        diagnostics.warning(code, span, message);
    }

    /// Says that a name is not known, and which one was probably meant.
    void unknown(String code, Span span, String message, String written, Collection<String> names) {
        String near = Similar.to(written, names);
        Diagnostic diagnostic =
                Diagnostic.error(code, span, near == null ? message : message + "; did you mean " + near + "?");
        diagnostics.add(near == null ? diagnostic : diagnostic.suggesting(near));
    }

    /// Takes what goes beyond the standard, or says that it does.
    void beyondStandard(Span span, String what) {
        if (dialect == Dialect.STANDARD) {
            error("E390", span, what + " is not in the standard; it is taken with --dialect common");
        }
    }

    /// A new variable of the routine that no program text names.
    Variable temporary(Type type, Variable.Role role, Span span) {
        var variable =
                new Variable("~" + temporaries.size(), type, role, Set.of(), new Value.Usual(), null, null, span);
        temporaries.add(variable);
        return variable;
    }

    /// Whether a type is BOOL, in whatever name.
    static boolean isBool(Type type) {
        return type.elementary() == Elementary.BOOL;
    }
}
