package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.ir.Walk;
import io.millwright.iec61131.type.OpenArrayType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Forced elements of arrays that a loop writes and never reads: it stores into them as into any other, and
/// they are set again when it ends, however it ends. So its stores need not compare their indices.
///
/// Only a loop that calls nothing does so, since nobody else can look at the elements meanwhile.
final class DeferredForces {
    /// The most elements that are set again.
    private static final int MOST = 8;

    private final Environment environment;
    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Saved> elements = new ArrayList<>();
    private boolean possible = true;

    /// @param slot the local of its value
    private record Saved(Guards.ForcedArray array, int index, int slot) {}

    private DeferredForces(Environment environment) {
        this.environment = environment;
    }

    /// What a loop can put off.
    static DeferredForces of(Instruction loop, Environment environment) {
        var deferred = new DeferredForces(environment);
        if (!environment.guards().isEmpty()) {
            Walk.stores(List.of(loop), deferred::stored);
        }
        if (!deferred.isEmpty()) {
            Walk.instructions(List.of(loop), deferred::instruction);
        }
        return deferred;
    }

    boolean isEmpty() {
        return elements.isEmpty() || !possible;
    }

    private void stored(Place place) {
        if (environment.guards().of(place) instanceof Guards.Guard.Elements(var arrays)) {
            possible &= place instanceof Place.Element;
            for (Guards.ForcedArray array : arrays) {
                if (!environment.deferred().contains(array.array()) && known.add(array.array())) {
                    array.indices().forEach(i -> elements.add(new Saved(array, i, -1)));
                }
            }
            possible &= elements.size() <= MOST;
        }
    }

    private void instruction(Instruction instruction) {
        switch (instruction) {
            case Instruction.Return _, Instruction.Bind _ -> possible = false;
            case Instruction.Assign(var place, var _, var _) ->
                possible &= !place.type().isAggregate();
            default -> {}
        }
        Walk.terms(instruction).forEach(t -> Walk.deep(t, this::term));
    }

    private void term(Term term) {
        switch (term) {
            case Term.Load(Place.Target _) -> possible = false;
            case Term.Load(var place) ->
                possible &= place.type().isAggregate()
                        || isElsewhere(environment.guards().of(place));
            case Term.Call _, Term.Reference _, Term.Attempt _ -> possible = false;
            case Term.Library(var _, var arguments, var _) ->
                possible &= arguments.stream().noneMatch(a -> a.type().isAggregate());
            default -> possible &= !(term.type().resolved() instanceof OpenArrayType);
        }
    }

    /// Whether what is guarded is no element of an array.
    private static boolean isElsewhere(Guards.Guard guard) {
        return guard instanceof Guards.Guard.None || guard instanceof Guards.Guard.Owners;
    }

    /// Writes a loop between getting the elements and setting them again.
    void around(Runnable loop) {
        CodeBuilder code = environment.code();
        elements.replaceAll(e -> new Saved(e.array(), e.index(), code.allocateLocal(kind(e))));
        for (Saved element : elements) {
            prepare(element);
            code.arrayLoad(TypeKind.from(element.array().element())).storeLocal(kind(element), element.slot());
        }
        Label start = code.newBoundLabel();
        environment.deferred().addAll(known);
        loop.run();
        environment.deferred().removeAll(known);
        Label end = code.newBoundLabel();
        Label after = code.newLabel();
        Label broken = code.newLabel();
        setAgain();
        code.goto_(after).labelBinding(broken);
        setAgain();
        code.athrow().labelBinding(after);
        code.exceptionCatchAll(start, end, broken);
    }

    private static TypeKind kind(Saved element) {
        return TypeKind.from(element.array().element()).asLoadable();
    }

    private void prepare(Saved element) {
        environment.constant(element.array().array());
        environment.code().checkcast(element.array().element().arrayType()).loadConstant(element.index());
    }

    /// Another machine may run this code in another thread: each sets its own elements.
    private void setAgain() {
        CodeBuilder code = environment.code();
        for (Saved element : elements) {
            Label other = code.newLabel();
            code.aload(Environment.MACHINE_SLOT);
            environment.constant(element.array().machine());
            code.if_acmpne(other);
            prepare(element);
            code.loadLocal(kind(element), element.slot())
                    .arrayStore(TypeKind.from(element.array().element()));
            code.labelBinding(other);
        }
    }
}
