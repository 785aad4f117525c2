package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.syntax.Declaration.Modifier;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls through an interface: where few units implement it, the call asks which one it is and calls its
/// routine, which the optimiser can put in place; a search by the JVM in the class of the instance it could
/// not.
record Dispatch(Program program, Layouts layouts) {
    /// Of how many units a call asks.
    private static final int MOST = 6;

    /// A unit, and the routine that a call of its instances runs.
    ///
    /// @param owner the unit that declares the routine
    private record Target(UnitType unit, UnitType owner, Signature routine) {}

    /// The static method beside a method of an interface through which it is called: the receiver, then what
    /// the method takes.
    static String method(Signature signature) {
        return "to_" + Layouts.method(signature);
    }

    static MethodTypeDesc descriptor(ClassDesc face, MethodTypeDesc method) {
        return method.insertParameterTypes(0, face);
    }

    void write(ClassBuilder c, InterfaceType face, Signature signature) {
        ClassDesc type = layouts.types().of(face);
        MethodTypeDesc plain = layouts.descriptor(signature, null);
        c.withMethodBody(method(signature), descriptor(type, plain), ACC_PUBLIC | ACC_STATIC, code -> {
            for (Target target : targets(face, signature)) {
                Label other = code.newLabel();
                ClassDesc unit = layouts.types().of(target.unit());
                ClassDesc owner = layouts.types().of(target.owner());
                code.aload(0).instanceOf(unit).ifeq(other).aload(1).aload(0).checkcast(unit);
                arguments(code, plain);
                Calling.invoke(code, layouts.routine(target.routine()), layouts.descriptor(target.routine(), owner));
                code.return_(Calling.kind(plain.returnType())).labelBinding(other);
            }
            code.aload(0).aload(1);
            arguments(code, plain);
            code.invokeinterface(type, Layouts.method(signature), plain);
            code.return_(Calling.kind(plain.returnType()));
        });
    }

    /// Pushes what follows the machine.
    private static void arguments(CodeBuilder code, MethodTypeDesc plain) {
        for (int i = 1; i < plain.parameterCount(); i++) {
            code.loadLocal(Calling.kind(plain.parameterType(i)), code.parameterSlot(i + 1));
        }
    }

    /// The units whose instances a call may meet, if they are few and none has others that extend it.
    private List<Target> targets(InterfaceType face, Signature signature) {
        List<Target> targets = new ArrayList<>();
        for (UnitType unit : program.units()) {
            Target target = implementsFace(unit, face) ? target(unit, signature) : null;
            boolean extended = program.units().stream().anyMatch(u -> u.base() == unit);
            if (target != null && extended) {
                return List.of();
            }
            if (target != null && !unit.modifiers().contains(Modifier.ABSTRACT)) {
                targets.add(target);
            }
        }
        return targets.size() <= MOST ? targets : List.of();
    }

    private @Nullable Target target(UnitType unit, Signature asked) {
        for (UnitType at = unit; at != null; at = at.base()) {
            for (Signature own : at.methods()) {
                boolean same = Layouts.method(own).equals(Layouts.method(asked));
                if (same && program.routines().containsKey(own)) {
                    return new Target(unit, at, own);
                }
            }
        }
        return null;
    }

    private static boolean implementsFace(UnitType unit, InterfaceType face) {
        UnitType base = unit.base();
        return unit.interfaces().stream().anyMatch(i -> extendsFace(i, face))
                || base != null && implementsFace(base, face);
    }

    private static boolean extendsFace(InterfaceType own, InterfaceType face) {
        return own == face || own.bases().stream().anyMatch(b -> extendsFace(b, face));
    }
}
