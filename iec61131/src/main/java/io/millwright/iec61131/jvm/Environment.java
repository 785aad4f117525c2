package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/// Where the variables of the routine that is being written lie.
///
/// @param self the local of the instance, or -1
/// @param homes the routine's own variables
/// @param guards what stores must look out for
/// @param met the objects that the code knows
/// @param deferred the arrays whose forced elements are set again after the loop that is being written
record Environment(
        Layouts layouts,
        CodeBuilder code,
        int self,
        Map<Variable, Home> homes,
        Guards guards,
        MetObjects met,
        Set<Object> deferred) {
    /// The local of the machine.
    static final int MACHINE_SLOT = 0;

    Environment(Layouts layouts, CodeBuilder code, int self, Guards guards, MetObjects met) {
        this(
                layouts,
                code,
                self,
                new IdentityHashMap<>(),
                guards,
                met,
                Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    /// Where a variable of the routine lies.
    sealed interface Home {
        /// In a local of the JVM.
        record InLocal(int slot) implements Home {}

        /// In two locals of the JVM, whose XOR it is ([SplitVariables]).
        record Split(int slot, int late) implements Home {}

        /// In a field of a frame, which is in a local of the JVM.
        record InFrame(int slot, Field field) implements Home {}
    }

    Home home(Variable variable) {
        Home home = homes.get(variable);
        if (home == null) {
            throw new IllegalArgumentException("no room was made for " + variable);
        }
        return home;
    }

    /// The place itself, or the local in which a loop keeps that variable meanwhile.
    Place own(Place place) {
        Variable variable = switch (place) {
            case Place.Field(Term.Self _, var field) -> field;
            case Place.Global(var global) -> global;
            default -> null;
        };
        return variable != null && homes.containsKey(variable) ? new Place.Local(variable) : place;
    }

    /// Pushes an object that is known as the routine is written.
    void constant(Object object) {
        var bootstrap = ConstantDescs.ofConstantBootstrap(JavaTypes.desc(Linkage.class), "met", CD_Object, CD_int);
        code.ldc(DynamicConstantDesc.ofNamed(bootstrap, "met", CD_Object, met.number(object)));
    }

    JavaTypes types() {
        return layouts.types();
    }

    Storage storage() {
        return layouts.storage();
    }

    Constants constants() {
        return layouts.constants();
    }

    void load(Variable variable) {
        switch (home(variable)) {
            case Home.InLocal(int slot) -> code.loadLocal(types().kind(variable.type()), slot);
            case Home.Split(int slot, int late) -> {
                TypeKind kind = types().kind(variable.type());
                code.loadLocal(kind, slot).loadLocal(kind, late);
                SplitVariables.xor(code, kind);
            }
            case Home.InFrame(int slot, var field) ->
                code.aload(slot).getfield(field.owner(), field.name(), field.type());
        }
    }

    /// Lets an in-out stand for nothing.
    void unbind(Variable variable) {
        switch (home(variable)) {
            case Home.InLocal(int slot) -> code.aconst_null().astore(slot);
            case Home.Split _ -> throw new IllegalArgumentException("an in-out is not split: " + variable);
            case Home.InFrame(int slot, var field) ->
                code.aload(slot).aconst_null().putfield(field.owner(), field.name(), field.type());
        }
    }

    /// Sets the first value of a variable that starts anew.
    void reset(Variable variable) {
        Type type = variable.type();
        if (type.isAggregate()) {
            load(variable);
            storage().reset(code, type, variable.initial(), MACHINE_SLOT);
            return;
        }
        switch (home(variable)) {
            case Home.InLocal(int slot) -> {
                constants().push(code, type, Values.first(variable));
                code.storeLocal(types().kind(type), slot);
            }
            case Home.Split split -> {
                constants().push(code, type, Values.first(variable));
                SplitVariables.store(this, variable, split);
            }
            case Home.InFrame(int slot, var field) -> {
                code.aload(slot);
                constants().push(code, type, Values.first(variable));
                code.putfield(field.owner(), field.name(), field.type());
            }
        }
    }
}
