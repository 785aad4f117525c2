package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.ReferenceType;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/// Code of conditions: jumps where a term is TRUE or FALSE, without making a value of it first.
final class Conditions {
    private static final ClassDesc INTEGER = JavaTypes.desc(Integer.class);
    private static final ClassDesc LONG = JavaTypes.desc(Long.class);

    private final Environment environment;
    private final CodeBuilder code;
    private final Terms terms;

    Conditions(Environment environment, Terms terms) {
        this.environment = environment;
        this.code = environment.code();
        this.terms = terms;
    }

    /// Pushes 1 where a condition holds, else 0.
    void push(Term term) {
        Label isFalse = code.newLabel();
        Label end = code.newLabel();
        unless(term, isFalse);
        code.iconst_1().goto_(end).labelBinding(isFalse).iconst_0().labelBinding(end);
    }

    /// Jumps where a condition does not hold.
    void unless(Term term, Label target) {
        switch (term) {
            case Term.Compare(var relation, var left, var right) -> compare(relation, left, right, target, false);
            case Term.Unary(var operator, var operand)
            when operator == Term.Unary.UnaryOperator.NOT -> when(operand, target);
            case Term.ShortCircuit(var onlyIf, var left, var right) -> {
                if (onlyIf) {
                    unless(left, target);
                    unless(right, target);
                } else {
                    Label holds = code.newLabel();
                    when(left, holds);
                    unless(right, target);
                    code.labelBinding(holds);
                }
            }
            case Term.Binary(var operator, var left, var right)
            when Effects.isPure(right) && operator == Term.BinaryOperator.AND -> {
                unless(left, target);
                unless(right, target);
            }
            case Term.Binary(var operator, var left, var right)
            when Effects.isPure(right) && operator == Term.BinaryOperator.OR -> {
                Label holds = code.newLabel();
                when(left, holds);
                unless(right, target);
                code.labelBinding(holds);
            }
            default -> {
                terms.push(term);
                code.ifeq(target);
            }
        }
    }

    /// Jumps where a condition holds.
    void when(Term term, Label target) {
        switch (term) {
            case Term.Compare(var relation, var left, var right) -> compare(relation, left, right, target, true);
            case Term.Unary(var operator, var operand)
            when operator == Term.Unary.UnaryOperator.NOT -> unless(operand, target);
            case Term.ShortCircuit _, Term.Binary _ -> {
                Label not = code.newLabel();
                unless(term, not);
                code.goto_(target).labelBinding(not);
            }
            default -> {
                terms.push(term);
                code.ifne(target);
            }
        }
    }

    private void compare(Term.Relation relation, Term left, Term right, Label target, boolean jumpIfHolds) {
        terms.push(left);
        terms.push(right);
        Elementary type = left.type().elementary();
        if (type == null) {
            compareObjects(relation, left.type(), right.type(), target, jumpIfHolds);
            return;
        }
        // A NaN makes every relation but <> false: the jump when it does not hold must then be taken.
        boolean less = relation == Term.Relation.LESS || relation == Term.Relation.LESS_OR_EQUAL;
        switch (environment.types().kind(type)) {
            case LONG -> {
                if (type.isUnsigned() && type.family() != Family.CHARACTER && isOrder(relation)) {
                    code.invokestatic(LONG, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_long, CD_long));
                } else {
                    code.lcmp();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            case FLOAT -> {
                if (less) {
                    code.fcmpg();
                } else {
                    code.fcmpl();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            case DOUBLE -> {
                if (less) {
                    code.dcmpg();
                } else {
                    code.dcmpl();
                }
                code.branch(zero(relation, jumpIfHolds), target);
            }
            default -> {
                boolean unsigned = type == Elementary.UDINT || type == Elementary.DWORD;
                if (unsigned && isOrder(relation)) {
                    code.invokestatic(INTEGER, "compareUnsigned", MethodTypeDesc.of(CD_int, CD_int, CD_int));
                    code.branch(zero(relation, jumpIfHolds), target);
                } else {
                    code.branch(two(relation, jumpIfHolds), target);
                }
            }
        }
    }

    private static boolean isOrder(Term.Relation relation) {
        return relation != Term.Relation.EQUAL && relation != Term.Relation.NOT_EQUAL;
    }

    private void compareObjects(Term.Relation relation, Type left, Type right, Label target, boolean jumpIfHolds) {
        if (left.resolved() instanceof TextType) {
            code.invokestatic(JavaTypes.TEXT, "compare", MethodTypeDesc.of(CD_int, JavaTypes.TEXT, JavaTypes.TEXT));
            code.branch(zero(relation, jumpIfHolds), target);
            return;
        }
        boolean equal = (relation == Term.Relation.EQUAL) == jumpIfHolds;
        boolean pointers = isPointer(left) || isPointer(right);
        if (pointers) {
            code.invokestatic(
                    JavaTypes.POINTER,
                    "samePlace",
                    MethodTypeDesc.of(CD_boolean, JavaTypes.POINTER, JavaTypes.POINTER));
            code.branch(equal ? Opcode.IFNE : Opcode.IFEQ, target);
        } else {
            code.branch(equal ? Opcode.IF_ACMPEQ : Opcode.IF_ACMPNE, target);
        }
    }

    private static boolean isPointer(Type type) {
        return type.resolved() instanceof ReferenceType reference && JavaTypes.isPointer(reference);
    }

    private static Opcode zero(Term.Relation relation, boolean holds) {
        return switch (relation) {
            case EQUAL -> holds ? Opcode.IFEQ : Opcode.IFNE;
            case NOT_EQUAL -> holds ? Opcode.IFNE : Opcode.IFEQ;
            case LESS -> holds ? Opcode.IFLT : Opcode.IFGE;
            case LESS_OR_EQUAL -> holds ? Opcode.IFLE : Opcode.IFGT;
            case GREATER -> holds ? Opcode.IFGT : Opcode.IFLE;
            case GREATER_OR_EQUAL -> holds ? Opcode.IFGE : Opcode.IFLT;
        };
    }

    private static Opcode two(Term.Relation relation, boolean holds) {
        return switch (relation) {
            case EQUAL -> holds ? Opcode.IF_ICMPEQ : Opcode.IF_ICMPNE;
            case NOT_EQUAL -> holds ? Opcode.IF_ICMPNE : Opcode.IF_ICMPEQ;
            case LESS -> holds ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGE;
            case LESS_OR_EQUAL -> holds ? Opcode.IF_ICMPLE : Opcode.IF_ICMPGT;
            case GREATER -> holds ? Opcode.IF_ICMPGT : Opcode.IF_ICMPLE;
            case GREATER_OR_EQUAL -> holds ? Opcode.IF_ICMPGE : Opcode.IF_ICMPLT;
        };
    }
}
