package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Address;
import io.millwright.iec61131.syntax.VariableDeclaration.Edge;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A declared variable: a parameter, a local, a field, a global. One declaration is one object, and equal to
/// itself only.
public final class Variable {
    private final String name;
    private final Type type;
    private final Role role;
    private final Set<Property> properties;
    private final Value initial;
    private final @Nullable Address address;
    private final @Nullable Edge edge;
    private final Span declared;
    private boolean referenced;

    public Variable(
            String name,
            Type type,
            Role role,
            Set<Property> properties,
            Value initial,
            @Nullable Address address,
            @Nullable Edge edge,
            Span declared) {
        this.name = name;
        this.type = type;
        this.role = role;
        this.properties = Set.copyOf(properties);
        this.initial = initial;
        this.address = address;
        this.edge = edge;
        this.declared = declared;
    }

    /// What it is to the unit that declares it.
    public enum Role {
        INPUT,
        OUTPUT,
        IN_OUT,
        /// Lasts: VAR of a program, function block or class; VAR_STAT.
        STATE,
        /// Starts anew with every call: VAR of a function or method, VAR_TEMP.
        TEMPORARY,
        /// The result of a function or method, under its name.
        RESULT,
        GLOBAL,
        /// A field of a structure.
        FIELD
    }

    /// What else is declared of it.
    public enum Property {
        CONSTANT,
        RETAIN,
        PERSISTENT,
        PRIVATE,
        PROTECTED,
        INTERNAL,
        PUBLIC
    }

    /// As declared.
    public String name() {
        return name;
    }

    public Type type() {
        return type;
    }

    public Role role() {
        return role;
    }

    public Set<Property> properties() {
        return properties;
    }

    public boolean isConstant() {
        return properties.contains(Property.CONSTANT);
    }

    public Value initial() {
        return initial;
    }

    public @Nullable Address address() {
        return address;
    }

    public @Nullable Edge edge() {
        return edge;
    }

    /// Where its name stands.
    public Span declared() {
        return declared;
    }

    /// Whether some reference to it is taken (REF, ADR), so that it must lie where one can point to.
    public boolean isReferenced() {
        return referenced;
    }

    public void markReferenced() {
        referenced = true;
    }

    @Override
    public String toString() {
        return name + " : " + type.name();
    }
}
