package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_CallSite;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;

/// The instructions that call routines, and that ask whether the program is to end.
final class Calling {
    private static final ClassDesc LINKAGE = JavaTypes.desc(Linkage.class);
    private static final ClassDesc JVM_MACHINE = JavaTypes.desc(JvmMachine.class);
    private static final DirectMethodHandleDesc CALL =
            ConstantDescs.ofCallsiteBootstrap(LINKAGE, "call", CD_CallSite, CD_int);
    private static final DirectMethodHandleDesc POLL = ConstantDescs.ofCallsiteBootstrap(LINKAGE, "poll", CD_CallSite);

    private Calling() {}

    static void invoke(CodeBuilder code, int routine, MethodTypeDesc descriptor) {
        code.invokedynamic(DynamicCallSiteDesc.of(CALL, "call", descriptor, routine));
    }

    static void poll(CodeBuilder code) {
        code.aload(Environment.MACHINE_SLOT);
        code.invokedynamic(DynamicCallSiteDesc.of(POLL, "poll", MethodTypeDesc.of(CD_void, JVM_MACHINE)));
    }

    /// How the JVM holds a value of a Java type.
    static TypeKind kind(ClassDesc type) {
        return TypeKind.from(type).asLoadable();
    }
}
