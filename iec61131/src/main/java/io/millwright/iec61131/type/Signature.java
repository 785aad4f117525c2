package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.syntax.Name;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a caller must know of a function, method, action, side of a property, or the body of a unit. One
/// declaration is one object.
public final class Signature {
    private final Kind kind;
    private final String name;
    private final @Nullable Type owner;
    private final Set<Modifier> modifiers;
    private final List<Variable> parameters;
    private final @Nullable Variable result;
    private final Span declared;
    private boolean mistaken;

    /// @param owner the unit or interface it belongs to; null for a function
    /// @param parameters inputs, outputs and in-outs in order of declaration; empty for a body, whose
    ///     parameters are variables of its unit
    /// @param result the variable that has the unit's name and is given back, or null where nothing is
    public Signature(
            Kind kind,
            String name,
            @Nullable Type owner,
            Set<Modifier> modifiers,
            List<Variable> parameters,
            @Nullable Variable result,
            Span declared) {
        this.kind = kind;
        this.name = name;
        this.owner = owner;
        this.modifiers = Set.copyOf(modifiers);
        this.parameters = List.copyOf(parameters);
        this.result = result;
        this.declared = declared;
    }

    public enum Kind {
        FUNCTION,
        METHOD,
        ACTION,
        GETTER,
        SETTER,
        BODY
    }

    public Kind kind() {
        return kind;
    }

    public String name() {
        return name;
    }

    public @Nullable Type owner() {
        return owner;
    }

    public Set<Modifier> modifiers() {
        return modifiers;
    }

    public List<Variable> parameters() {
        return parameters;
    }

    /// The parameters of one role.
    public Stream<Variable> parameters(Variable.Role role) {
        return parameters.stream().filter(p -> p.role() == role);
    }

    public @Nullable Variable result() {
        return result;
    }

    public Span declared() {
        return declared;
    }

    /// The name by which call stacks and messages call it: `Pump.Start`, `LIMITER`.
    public String qualifiedName() {
        return owner == null || kind == Kind.BODY ? name : owner.name() + "." + name;
    }

    /// What it shares with those that override it, and with no other method of its unit: its name, and of a
    /// METHOD the types that it takes (6.6.5.4, overloading).
    public String key() {
        String key = Name.key(name);
        return kind != Kind.METHOD
                ? key
                : parameters.stream()
                        .filter(p -> p.role() != Variable.Role.OUTPUT)
                        .map(p -> Name.key(p.type().resolved().name()))
                        .collect(Collectors.joining(",", key + "(", ")"));
    }

    /// Says that its declaration could not be read whole.
    public void markMistaken() {
        mistaken = true;
    }

    /// Whether it may have parameters, or a result, that nobody knows.
    public boolean isMistaken() {
        return mistaken;
    }

    @Override
    public String toString() {
        return qualifiedName();
    }
}
