package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.Pointers;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.VarHandle;

/// Code that makes references to variables.
final class References {
    private static final ClassDesc POINTERS = JavaTypes.desc(Pointers.class);
    private static final ClassDesc ELEMENTARY = JavaTypes.desc(Elementary.class);
    private static final ClassDesc VAR_HANDLE = JavaTypes.desc(VarHandle.class);

    private static final ClassDesc MACHINE = JavaTypes.desc(Machine.class);

    private final Storage storage;
    private final boolean kept;

    /// @param kept whether the machine, which is in its slot, keeps the references, so that none is made twice
    References(Storage storage, boolean kept) {
        this.storage = storage;
        this.kept = kept;
    }

    private void machine(CodeBuilder code) {
        if (kept) {
            code.aload(Environment.MACHINE_SLOT);
        } else {
            code.aconst_null();
        }
    }

    /// Turns the object on the stack into a reference to one of its variables.
    void toField(CodeBuilder code, Variable variable, Type reference) {
        Field field = storage.field(variable);
        if (variable.type().isAggregate()) {
            code.getfield(field.owner(), field.name(), field.type());
            toObject(code, variable.type(), reference);
            return;
        }
        toField(code, field, variable.type());
    }

    /// Turns the object on the stack into a reference to one of its fields, which is not an aggregate.
    void toField(CodeBuilder code, Field field, Type type) {
        handle(code, field);
        elementary(code, type);
        machine(code);
        code.invokestatic(
                POINTERS, "toField", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, VAR_HANDLE, ELEMENTARY, MACHINE));
    }

    private static void handle(CodeBuilder code, Field field) {
        var bootstrap = ConstantDescs.ofConstantBootstrap(
                JavaTypes.desc(Linkage.class),
                "handle",
                VAR_HANDLE,
                CD_String,
                ConstantDescs.CD_Class,
                ConstantDescs.CD_Class);
        code.ldc(DynamicConstantDesc.ofNamed(
                bootstrap, "handle", VAR_HANDLE, field.name(), field.owner(), field.type()));
    }

    /// Pushes the elementary type of a variable; for references any will do.
    static void elementary(CodeBuilder code, Type type) {
        code.getstatic(ELEMENTARY, seen(type).name(), ELEMENTARY);
    }

    /// The elementary type that a pointer to a variable is made with.
    static Elementary seen(Type type) {
        Elementary elementary = type.elementary();
        return elementary == null ? Elementary.LWORD : elementary;
    }

    /// Turns the aggregate on the stack into a reference to it.
    void toObject(CodeBuilder code, Type type, Type reference) {
        boolean pointer = reference.resolved() instanceof ReferenceType to && JavaTypes.isPointer(to);
        if (!pointer) {
            return;
        }
        if (type.resolved() instanceof ArrayType array) {
            code.iconst_0();
            elementary(code, array.element());
            invokeToElement(code);
        } else if (type.resolved() instanceof TextType text) {
            code.loadConstant(text.wide() ? 1 : 0);
            machine(code);
            code.invokestatic(
                    POINTERS,
                    "toText",
                    MethodTypeDesc.of(JavaTypes.POINTER, JavaTypes.TEXT, ConstantDescs.CD_boolean, MACHINE));
        } else {
            machine(code);
            code.invokestatic(POINTERS, "toObject", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, MACHINE));
        }
    }

    /// Turns the array and the index on the stack into a reference to the element.
    void toElement(CodeBuilder code, Type element) {
        elementary(code, element);
        invokeToElement(code);
    }

    private void invokeToElement(CodeBuilder code) {
        machine(code);
        code.invokestatic(
                POINTERS, "toElement", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, CD_int, ELEMENTARY, MACHINE));
    }
}
