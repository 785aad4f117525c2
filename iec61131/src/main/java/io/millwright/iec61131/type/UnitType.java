package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import io.millwright.iec61131.syntax.Declaration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A function block, program or class (6.6.3–6.6.5): what instances are of.
///
/// Base, variables and methods are set once, after all names are known; variables and methods may be worked out when
/// they are first asked for.
public final class UnitType implements Type {
    private final Declaration.Unit.Kind kind;
    private final String name;
    private final Set<Declaration.Modifier> modifiers;
    private final Span declared;
    private @Nullable UnitType base;
    private List<InterfaceType> interfaces = List.of();
    private List<Variable> variables = List.of();
    private List<Signature> methods = List.of();
    private @Nullable Signature body;
    private @Nullable Runnable later;
    private boolean mistaken;

    public UnitType(Declaration.Unit.Kind kind, String name, Set<Declaration.Modifier> modifiers, Span declared) {
        this.kind = kind;
        this.name = name;
        this.modifiers = Set.copyOf(modifiers);
        this.declared = declared;
    }

    public Declaration.Unit.Kind kind() {
        return kind;
    }

    @Override
    public String name() {
        return name;
    }

    public Set<Declaration.Modifier> modifiers() {
        return modifiers;
    }

    public Span declared() {
        return declared;
    }

    public @Nullable UnitType base() {
        return base;
    }

    public List<InterfaceType> interfaces() {
        return interfaces;
    }

    /// Its own variables that last from call to call (not VAR_TEMP, not VAR_EXTERNAL), in order of declaration.
    public List<Variable> variables() {
        workOut();
        return variables;
    }

    /// The variables of its bases, outermost first, and then its own.
    public List<Variable> allVariables() {
        List<Variable> all = base == null ? new ArrayList<>() : new ArrayList<>(base.allVariables());
        all.addAll(variables());
        return all;
    }

    /// Its own methods, actions and sides of properties.
    public List<Signature> methods() {
        workOut();
        return methods;
    }

    /// What a call of an instance runs; null for a class.
    public @Nullable Signature body() {
        workOut();
        return body;
    }

    /// Whether it is `other` or extends it.
    public boolean extendsOrIs(UnitType other) {
        return this == other || base != null && base.extendsOrIs(other);
    }

    public void inherit(@Nullable UnitType declaredBase, List<InterfaceType> declaredInterfaces) {
        this.base = declaredBase;
        this.interfaces = List.copyOf(declaredInterfaces);
    }

    /// Lets variables and methods be worked out when they are first asked for, by a call of [#complete].
    public void completeLater(Runnable work) {
        later = work;
    }

    private void workOut() {
        Runnable work = later;
        if (work != null) {
            later = null;
            work.run();
        }
    }

    public void complete(List<Variable> declaredVariables, List<Signature> declaredMethods, @Nullable Signature code) {
        this.variables = List.copyOf(declaredVariables);
        this.methods = List.copyOf(declaredMethods);
        this.body = code;
    }

    /// Says that what it is built on could not be found.
    public void markMistaken() {
        mistaken = true;
    }

    @Override
    public boolean isMistaken() {
        return mistaken || base != null && base.isMistaken();
    }

    @Override
    public String toString() {
        return name;
    }
}
