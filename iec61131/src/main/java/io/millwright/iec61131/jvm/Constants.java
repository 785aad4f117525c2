package io.millwright.iec61131.jvm;

import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Defaults;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Constants of generated code: numbers stand in it, texts and arrays are made once for each program and found
/// by number.
final class Constants {
    private static final DirectMethodHandleDesc BOOTSTRAP = ConstantDescs.ofConstantBootstrap(
            JavaTypes.desc(Linkage.class), "constant", ConstantDescs.CD_Object, ConstantDescs.CD_int);

    private final JavaTypes types;
    private final List<Object> objects = new ArrayList<>();
    private final Map<String, Integer> texts = new HashMap<>();
    private final Map<List<?>, Integer> arrays = new HashMap<>();

    Constants(JavaTypes types) {
        this.types = types;
    }

    /// What the code refers to by number.
    List<Object> objects() {
        return objects;
    }

    /// Pushes the value of an elementary type, a text, or the null reference.
    void push(CodeBuilder code, Type type, Value value) {
        switch (value) {
            case Value.Truth(boolean truth) -> code.loadConstant(truth ? 1 : 0);
            case Value.Real(double real) -> {
                if (type.elementary() == Elementary.REAL) {
                    code.loadConstant((float) real);
                } else {
                    code.loadConstant(real);
                }
            }
            case Value.Whole(long whole) -> {
                Elementary elementary = type.elementary();
                if (elementary != null && elementary.isLong()) {
                    code.loadConstant(whole);
                } else {
                    code.loadConstant((int) whole);
                }
            }
            case Value.Text(var text) -> text(code, text);
            case Value.Usual _ -> code.aconst_null();
            default -> throw new IllegalArgumentException("no constant of the stack: " + value);
        }
    }

    private void text(CodeBuilder code, String text) {
        int number = texts.computeIfAbsent(text, t -> add(Text.of(t)));
        push(code, number, JavaTypes.TEXT);
    }

    /// Pushes an array of plain values that must not be changed.
    void array(CodeBuilder code, ArrayType type, List<Value> elements) {
        int number = arrays.computeIfAbsent(List.of(type, elements), _ -> add(template(type, elements)));
        push(code, number, types.of(type));
    }

    /// Pushes the bounds of an array.
    void bounds(CodeBuilder code, int[] bounds) {
        int number = arrays.computeIfAbsent(Arrays.stream(bounds).boxed().toList(), _ -> add(bounds));
        push(code, number, ConstantDescs.CD_int.arrayType());
    }

    private int add(Object object) {
        objects.add(object);
        return objects.size() - 1;
    }

    private static void push(CodeBuilder code, int number, ClassDesc type) {
        code.ldc(DynamicConstantDesc.ofNamed(BOOTSTRAP, "constant", ConstantDescs.CD_Object, number))
                .checkcast(type);
    }

    private Object template(ArrayType type, List<Value> elements) {
        int size = type.size();
        Value usual = Defaults.of(type.element());
        Object array = switch (types.element(type.element()).descriptorString()) {
            case "Z" -> new boolean[size];
            case "B" -> new byte[size];
            case "S" -> new short[size];
            case "C" -> new char[size];
            case "I" -> new int[size];
            case "J" -> new long[size];
            case "F" -> new float[size];
            default -> new double[size];
        };
        for (int i = 0; i < size; i++) {
            set(array, i, i < elements.size() ? elements.get(i) : usual);
        }
        return array;
    }

    private static void set(Object array, int index, Value value) {
        switch (value) {
            case Value.Truth(boolean truth) -> Array.setBoolean(array, index, truth);
            case Value.Real(double real) -> {
                if (array instanceof float[] a) {
                    a[index] = (float) real;
                } else {
                    Array.setDouble(array, index, real);
                }
            }
            case Value.Whole(long whole) -> {
                switch (array) {
                    case byte[] a -> a[index] = (byte) whole;
                    case short[] a -> a[index] = (short) whole;
                    case char[] a -> a[index] = (char) whole;
                    case int[] a -> a[index] = (int) whole;
                    default -> Array.setLong(array, index, whole);
                }
            }
            default -> throw new IllegalArgumentException("no element of a plain array: " + value);
        }
    }
}
