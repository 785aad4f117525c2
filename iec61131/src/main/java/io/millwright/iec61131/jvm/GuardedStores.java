package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.machine.Machine;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.Consumer;

/// Code of stores that leave forced variables as they are.
record GuardedStores(Environment environment) {
    /// Stores the value on the stack into a place whose preparation lies below it.
    ///
    /// @param plain writes the store itself
    void store(Place place, Consumer<Place> plain) {
        switch (environment.guards().of(place)) {
            case Guards.Guard.None _ -> plain.accept(place);
            case Guards.Guard.Owners(var objects) -> owners(place, objects, plain);
            case Guards.Guard.Elements(var arrays) -> {
                List<Guards.ForcedArray> watched = arrays.stream()
                        .filter(a -> !environment.deferred().contains(a.array()))
                        .toList();
                if (watched.isEmpty()) {
                    plain.accept(place);
                } else {
                    elements(place, watched, plain);
                }
            }
            case Guards.Guard.Again _ -> {
                plain.accept(place);
                again();
            }
        }
    }

    /// After an aggregate was copied into a place.
    void copied(Place place) {
        if (environment.guards().of(place) instanceof Guards.Guard.Again) {
            again();
        }
    }

    private void again() {
        environment
                .code()
                .aload(Environment.MACHINE_SLOT)
                .invokevirtual(JavaTypes.desc(Machine.class), "enforce", MethodTypeDesc.of(CD_void));
    }

    private void owners(Place place, List<Object> objects, Consumer<Place> plain) {
        CodeBuilder code = environment.code();
        TypeKind kind = environment.types().kind(place.type());
        int value = code.allocateLocal(kind);
        Label kept = code.newLabel();
        Label end = code.newLabel();
        code.storeLocal(kind, value);
        for (Object object : objects) {
            code.dup();
            environment.constant(object);
            code.if_acmpeq(kept);
        }
        code.loadLocal(kind, value);
        plain.accept(place);
        code.goto_(end).labelBinding(kept).pop().labelBinding(end);
    }

    private void elements(Place place, List<Guards.ForcedArray> arrays, Consumer<Place> plain) {
        CodeBuilder code = environment.code();
        TypeKind kind = environment.types().kind(place.type());
        int value = code.allocateLocal(kind);
        int index = code.allocateLocal(TypeKind.INT);
        Label kept = code.newLabel();
        Label store = code.newLabel();
        Label end = code.newLabel();
        code.storeLocal(kind, value).istore(index);
        for (Guards.ForcedArray forced : arrays) {
            Label other = code.newLabel();
            code.dup();
            environment.constant(forced.array());
            code.if_acmpne(other).iload(index);
            code.lookupswitch(
                    store,
                    forced.indices().stream().map(i -> SwitchCase.of(i, kept)).toList());
            code.labelBinding(other);
        }
        code.labelBinding(store).iload(index).loadLocal(kind, value);
        plain.accept(place);
        code.goto_(end).labelBinding(kept).pop().labelBinding(end);
    }
}
