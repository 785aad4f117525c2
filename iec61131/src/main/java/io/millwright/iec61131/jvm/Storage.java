package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Code that makes aggregates, sets them to their first values, and copies them.
final class Storage {
    private static final ClassDesc ARRAYS = JavaTypes.desc(Arrays.class);
    private static final ClassDesc SYSTEM = JavaTypes.desc(System.class);

    private final JavaTypes types;
    private final Map<Variable, Field> fields;
    private final Constants constants;
    private final ClassDesc machine;

    Storage(JavaTypes types, Map<Variable, Field> fields, Constants constants, ClassDesc machine) {
        this.types = types;
        this.fields = fields;
        this.constants = constants;
        this.machine = machine;
    }

    Field field(Variable variable) {
        Field field = fields.get(variable);
        if (field == null) {
            throw new IllegalArgumentException("no field was made for " + variable);
        }
        return field;
    }

    /// Pushes a new object of an aggregate type; its values are still Java's zeros.
    void allocate(CodeBuilder code, Type type) {
        switch (type.resolved()) {
            case TextType text ->
                code.new_(JavaTypes.TEXT)
                        .dup()
                        .loadConstant(text.capacity())
                        .invokespecial(JavaTypes.TEXT, "<init>", MethodTypeDesc.of(CD_void, CD_int));
            case ArrayType array -> allocateArray(code, array);
            case StructureType _, UnitType _ -> {
                ClassDesc generated = types.of(type);
                code.new_(generated).dup().invokespecial(generated, "<init>", MethodTypeDesc.of(CD_void));
            }
            default -> throw new IllegalArgumentException("not to be made: " + type.name());
        }
    }

    private void allocateArray(CodeBuilder code, ArrayType array) {
        ClassDesc element = types.element(array.element());
        code.loadConstant(array.size());
        if (element.isPrimitive()) {
            code.newarray(TypeKind.from(element));
        } else {
            code.anewarray(element);
        }
        if (array.element().isAggregate()) {
            loop(code, array.size(), (index, arraySlot) -> {
                code.aload(arraySlot).iload(index);
                allocate(code, array.element());
                code.aastore();
            });
        }
    }

    private interface LoopBody {
        void emit(int index, int array);
    }

    /// Runs code for every index of the array that is on the stack, which stays there.
    private static void loop(CodeBuilder code, int size, LoopBody body) {
        int array = code.allocateLocal(TypeKind.REFERENCE);
        int index = code.allocateLocal(TypeKind.INT);
        Label test = code.newLabel();
        Label end = code.newLabel();
        code.dup().astore(array).iconst_0().istore(index).labelBinding(test);
        code.iload(index).loadConstant(size).if_icmpge(end);
        body.emit(index, array);
        code.iinc(index, 1).goto_(test).labelBinding(end);
    }

    /// Sets the aggregate that is on the stack to a first value, and takes it from there.
    ///
    /// @param machineSlot the local that holds the machine
    void reset(CodeBuilder code, Type type, Value value, int machineSlot) {
        Value first = value instanceof Value.Usual ? Defaults.of(type) : value;
        switch (type.resolved()) {
            case TextType _ -> {
                String text = first instanceof Value.Text(var characters) ? characters : "";
                code.loadConstant(text).invokevirtual(JavaTypes.TEXT, "set", MethodTypeDesc.of(CD_void, CD_String));
            }
            case ArrayType array -> resetArray(code, array, first, machineSlot);
            case StructureType _, UnitType _ -> {
                ClassDesc generated = types.of(type);
                code.dup().aload(machineSlot).invokevirtual(generated, "reset", MethodTypeDesc.of(CD_void, machine));
                Map<Variable, Value> given = first instanceof Value.Fields(var values) ? values : Map.of();
                given.forEach((variable, own) -> resetField(code, variable, own, machineSlot));
                code.pop();
            }
            default -> throw new IllegalArgumentException("not to be set: " + type.name());
        }
    }

