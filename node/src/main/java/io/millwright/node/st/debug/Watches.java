package io.millwright.node.st.debug;

import io.millwright.iec61131.check.Checked;
import io.millwright.iec61131.check.Watch;
import io.millwright.iec61131.interpret.Call;
import io.millwright.iec61131.interpret.Slot;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.syntax.Dialect;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Works out expressions as if they stood where the program stands still.
///
/// What is wrong with an expression, or happens while it is worked out, is told by an
/// [IllegalArgumentException].
final class Watches {
    private static final int KEPT_MAX = 1_000;

    private final Map<Signature, Checked> checked = new HashMap<>();
    private final Dialect dialect;
    private final Map<Key, Watch.Result> kept = new LinkedHashMap<>();

    private record Key(Signature routine, String text) {}

    /// @param programs that may stand still, each without mistake
    Watches(List<Checked> programs, Dialect dialect) {
        for (Checked one : programs) {
            Objects.requireNonNull(one.program()).routines().values().forEach(r -> checked.put(r.signature(), one));
        }
        this.dialect = dialect;
    }

    private Watch at(Routine routine) {
        List<Variable> local = new ArrayList<>(routine.signature().parameters());
        Variable result = routine.signature().result();
        if (result != null) {
            local.add(result);
        }
        local.addAll(routine.temporaries());
        Checked program = checked.get(routine.signature());
        if (program == null) {
            throw new IllegalArgumentException("nothing can be worked out here");
        }
        local.addAll(instances(program, routine.signature()));
        return new Watch(program, routine.signature(), local, dialect);
    }

    /// The instances of programs, by which variables are known everywhere else (`levels.Level1`), also where a program
    /// has that name; but for those that a variable of the unit hides.
    private static List<Variable> instances(Checked program, Signature routine) {
        List<Variable> own = routine.owner() instanceof UnitType unit ? unit.allVariables() : List.of();
        return Objects.requireNonNull(program.program()).globals().stream()
                .filter(g -> g.type().resolved() instanceof UnitType)
                .filter(g -> own.stream().noneMatch(v -> v.name().equalsIgnoreCase(g.name())))
                .toList();
    }

    private synchronized Watch.Result expression(Routine routine, String text) {
        if (kept.size() >= KEPT_MAX) {
            kept.clear();
        }
        return kept.computeIfAbsent(
                new Key(routine.signature(), text), _ -> at(routine).expression(text));
    }

    /// The value of an expression.
    Slot value(Call call, String text) {
        return value(call, text, expression(call.routine(), text));
    }

    /// The value of an expression, converted to a type.
    Slot value(Call call, String text, Type type) {
        return value(call, text, at(call.routine()).expression(text, type));
    }

    private static Slot value(Call call, String text, Watch.Result result) {
        Watch.Understood understood = understood(result);
        Term term = understood.term();
        if (term == null) {
            throw new IllegalArgumentException("this has no value");
        }
        try {
            call.perform(understood.variables(), understood.before());
            return call.value(text, term);
        } catch (Trap trap) {
            throw new IllegalArgumentException(told(trap), trap);
        }
    }

    private static Watch.Understood understood(Watch.Result result) {
        return switch (result) {
            case Watch.Understood understood -> understood;
            case Watch.Mistaken(var message) -> throw new IllegalArgumentException(message);
        };
    }

    /// Whether a condition holds.
    boolean holds(Call call, String condition) {
        return value(call, condition).value() instanceof Value.Truth(boolean truth) && truth;
    }

    /// Says what is wrong with a condition in a routine, before it is reached.
    void checkCondition(Routine routine, String condition) {
        Term term = understood(expression(routine, condition)).term();
        if (term == null || term.type().elementary() != Elementary.BOOL) {
            throw new IllegalArgumentException("a condition is of BOOL, this is not");
        }
    }

    /// Does an assignment or a call.
    void perform(Call call, String statement) {
        Watch.Understood understood = understood(at(call.routine()).statement(statement));
        try {
            call.perform(understood.variables(), understood.before());
        } catch (Trap trap) {
            throw new IllegalArgumentException(told(trap), trap);
        }
    }

    /// Whether a text can be read as an expression here.
    boolean isExpression(Call call, String text) {
        return expression(call.routine(), text) instanceof Watch.Understood;
    }

    /// What happened, in a sentence without the place.
    static String told(Trap trap) {
        boolean detail = !trap.detail().isEmpty();
        return trap.kind() == Trap.Kind.ASSERTION && detail
                ? trap.detail()
                : trap.kind().text() + (detail ? ": " + trap.detail() : "");
    }
}
