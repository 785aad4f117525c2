package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;

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

    /// How many variables are treated in one class: each takes up to six constants, and a class has 65 535 of
    /// them.
    private static final int CLASS = 50 * PIECE;

    /// Makes a class without instances.
    interface Classes {
        void make(ClassDesc type, Consumer<ClassBuilder> content);
    }

    /// @param classes for the pieces of a method of many pieces
    void write(
            ClassBuilder c,
            List<Variable> variables,
            BiConsumer<CodeBuilder, Variable> each,
            Consumer<CodeBuilder> first,
            Classes classes) {
        boolean many = variables.size() > PIECE;
        MethodTypeDesc piece = descriptor.insertParameterTypes(0, owner);
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
                code.invokestatic(helper(i), "piece" + i / PIECE, piece);
            }
            code.return_();
        });
        for (int from = 0; many && from < variables.size(); from += CLASS) {
            int begin = from;
            classes.make(helper(from), h -> {
                for (int i = begin; i < Math.min(begin + CLASS, variables.size()); i += PIECE) {
                    List<Variable> some = variables.subList(i, Math.min(i + PIECE, variables.size()));
                    h.withMethodBody("piece" + i / PIECE, piece, ACC_PUBLIC | ACC_STATIC, code -> {
                        some.forEach(v -> each.accept(code, v));
                        code.return_();
                    });
                }
            });
        }
    }

    private ClassDesc helper(int variable) {
        String of = name.startsWith("<") ? "initial" : name;
        return ClassDesc.of(owner.packageName(), owner.displayName() + "$" + of + variable / CLASS);
    }
}
