package io.millwright.iec61131.type;

import io.millwright.iec61131.source.Span;
import java.util.List;

/// INTERFACE (6.6.6). A variable of it refers to an instance that implements it, or to none.
public final class InterfaceType implements Type {
    private final String name;
    private final Span declared;
    private List<InterfaceType> bases = List.of();
    private List<Signature> methods = List.of();
    private boolean mistaken;

    public InterfaceType(String name, Span declared) {
        this.name = name;
        this.declared = declared;
    }

    @Override
    public String name() {
        return name;
    }

    public Span declared() {
        return declared;
    }

    public List<InterfaceType> bases() {
        return bases;
    }

    /// Its own methods and the sides of its own properties, without those of its bases.
    public List<Signature> methods() {
        return methods;
    }

    public void complete(List<InterfaceType> declaredBases, List<Signature> declaredMethods) {
        this.bases = List.copyOf(declaredBases);
        this.methods = List.copyOf(declaredMethods);
    }

    /// Says that what it is built on could not be found.
    public void markMistaken() {
        mistaken = true;
    }

    @Override
    public boolean isMistaken() {
        return mistaken || bases.stream().anyMatch(InterfaceType::isMistaken);
    }

    @Override
    public String toString() {
        return name;
    }
}
