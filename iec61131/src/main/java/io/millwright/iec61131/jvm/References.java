package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;

import io.millwright.iec61131.machine.Pointers;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.ReferenceType;
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

    private final Storage storage;

    References(Storage storage) {
        this.storage = storage;
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
        code.invokestatic(POINTERS, "toField", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, VAR_HANDLE, ELEMENTARY));
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
        Elementary elementary = type.elementary();
        String name = elementary == null ? Elementary.LWORD.name() : elementary.name();
        code.getstatic(ELEMENTARY, name, ELEMENTARY);
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
            code.invokestatic(
                    POINTERS, "toElement", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, CD_int, ELEMENTARY));
        } else {
            code.invokestatic(POINTERS, "toObject", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object));
        }
    }

    /// Turns the array and the index on the stack into a reference to the element.
    void toElement(CodeBuilder code, Type element) {
        elementary(code, element);
        code.invokestatic(POINTERS, "toElement", MethodTypeDesc.of(JavaTypes.POINTER, CD_Object, CD_int, ELEMENTARY));
    }
}
