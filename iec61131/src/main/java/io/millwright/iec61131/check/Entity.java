package io.millwright.iec61131.check;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunction;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.EnumerationType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an expression turned out to be, before it is known whether it is read, written, called or looked into.
sealed interface Entity {
    /// A variable or a part of one.
    record OfPlace(Place place) implements Entity {}

    /// A value that is no variable.
    record OfValue(Term term) implements Entity {}

    record OfType(Type type) implements Entity {}

    record OfFunction(Signature signature) implements Entity {}

    record OfOverloads(Overloads functions) implements Entity {}

    record OfStandard(StandardFunction function) implements Entity {}

    /// A method or action of an instance.
    record OfMethod(Term receiver, Signature signature, boolean dynamic) implements Entity {}

    /// A property of an instance; a side may be missing.
    record OfProperty(
            Term receiver,
            @Nullable Signature getter,
            @Nullable Signature setter,
            boolean dynamic) implements Entity {}

    /// SUPER^: the own instance, seen as its base.
    record OfSuper(Term self) implements Entity {}

    /// An enumeration value whose name stands in several enumerations.
    record OfEnumeration(Name name, List<EnumerationType> types) implements Entity {}

    record OfScope(String name, Scope scope) implements Entity {}

    /// Why it is not assigned to, behind its name.
    ///
    /// @param text the name
    default String refusal(String text) {
        return switch (this) {
            case OfValue(Term.Constant _) -> " is a constant";
            case OfMethod(var _, var called, var _)
            when called.kind() == Signature.Kind.ACTION ->
                " is an action, which is called: " + text
                        + "(); at a step stand actions of the unit itself and variables of BOOL";
            case OfMethod _ -> " is a method, which is called: " + text + "(…)";
            default -> " is nothing that can be assigned to";
        };
    }
}
