package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_char;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;

import io.millwright.iec61131.machine.OpenArray;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.IdentityHashMap;

/// Which Java type a variable of an IEC type has.
///
/// | IEC | field, parameter | element of an array |
/// |---|---|---|
/// | BOOL | boolean | boolean |
/// | SINT, USINT, BYTE, CHAR | int | byte |
/// | INT | int | short |
/// | UINT, WORD, WCHAR | int | char |
/// | DINT, UDINT, DWORD | int | int |
/// | other whole numbers, times, dates | long | long |
/// | REAL, LREAL | float, double | float, double |
/// | STRING, WSTRING | [Text] | Text |
/// | structures, units, interfaces | a generated class | the same |
/// | REF_TO an aggregate | the aggregate's class | the same |
/// | other references | [Pointer] | Pointer |
final class JavaTypes {
    static final ClassDesc TEXT = desc(Text.class);
    static final ClassDesc POINTER = desc(Pointer.class);
    static final ClassDesc OPEN_ARRAY = desc(OpenArray.class);

    private final IdentityHashMap<Type, ClassDesc> declared = new IdentityHashMap<>();

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }

    /// Fixes the class of a structure, unit or interface.
    void declare(Type type, ClassDesc generated) {
        declared.put(type, generated);
    }

    /// The type of a field, parameter or local.
    ClassDesc of(Type type) {
        Elementary elementary = type.elementary();
        if (elementary != null) {
            return elementary(elementary);
        }
        return switch (type.resolved()) {
            case TextType _ -> TEXT;
            case ArrayType array -> element(array.element()).arrayType();
            case OpenArrayType _ -> OPEN_ARRAY;
            case ReferenceType reference -> isPointer(reference) ? POINTER : of(reference.target());
            case StructureType _, UnitType _, InterfaceType _ -> generated(type.resolved());
            default -> throw new IllegalArgumentException("no Java type for " + type.name());
        };
    }

    private ClassDesc generated(Type type) {
        ClassDesc generated = declared.get(type);
        if (generated == null) {
            throw new IllegalArgumentException("no class was made for " + type.name());
        }
        return generated;
    }

    static ClassDesc elementary(Elementary type) {
        return switch (type) {
            case BOOL -> CD_boolean;
            case REAL -> CD_float;
            case LREAL -> CD_double;
            default -> type.isLong() ? CD_long : CD_int;
        };
    }

    /// The type of an element of an array.
    ClassDesc element(Type type) {
        Elementary elementary = type.elementary();
        if (elementary == null) {
            return of(type);
        }
        return switch (elementary) {
            case SINT, USINT, BYTE, CHAR -> CD_byte;
            case INT -> CD_short;
            case UINT, WORD, WCHAR -> CD_char;
            default -> elementary(elementary);
        };
    }

    /// Whether a reference is a [Pointer] rather than the object itself.
    static boolean isPointer(ReferenceType reference) {
        return reference.kind() == ReferenceType.Kind.POINTER_TO
                || !reference.target().isAggregate();
    }

    /// How the JVM holds a value of the type.
    TypeKind kind(Type type) {
        return TypeKind.from(of(type)).asLoadable();
    }
}
