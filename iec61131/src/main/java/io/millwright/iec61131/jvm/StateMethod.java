package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;

import io.millwright.iec61131.type.Variable;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// A method that does something for every variable, in pieces small enough for the JVM.
record StateMethod(String name, MethodTypeDesc descriptor, ClassDesc owner) {
    private static final int PIECE = 100;

    void write(
            ClassBuilder c,
            List<Variable> variables,
            BiConsumer<CodeBuilder, Variable> each,
            Consumer<CodeBuilder> first) {
        boolean many = variables.size() > PIECE;
        c.withMethodBody(name, descriptor, ACC_PUBLIC, code -> {
            first.accept(code);
            if (!many) {
                variables.forEach(v -> each.accept(code, v));
            }
            for (int i = 0; many && i < variables.size(); i += PIECE) {
                code.aload(0);
                for (int p = 0; p < descriptor.parameterCount(); p++) {
                    code.loadLocal(Calling.kind(descriptor.parameterType(p)), code.parameterSlot(p));
                }
                code.invokevirtual(owner, piece(i), descriptor);
            }
            code.return_();
        });
        for (int i = 0; many && i < variables.size(); i += PIECE) {
            List<Variable> some = variables.subList(i, Math.min(i + PIECE, variables.size()));
            c.withMethodBody(piece(i), descriptor, ACC_PRIVATE, code -> {
                some.forEach(v -> each.accept(code, v));
                code.return_();
            });
        }
    }

    private String piece(int from) {
        return (name.startsWith("<") ? "initial" : name) + "$" + from / PIECE;
    }
}
