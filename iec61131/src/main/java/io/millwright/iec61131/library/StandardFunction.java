package io.millwright.iec61131.library;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.syntax.Expression;
import io.millwright.iec61131.type.GenericType;
import io.millwright.iec61131.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A standard function as the checker sees it (6.6.2.5).
///
/// @param name in capitals
/// @param parameters its formal parameters, in order
/// @param repeated how many of the last parameters may be given again and again (ADD, MUX, CONCAT); 0 for a
///     fixed number
/// @param result the type it gives back; null for what the emission gives, mostly the common type of the shared
///     arguments; a [GenericType] for the type that the surroundings ask for, where it belongs to it
/// @param meaning what a call becomes
public record StandardFunction(
        String name,
        List<Parameter> parameters,
        int repeated,
        @Nullable Type result,
        Meaning meaning) {
    public StandardFunction {
        parameters = List.copyOf(parameters);
    }

    StandardFunction(String name, List<Parameter> parameters, int repeated, @Nullable Type result, Emission emission) {
        this(name, parameters, repeated, result, (Meaning) emission);
    }

    /// A formal parameter.
    ///
    /// @param constraint a concrete type, to which the argument is converted, or a [GenericType], which it must
    ///     belong to
    /// @param shared whether all arguments of shared parameters are brought to one common type (Table 21,
    ///     overloading)
    public record Parameter(String name, Type constraint, boolean shared) {
        static Parameter of(String name, Type type) {
            return new Parameter(name, type, false);
        }

        static Parameter shared(String name, GenericType type) {
            return new Parameter(name, type, true);
        }
    }

    /// What a call becomes.
    public sealed interface Meaning {}

    /// The operator of Structured Text that the function stands for: between the first two arguments, then the
    /// result and the next; comparisons of more than two hold if each neighbours' does (Table 33).
    public record Operator(Expression.BinaryOperator operator) implements Meaning {}

    /// Makes the term of a call.
    @FunctionalInterface
    public non-sealed interface Emission extends Meaning {
        /// @param arguments already converted, one for each parameter, the repeated ones as often as given
        /// @param common the common type of the shared arguments; for a generic result the type that is asked
        ///     for or, where none is, the generic type; else the result type
        Term emit(List<Term> arguments, Type common);
    }

    /// The parameter that the argument at `index`, from 0, belongs to.
    public Parameter parameter(int index) {
        if (index < parameters.size()) {
            return parameters.get(index);
        }
        int beyond = index - parameters.size();
        return parameters.get(parameters.size() - repeated + beyond % repeated);
    }
}
