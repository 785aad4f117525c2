package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.jvm.Environment.Home;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Variables of which a loop loads the next element of a table by what the element before made of them, as a
/// checksum does: `crc := SHR(crc, 8) XOR table[(crc XOR byte) AND 16#FF]`.
///
/// Such a variable is kept as two values whose XOR it is: the element that was loaded last, and the rest. Of an
/// index all is then put together that does not wait for that element, and the element comes last: from one
/// load to the next there is one XOR, where there would be two.
final class SplitVariables {
    private final Environment environment;
    private final Set<Variable> variables;

    private SplitVariables(Environment environment, Set<Variable> variables) {
        this.environment = environment;
        this.variables = variables;
    }

    /// Splits what it can of a loop that is written next.
    static SplitVariables begin(Instruction loop, Environment environment) {
        Set<Variable> variables = found(loop, environment);
        CodeBuilder code = environment.code();
        for (Variable variable : variables) {
            if (environment.home(variable) instanceof Home.InLocal(int slot)) {
                int late = code.allocateLocal(environment.types().kind(variable.type()));
                var home = new Home.Split(slot, late);
                environment.homes().put(variable, home);
                clearLate(environment, variable, home);
            }
        }
        return new SplitVariables(environment, variables);
    }

    /// None in a loop that calls a routine, which may set a variable between two operands, or that has RETURN.
    private static Set<Variable> found(Instruction loop, Environment environment) {
        Set<Variable> found = new LinkedHashSet<>();
        boolean[] leaves = new boolean[1];
        Walk.instructions(List.of(loop), i -> {
            leaves[0] |= i instanceof Instruction.Return;
            Walk.terms(i).forEach(t -> Walk.deep(t, term -> leaves[0] |= term instanceof Term.Call));
            if (i instanceof Instruction.Assign(var place, Term.Binary value, var _)
                    && environment.own(place) instanceof Place.Local(var variable)
                    && environment.homes().get(variable) instanceof Home.InLocal
                    && isBits(variable.type())
                    && late(operands(value), variable, environment) >= 0) {
                found.add(variable);
            }
        });
        return leaves[0] ? Set.of() : found;
    }

    /// Makes one value again of the variables that stay in locals.
    void end() {
        CodeBuilder code = environment.code();
        for (Variable variable : variables) {
            if (environment.homes().get(variable) instanceof Home.Split(int slot, var _)) {
                environment.load(variable);
                code.storeLocal(environment.types().kind(variable.type()), slot);
                environment.homes().put(variable, new Home.InLocal(slot));
            }
        }
    }

    /// Stores the value on the stack into a variable that is split.
    static void store(Environment environment, Variable variable, Home.Split home) {
        environment.code().storeLocal(environment.types().kind(variable.type()), home.slot());
        clearLate(environment, variable, home);
    }

    private static void clearLate(Environment environment, Variable variable, Home.Split home) {
        TypeKind kind = environment.types().kind(variable.type());
        if (kind == TypeKind.LONG) {
            environment.code().lconst_0();
        } else {
            environment.code().iconst_0();
        }
        environment.code().storeLocal(kind, home.late());
    }

    /// Pushes an XOR in which variables are that are split; nothing where none is.
    static boolean push(Environment environment, Terms terms, Term.Binary term) {
        List<Term> operands = operands(term);
        List<Home.Split> split = new ArrayList<>();
        operands.forEach(o -> {
            if (home(environment, o) instanceof Home.Split home) {
                split.add(home);
            }
        });
        if (split.isEmpty()) {
            return false;
        }
        TypeKind kind = environment.types().kind(term.type());
        for (int i = 0; i < operands.size(); i++) {
            if (home(environment, operands.get(i)) instanceof Home.Split(int slot, var _)) {
                environment.code().loadLocal(kind, slot);
            } else {
                terms.push(operands.get(i));
            }
            if (i > 0) {
                xor(environment.code(), kind);
            }
        }
        for (Home.Split home : split) {
            environment.code().loadLocal(kind, home.late());
            xor(environment.code(), kind);
        }
        return true;
    }

    /// Stores an XOR with an element that waits for the variable, where the variable is split.
    static boolean store(Environment environment, Terms terms, Place place, Term value) {
        if (!(environment.own(place) instanceof Place.Local(var variable)
                && environment.homes().get(variable) instanceof Home.Split(int slot, int late)
                && value instanceof Term.Binary binary)) {
            return false;
        }
        List<Term> operands = operands(binary);
        int last = late(operands, variable, environment);
        if (last < 0) {
            return false;
        }
        CodeBuilder code = environment.code();
        TypeKind kind = environment.types().kind(variable.type());
        int element = code.allocateLocal(kind);
        int rest = 0;
        for (int i = 0; i < operands.size(); i++) {
            terms.push(operands.get(i));
            if (i == last) {
                code.storeLocal(kind, element);
            } else if (rest++ > 0) {
                xor(code, kind);
            }
        }
        code.storeLocal(kind, slot).loadLocal(kind, element).storeLocal(kind, late);
        return true;
    }

    static void xor(CodeBuilder code, TypeKind kind) {
        if (kind == TypeKind.LONG) {
            code.lxor();
        } else {
            code.ixor();
        }
    }

    private static boolean isBits(Type type) {
        return type.elementary() != null && type.elementary().family() == Family.BIT;
    }

    private static @Nullable Home home(Environment environment, Term term) {
        return term instanceof Term.Load(var place) && environment.own(place) instanceof Place.Local(var variable)
                ? environment.homes().get(variable)
                : null;
    }

    /// What is put together by XOR, from left to right; of another term nothing.
    private static List<Term> operands(Term.Binary term) {
        List<Term> operands = new ArrayList<>();
        if (term.operator() == Term.BinaryOperator.XOR) {
            collect(term, operands);
        }
        return operands;
    }

    private static void collect(Term term, List<Term> operands) {
        if (term instanceof Term.Binary(var operator, var left, var right) && operator == Term.BinaryOperator.XOR) {
            collect(left, operands);
            collect(right, operands);
        } else {
            operands.add(term);
        }
    }

    /// Which operand is an element whose index has a variable in an XOR; -1 where none is.
    private static int late(List<Term> operands, Variable variable, Environment environment) {
        for (int i = 0; i < operands.size(); i++) {
            if (operands.get(i) instanceof Term.Load(Place.Element(var _, var indices, var _))
                    && indices.stream().anyMatch(index -> waits(index, variable, environment))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean waits(Term index, Variable variable, Environment environment) {
        boolean[] found = new boolean[1];
        Walk.deep(index, term -> {
            if (term instanceof Term.Binary binary) {
                found[0] |= operands(binary).stream()
                        .anyMatch(o -> o instanceof Term.Load(var place)
                                && environment.own(place) instanceof Place.Local(var own)
                                && own == variable);
            }
        });
        return found[0];
    }
}