    /// Sets a variable of the object on the stack, which stays there.
    void resetField(CodeBuilder code, Variable variable, Value value, int machineSlot) {
        Field field = field(variable);
        code.dup();
        if (variable.type().isAggregate()) {
            code.getfield(field.owner(), field.name(), field.type());
            reset(code, variable.type(), value, machineSlot);
            return;
        }
        if (value instanceof Value.ReferenceTo(var path)) {
            reference(code, path, variable.type(), machineSlot);
        } else {
            constants.push(code, variable.type(), value instanceof Value.Usual ? Defaults.of(variable.type()) : value);
        }
        code.putfield(field.owner(), field.name(), field.type());
    }

    /// Pushes a reference to a variable; a path that does not begin with a global begins at the object that is
    /// on the stack twice.
    private void reference(CodeBuilder code, List<Variable> path, Type type, int machineSlot) {
        boolean global = path.getFirst().role() == Variable.Role.GLOBAL;
        if (global) {
            code.aload(machineSlot);
        } else {
            code.dup();
        }
        for (Variable step : path.subList(0, path.size() - 1)) {
            Field field = field(step);
            code.getfield(field.owner(), field.name(), field.type());
        }
        new References(this, false).toField(code, path.getLast(), type);
    }

    private void resetArray(CodeBuilder code, ArrayType array, Value value, int machineSlot) {
        List<Value> elements = value instanceof Value.Elements(var values) ? values : List.of();
        ClassDesc element = types.element(array.element());
        Value usual = Defaults.of(array.element());
        if (array.element().isAggregate()) {
            loop(code, array.size(), (index, arraySlot) -> {
                code.aload(arraySlot).iload(index).aaload();
                reset(code, array.element(), usual, machineSlot);
            });
            for (int i = 0; i < elements.size(); i++) {
                if (!elements.get(i).equals(usual)) {
                    code.dup().loadConstant(i).aaload();
                    reset(code, array.element(), elements.get(i), machineSlot);
                }
            }
            code.pop();
        } else if (elements.isEmpty() || !element.isPrimitive()) {
            constants.push(code, array.element(), usual);
            ClassDesc any = element.isPrimitive() ? element : CD_Object;
            code.invokestatic(ARRAYS, "fill", MethodTypeDesc.of(CD_void, any.arrayType(), any));
        } else {
            int target = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(target);
            constants.array(code, array, elements);
            code.iconst_0().aload(target).iconst_0().loadConstant(array.size());
            copyArray(code);
        }
    }

    private static void copyArray(CodeBuilder code) {
        code.invokestatic(
                SYSTEM, "arraycopy", MethodTypeDesc.of(CD_void, CD_Object, CD_int, CD_Object, CD_int, CD_int));
    }

    /// As [#copy], or exchanges texts where the source is a new one that nobody needs afterwards.
    void assign(CodeBuilder code, Type type, boolean newText) {
        if (newText) {
            code.invokevirtual(JavaTypes.TEXT, "take", MethodTypeDesc.of(CD_void, JavaTypes.TEXT));
        } else {
            copy(code, type);
        }
    }

    /// Copies one aggregate into another: the target lies below the source on the stack, and both are taken
    /// from there.
    void copy(CodeBuilder code, Type type) {
        switch (type.resolved()) {
            case TextType _ -> code.invokevirtual(JavaTypes.TEXT, "set", MethodTypeDesc.of(CD_void, JavaTypes.TEXT));
            case ArrayType array
            when !array.element().isAggregate() -> {
                code.swap();
                int target = code.allocateLocal(TypeKind.REFERENCE);
                code.astore(target).iconst_0().aload(target).iconst_0().loadConstant(array.size());
                copyArray(code);
            }
            case ArrayType array -> {
                int source = code.allocateLocal(TypeKind.REFERENCE);
                code.astore(source);
                loop(code, array.size(), (index, target) -> {
                    code.aload(target).iload(index).aaload();
                    code.aload(source).iload(index).aaload();
                    copy(code, array.element());
                });
                code.pop();
            }
            case StructureType _, UnitType _ -> {
                ClassDesc generated = types.of(type);
                code.invokevirtual(generated, "copyFrom", MethodTypeDesc.of(CD_void, generated));
            }
            default -> throw new IllegalArgumentException("not to be copied: " + type.name());
        }
    }
}
