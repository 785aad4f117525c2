package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.machine.Image;
import io.millwright.iec61131.machine.PackedText;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Code for values behind references and in the process image.
final class FarValues {
    private static final ClassDesc IMAGE = JavaTypes.desc(Image.class);
    private static final ClassDesc PACKED_TEXT = JavaTypes.desc(PackedText.class);

    private final Environment environment;
    private final CodeBuilder code;
    private final Terms terms;

    FarValues(Environment environment, Terms terms) {
        this.environment = environment;
        this.code = environment.code();
        this.terms = terms;
    }

    /// Takes some bits of the whole number on the stack.
    void loadPart(Type whole, Elementary part, int shift) {
        if (environment.types().kind(whole) == TypeKind.LONG) {
            code.loadConstant(shift).lushr().l2i();
        } else {
            code.loadConstant(shift).iushr();
        }
        if (part != Elementary.DWORD) {
            code.loadConstant(part == Elementary.BOOL ? 1 : (1 << part.bits()) - 1)
                    .iand();
        }
    }

    /// Loads what the reference on the stack points to.
    void loadTarget(Place.Target target) {
        Type type = target.type();
        Elementary elementary = type.elementary();
        if (!environment.types().of(target.reference().type()).equals(JavaTypes.POINTER)) {
            return;
        }
        if (elementary == null) {
            String method = type.resolved() instanceof ArrayType ? "loadArray" : "loadObject";
            code.invokevirtual(JavaTypes.POINTER, method, MethodTypeDesc.of(CD_Object))
                    .checkcast(environment.types().of(type));
            return;
        }
        switch (elementary) {
            case BOOL -> code.invokevirtual(JavaTypes.POINTER, "loadTruth", MethodTypeDesc.of(CD_boolean));
            case REAL ->
                code.invokevirtual(JavaTypes.POINTER, "loadReal", MethodTypeDesc.of(CD_double))
                        .d2f();
            case LREAL -> code.invokevirtual(JavaTypes.POINTER, "loadReal", MethodTypeDesc.of(CD_double));
            default -> {
                code.invokevirtual(JavaTypes.POINTER, "loadWhole", MethodTypeDesc.of(CD_long));
                if (!elementary.isLong()) {
                    code.l2i();
                    terms.normalize(elementary);
                }
            }
        }
    }

    /// Takes a value out of the bytes, from the first bit, that are on the stack.
    void loadPacked(Type type) {
        if (type.resolved() instanceof TextType text) {
            loadText(text);
            return;
        }
        Elementary elementary = Terms.elementary(type);
        code.loadConstant(elementary.bits());
        code.invokestatic(IMAGE, "load", MethodTypeDesc.of(CD_long, CD_byte.arrayType(), CD_int, CD_int));
        fromBits(elementary);
    }

    /// Puts the value on the stack into the bytes, from the first bit, that lie below it.
    void storePacked(Type type) {
        if (type.resolved() instanceof TextType text) {
            storeText(text);
            return;
        }
        Elementary elementary = Terms.elementary(type);
        toBits(elementary);
        int value = code.allocateLocal(TypeKind.LONG);
        code.lstore(value);
        storeBits(elementary, value);
    }

    /// Puts bits into the bytes, from the first bit, that are on the stack.
    ///
    /// @param value the local that has the bits
    void storeBits(Elementary type, int value) {
        code.loadConstant(type.bits()).lload(value);
        code.invokestatic(IMAGE, "store", MethodTypeDesc.of(CD_void, CD_byte.arrayType(), CD_int, CD_int, CD_long));
    }

    /// Makes a text for a result in between of the bytes and the first bit on the stack.
    private void loadText(TextType type) {
        new ConversionCode(environment, terms).scratch(type);
        code.loadConstant(type.wide() ? 1 : 0)
                .invokestatic(
                        PACKED_TEXT,
                        "load",
                        MethodTypeDesc.of(JavaTypes.TEXT, CD_byte.arrayType(), CD_int, JavaTypes.TEXT, CD_boolean));
    }

    /// Stores the text on the stack into the bytes, from the first bit, that lie below it.
    private void storeText(TextType type) {
        code.loadConstant(type.capacity())
                .loadConstant(type.wide() ? 1 : 0)
                .invokestatic(
                        PACKED_TEXT,
                        "store",
                        MethodTypeDesc.of(CD_void, CD_byte.arrayType(), CD_int, JavaTypes.TEXT, CD_int, CD_boolean));
    }

    /// Turns the bits in a `long` into a value of a type.
    void fromBits(Elementary type) {
        switch (type) {
            case REAL ->
                code.l2i()
                        .invokestatic(
                                JavaTypes.desc(Float.class), "intBitsToFloat", MethodTypeDesc.ofDescriptor("(I)F"));
            case LREAL ->
                code.invokestatic(
                        JavaTypes.desc(Double.class), "longBitsToDouble", MethodTypeDesc.ofDescriptor("(J)D"));
            default -> {
                if (!type.isLong()) {
                    code.l2i();
                    terms.normalize(type);
                }
            }
        }
    }

    /// Turns a value of a type into its bits in a `long`.
    void toBits(Elementary type) {
        switch (type) {
            case REAL ->
                code.invokestatic(JavaTypes.desc(Float.class), "floatToIntBits", MethodTypeDesc.ofDescriptor("(F)I"))
                        .i2l();
            case LREAL ->
                code.invokestatic(
                        JavaTypes.desc(Double.class), "doubleToLongBits", MethodTypeDesc.ofDescriptor("(D)J"));
            default -> {
                if (!type.isLong()) {
                    code.i2l();
                }
            }
        }
    }

    /// Stores the value on the stack where the reference below it points to.
    void storeTarget(Place.Target target) {
        Elementary elementary = target.type().elementary();
        if (elementary == null) {
            code.invokevirtual(JavaTypes.POINTER, "storeObject", MethodTypeDesc.of(CD_void, CD_Object));
            return;
        }
        switch (elementary) {
            case BOOL -> code.invokevirtual(JavaTypes.POINTER, "storeTruth", MethodTypeDesc.of(CD_void, CD_boolean));
            case REAL ->
                code.f2d().invokevirtual(JavaTypes.POINTER, "storeReal", MethodTypeDesc.of(CD_void, CD_double));
            case LREAL -> code.invokevirtual(JavaTypes.POINTER, "storeReal", MethodTypeDesc.of(CD_void, CD_double));
            default -> {
                if (!elementary.isLong()) {
                    code.i2l();
                }
                code.invokevirtual(JavaTypes.POINTER, "storeWhole", MethodTypeDesc.of(CD_void, CD_long));
            }
        }
    }
}
