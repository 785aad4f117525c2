package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Conversions;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Elementary.Family;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import org.jspecify.annotations.Nullable;

/// Code that converts. What is not a matter of widths goes to [Conversions], as the interpreter does.
///
/// Between families a value passes through `long`, `double` or `boolean`, whichever it is of.
final class ConversionCode {
    private static final ClassDesc CONVERSIONS = JavaTypes.desc(Conversions.class);
    private static final ClassDesc ELEMENTARY = JavaTypes.desc(Elementary.class);

    private final CodeBuilder code;
    private final Terms terms;

    ConversionCode(Environment environment, Terms terms) {
        this.code = environment.code();
        this.terms = terms;
    }

    void push(Term operand, Type to) {
        Elementary from = operand.type().elementary();
        if (to.resolved() instanceof TextType text) {
            toText(operand, from, text);
            return;
        }
        Elementary target = Terms.elementary(to);
        if (from == null) {
            terms.push(operand);
            fromText(target);
            return;
        }
        boolean narrow = !from.isLong() && !target.isLong();
        if (isWhole(from) && isWhole(target) && narrow) {
            terms.push(operand);
            boolean holdsAll = target.bits() > from.bits() && (from.isUnsigned() || !target.isUnsigned());
            if (!holdsAll && from != target) {
                terms.normalize(target);
            }
            return;
        }
        if (from == Elementary.LREAL && target == Elementary.REAL) {
            terms.push(operand);
            code.d2f();
            return;
        }
        if (isWhole(from) && target.family() == Family.REAL && !from.isLong() && from.bits() < 32
                || from == Elementary.DINT && target.family() == Family.REAL) {
            terms.push(operand);
            if (target == Elementary.REAL) {
                code.i2f();
            } else {
                code.i2d();
            }
            return;
        }
        terms.push(operand);
        between(from, target);
    }

    private static boolean isWhole(Elementary type) {
        return type.isWhole() || type.family() == Family.CHARACTER;
    }

    /// Converts the value on the stack by way of `long`, `double` or `boolean`.
    private void between(Elementary from, Elementary to) {
        if (from == Elementary.BOOL) {
            if (to.family() == Family.REAL) {
                code.i2d();
                narrowReal(to);
            } else {
                code.i2l();
                elementary(from, to);
                code.invokestatic(CONVERSIONS, "whole", MethodTypeDesc.of(CD_long, CD_long, ELEMENTARY, ELEMENTARY));
                narrow(to);
            }
            return;
        }
        if (from.family() == Family.REAL) {
            if (from == Elementary.REAL) {
                code.f2d();
            }
            fromReal(to);
            return;
        }
        widen(from);
        if (to == Elementary.BOOL) {
            Label zero = code.newLabel();
            Label end = code.newLabel();
            code.lconst_0()
                    .lcmp()
                    .ifeq(zero)
                    .iconst_1()
                    .goto_(end)
                    .labelBinding(zero)
                    .iconst_0()
                    .labelBinding(end);
        } else if (to.family() == Family.REAL) {
            code.getstatic(ELEMENTARY, from.name(), ELEMENTARY);
            code.invokestatic(CONVERSIONS, "wholeToReal", MethodTypeDesc.of(CD_double, CD_long, ELEMENTARY));
            narrowReal(to);
        } else {
            if (!(isWhole(from) && isWhole(to))) {
                elementary(from, to);
                code.invokestatic(CONVERSIONS, "whole", MethodTypeDesc.of(CD_long, CD_long, ELEMENTARY, ELEMENTARY));
            }
            narrow(to);
        }
    }

    private void elementary(Elementary from, Elementary to) {
        code.getstatic(ELEMENTARY, from.name(), ELEMENTARY).getstatic(ELEMENTARY, to.name(), ELEMENTARY);
    }

    private void fromReal(Elementary to) {
        switch (to) {
            case BOOL -> {
                Label zero = code.newLabel();
                Label end = code.newLabel();
                code.dconst_0().dcmpl().ifeq(zero).iconst_1().goto_(end);
                code.labelBinding(zero).iconst_0().labelBinding(end);
            }
            case REAL -> code.d2f();
            case LREAL -> {}
            default -> {
                code.getstatic(ELEMENTARY, to.name(), ELEMENTARY);
                code.invokestatic(CONVERSIONS, "realToWhole", MethodTypeDesc.of(CD_long, CD_double, ELEMENTARY));
                narrow(to);
            }
        }
    }

    private void narrowReal(Elementary to) {
        if (to == Elementary.REAL) {
            code.d2f();
        }
    }

    /// Makes a `long` of the whole number on the stack, as [io.millwright.iec61131.library.Whole] says.
    private void widen(Elementary from) {
        if (!from.isLong()) {
            code.i2l();
            if (from == Elementary.UDINT || from == Elementary.DWORD) {
                code.loadConstant(0xFFFF_FFFFL).land();
            }
        }
    }

    private void narrow(Elementary to) {
        if (!to.isLong()) {
            code.l2i();
            terms.normalize(to);
        }
    }

    /// Pushes a scratch text with the value of a term.
    private void toText(Term operand, @Nullable Elementary from, TextType to) {
        if (from == null) {
            terms.push(operand);
            return;
        }
        terms.push(operand);
        ClassDesc passed;
        String method;
        if (from == Elementary.BOOL) {
            passed = CD_boolean;
            method = "truthToText";
        } else if (from.family() == Family.REAL) {
            passed = CD_double;
            method = "realToText";
            if (from == Elementary.REAL) {
                code.f2d();
            }
        } else {
            passed = CD_long;
            method = "wholeToText";
            widen(from);
        }
        code.getstatic(ELEMENTARY, from.name(), ELEMENTARY);
        scratch(to);
        code.invokestatic(CONVERSIONS, method, MethodTypeDesc.of(JavaTypes.TEXT, passed, ELEMENTARY, JavaTypes.TEXT));
    }

    /// Pushes an empty text for a result in between.
    void scratch(TextType type) {
        code.aload(Environment.MACHINE_SLOT).loadConstant(type.capacity());
        code.invokevirtual(JavaTypes.desc(Machine.class), "scratch", MethodTypeDesc.of(JavaTypes.TEXT, CD_int));
    }

    private void fromText(Elementary to) {
        code.getstatic(ELEMENTARY, to.name(), ELEMENTARY);
        switch (to) {
            case BOOL ->
                code.invokestatic(
                        CONVERSIONS, "textToTruth", MethodTypeDesc.of(CD_boolean, JavaTypes.TEXT, ELEMENTARY));
            case REAL, LREAL -> {
                code.invokestatic(CONVERSIONS, "textToReal", MethodTypeDesc.of(CD_double, JavaTypes.TEXT, ELEMENTARY));
                narrowReal(to);
            }
            default -> {
                code.invokestatic(CONVERSIONS, "textToWhole", MethodTypeDesc.of(CD_long, JavaTypes.TEXT, ELEMENTARY));
                narrow(to);
            }
        }
    }
}
