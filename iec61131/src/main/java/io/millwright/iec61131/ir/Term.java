package io.millwright.iec61131.ir;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has a value. Of an aggregate the value is the object itself, not a copy: only [Instruction.Assign]
/// copies.
///
/// Operands are evaluated from left to right.
public sealed interface Term {
    Type type();

    record Constant(Type type, Value value) implements Term {}

    record Load(Place place) implements Term {
        @Override
        public Type type() {
            return place.type();
        }
    }

    /// The instance whose body or method runs.
    record Self(UnitType type) implements Term {}

    /// The bytes of an area of the process image, as an array of BYTE.
    record ImageBytes(Address.Area area) implements Term {
        private static final Type BYTES =
                new ArrayType(List.of(new ArrayType.Range(0, ArrayType.MAX - 1)), Elementary.BYTE);

        @Override
        public Type type() {
            return BYTES;
        }
    }

    /// The null reference.
    record Null(Type type) implements Term {}

    /// A reference to a place (REF, ADR), of a reference type. Of an instance given where an interface is asked
    /// for, too.
    record Reference(Place place, Type type) implements Term {}

    /// An operator with one operand; the result has the operand's type and is brought back into its range.
    record Unary(UnaryOperator operator, Term operand) implements Term {
        @Override
        public Type type() {
            return operand.type();
        }

        public enum UnaryOperator {
            NEGATE,
            NOT
        }
    }

    /// An operator with two operands of one type; arithmetic wraps at the ends of the type's range, a whole
    /// number divided by zero is a trap, its remainder zero. TIME and LTIME add, subtract and compare like
    /// LINT.
    record Binary(BinaryOperator operator, Term left, Term right) implements Term {
        @Override
        public Type type() {
            return left.type();
        }
    }

    enum BinaryOperator {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        MODULO,
        AND,
        OR,
        XOR
    }

    /// A comparison of two operands of one type; references and interfaces only for equality. Of texts, unit by
    /// unit.
    record Compare(Relation relation, Term left, Term right) implements Term {
        @Override
        public Type type() {
            return Elementary.BOOL;
        }
    }

    enum Relation {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }

    /// AND_THEN (`onlyIf` true) or OR_ELSE: the right side counts, and is looked at, only if the left is
    /// `onlyIf`.
    record ShortCircuit(boolean onlyIf, Term left, Term right) implements Term {
        @Override
        public Type type() {
            return Elementary.BOOL;
        }
    }

    /// A conversion between elementary types or texts, by the rules of `library.Conversions`.
    record Convert(Term operand, Type type) implements Term {}

    /// The operand, which must lie from `low` to `high`; else a trap.
    record Checked(Term operand, long low, long high, Type type) implements Term {}

    /// Assignment attempt (6.6.6.7): the operand if it is of the type, else null.
    record Attempt(Term operand, Type type) implements Term {}

    /// A function of the library, which both back ends call as the same Java method.
    ///
    /// @param method the name of a static method of `library.Functions`; its Java parameter types follow from
    ///     the terms' types
    record Library(String method, List<Term> arguments, Type type) implements Term {
        public Library {
            arguments = List.copyOf(arguments);
        }
    }

    /// A call of a routine of the program.
    ///
    /// In order: the receiver, the arguments as they stand; then the routine; then the outputs are stored.
    ///
    /// @param receiver the instance, or null for a function
    /// @param dynamic whether the routine of the receiver's own type is meant (a method called from outside or
    ///     through THIS), not exactly this one (a body, SUPER)
    /// @param inputs one for each INPUT and IN_OUT parameter, in order of declaration; for an IN_OUT it is a
    ///     [Load] of the place
    /// @param outputs where OUTPUT parameters go that the caller wants
    /// @param type of the result; BOOL where there is none and the call stands alone
    record Call(
            Signature routine,
            @Nullable Term receiver,
            boolean dynamic,
            List<Term> inputs,
            List<Output> outputs,
            Type type,
            Span span)
            implements Term {
        public Call {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        /// An output and where it goes.
        ///
        /// @param converted a term in which [Placeholder] stands for the parameter's value
        public record Output(Variable parameter, Place place, Term converted) {}
    }

    /// One of two values of one type (SEL); both are evaluated.
    record Select(Term condition, Term ifFalse, Term ifTrue) implements Term {
        @Override
        public Type type() {
            return ifFalse.type();
        }
    }

    /// Evaluates a value once; in the body a load of the variable, which nothing else knows, gives it.
    record Let(Variable variable, Term value, Term body) implements Term {
        @Override
        public Type type() {
            return body.type();
        }
    }

    /// Stands for a value that the surrounding node provides.
    record Placeholder(Type type) implements Term {}

    /// The lowest or highest index of an open array (6.6.1.4).
    record Bound(boolean upper, Term array, int dimension) implements Term {
        @Override
        public Type type() {
            return Elementary.DINT;
        }
    }
}
