package io.millwright.iec61131.check;

import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a name stands for.
public sealed interface Symbol {
    /// Where the name was declared, or null for what is built in.
    @Nullable
    Span declared();

    /// What the name stands for where that was put off; null where its declaration is mistaken.
    default @Nullable Symbol resolved() {
        return this;
    }

    /// A variable.
    record OfVariable(Variable variable) implements Symbol {
        @Override
        public Span declared() {
            return variable.declared();
        }
    }

    /// A data type, unit or interface; `declared` is null for a type of the standard.
    record OfType(Type type, @Nullable Span declared) implements Symbol {}

    /// A function of the program.
    record OfFunction(Signature signature) implements Symbol {
        @Override
        public Span declared() {
            return signature.declared();
        }
    }

    /// Functions of one name, of which the arguments of a call choose.
    record OfOverloads(Overloads functions, Span declared) implements Symbol {}

    /// A method or action of the unit whose body is looked at.
    record OfMethod(Signature signature) implements Symbol {
        @Override
        public Span declared() {
            return signature.declared();
        }
    }

    /// A property of the unit whose body is looked at; a side may be missing.
    record OfProperty(@Nullable Signature getter, @Nullable Signature setter) implements Symbol {
        @Override
        public @Nullable Span declared() {
            Signature side = getter != null ? getter : setter;
            return side == null ? null : side.declared();
        }
    }

    /// A declaration that is worked out when it is first asked for, since it may need others that stand after
    /// it.
    ///
    /// @param ofType whether it is of a type
    record Deferred(Supplier<@Nullable Symbol> later, boolean ofType, Span declared) implements Symbol {
        @Override
        public @Nullable Symbol resolved() {
            return later.get();
        }
    }

    /// A function of the standard.
    record OfStandard(StandardFunction function) implements Symbol {
        @Override
        public @Nullable Span declared() {
            return null;
        }
    }

    /// A value of an enumeration; of several where the name stands in more than one.
    record OfEnumeration(String name, List<EnumerationType> types) implements Symbol {
        public OfEnumeration {
            types = List.copyOf(types);
        }

        @Override
        public Span declared() {
            return types.getFirst().declared();
        }
    }

    /// A namespace, or a named list of globals.
    record OfScope(String name, Scope scope, @Nullable Span declared) implements Symbol {}
}
