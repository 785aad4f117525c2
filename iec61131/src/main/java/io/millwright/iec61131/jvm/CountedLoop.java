package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_long;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Checks;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Code of FOR.
record CountedLoop(Environment environment, Terms terms) {
    interface Body {
        void emit(List<Instruction> body, Label next, Label done);
    }

    /// Writes the loop. The step is added in `long`, so that one which would leave the range of the type is
    /// seen.
    void emit(Instruction.For loop, Body body) {
        CodeBuilder code = environment.code();
        Place variable = loop.variable();
        Elementary type = Terms.elementary(variable.type());
        TypeKind kind = environment.types().kind(type);
        terms.places().store(variable, loop.from());
        boolean constant = loop.to() instanceof Term.Constant;
        int limit = constant ? -1 : code.allocateLocal(kind);
        if (!constant) {
            terms.push(loop.to());
            code.storeLocal(kind, limit);
        }
        Step step = step(loop, code);
        Label test = code.newLabel();
        Label next = code.newLabel();
        Label done = code.newLabel();
        code.labelBinding(test);
        Calling.poll(code);
        test(loop, step, limit, done);
        body.emit(loop.body(), next, done);
        code.labelBinding(next).lineNumber(loop.span().codeLine());
        advance(loop, step, done);
        code.goto_(test).labelBinding(done);
    }

    /// The step: known, or in a local of type `long`.
    private record Step(boolean known, long value, int slot) {}

    private Step step(Instruction.For loop, CodeBuilder code) {
        if (loop.by() instanceof Term.Constant(var _, Value.Whole(long value))) {
            return new Step(true, value, -1);
        }
        int slot = code.allocateLocal(TypeKind.LONG);
        terms.push(loop.by());
        if (environment.types().kind(loop.by().type()) != TypeKind.LONG) {
            code.i2l();
        }
        code.invokestatic(JavaTypes.desc(Checks.class), "step", MethodTypeDesc.of(CD_long, CD_long))
                .lstore(slot);
        return new Step(false, 0, slot);
    }

    private void test(Instruction.For loop, Step step, int limit, Label done) {
        CodeBuilder code = environment.code();
        if (step.known()) {
            compare(loop, limit, step.value() > 0, done);
            return;
        }
        Label down = code.newLabel();
        Label run = code.newLabel();
        code.lload(step.slot()).lconst_0().lcmp().iflt(down);
        compare(loop, limit, true, done);
        code.goto_(run).labelBinding(down);
        compare(loop, limit, false, done);
        code.labelBinding(run);
    }

    private void compare(Instruction.For loop, int limit, boolean up, Label done) {
        CodeBuilder code = environment.code();
        Elementary type = Terms.elementary(loop.variable().type());
        TypeKind kind = environment.types().kind(type);
        terms.places().load(loop.variable());
        if (limit < 0) {
            terms.push(loop.to());
        } else {
            code.loadLocal(kind, limit);
        }
        if (kind == TypeKind.LONG) {
            String method = type.isUnsigned() ? "compareUnsigned" : "compare";
            code.invokestatic(
                    JavaTypes.desc(Long.class), method, MethodTypeDesc.of(ConstantDescs.CD_int, CD_long, CD_long));
            leave(code, up, done);
        } else if (type == Elementary.UDINT || type == Elementary.DWORD) {
            code.invokestatic(JavaTypes.desc(Integer.class), "compareUnsigned", MethodTypeDesc.ofDescriptor("(II)I"));
            leave(code, up, done);
        } else if (up) {
            code.if_icmpgt(done);
        } else {
            code.if_icmplt(done);
        }
    }

    private static void leave(CodeBuilder code, boolean up, Label done) {
        if (up) {
            code.ifgt(done);
        } else {
            code.iflt(done);
        }
    }

    private void advance(Instruction.For loop, Step step, Label done) {
        CodeBuilder code = environment.code();
        Elementary type = Terms.elementary(loop.variable().type());
        if (step.known() && !type.isLong() && staysInRange(loop, step, type)) {
            terms.places().prepare(loop.variable());
            terms.places().load(loop.variable());
            code.loadConstant((int) step.value()).iadd();
            terms.places().storePrepared(loop.variable());
            return;
        }
        int now = code.allocateLocal(TypeKind.LONG);
        terms.places().load(loop.variable());
        if (!type.isLong()) {
            code.i2l();
            if (type == Elementary.UDINT || type == Elementary.DWORD) {
                code.loadConstant(0xFFFF_FFFFL).land();
            }
        }
        code.lstore(now);
        pushStep(step);
        code.lload(now).ladd();
        int then = code.allocateLocal(TypeKind.LONG);
        code.lstore(then);
        leaveRange(type, step, now, then, done);
        terms.places().prepare(loop.variable());
        code.lload(then);
        if (!type.isLong()) {
            code.l2i();
        }
        terms.places().storePrepared(loop.variable());
    }

    private void pushStep(Step step) {
        if (step.known()) {
            environment.code().loadConstant(step.value());
        } else {
            environment.code().lload(step.slot());
        }
    }

    private void leaveRange(Elementary type, Step step, int now, int then, Label done) {
        CodeBuilder code = environment.code();
        if (!type.isLong()) {
            code.lload(then).loadConstant(Whole.lowest(type).longValue()).lcmp().iflt(done);
            code.lload(then)
                    .loadConstant(Whole.highest(type).longValue())
                    .lcmp()
                    .ifgt(done);
        } else if (type.isUnsigned()) {
            code.lload(then).lload(now);
            code.invokestatic(
                    JavaTypes.desc(Long.class),
                    "compareUnsigned",
                    MethodTypeDesc.of(ConstantDescs.CD_int, CD_long, CD_long));
            code.i2l();
            pushStep(step);
            code.lxor().lconst_0().lcmp().iflt(done);
        } else {
            code.lload(now).lload(then).lxor();
            pushStep(step);
            code.lload(then).lxor().land().lconst_0().lcmp().iflt(done);
        }
    }

    /// Whether one step beyond the limit is still a value of the type: then nothing needs to be looked at.
    private static boolean staysInRange(Instruction.For loop, Step step, Elementary type) {
        if (!(loop.to() instanceof Term.Constant(var _, Value.Whole(long to)))) {
            return false;
        }
        long beyond = to + step.value();
        Effects effects = new Effects(loop.body());
        return !changes(effects, loop.variable())
                && Whole.lowest(type).longValue() <= beyond
                && beyond <= Whole.highest(type).longValue()
                && Math.abs(step.value()) < 1 << 16;
    }

    /// Whether the body may set the variable of the loop itself.
    private static boolean changes(Effects effects, Place place) {
        return switch (place) {
            case Place.Local(var variable) ->
                effects.writes(variable) || effects.reachesOut() && variable.isReferenced();
            case Place.Field(Term.Self _, var variable) -> changes(effects, variable);
            case Place.Global(var variable) -> changes(effects, variable);
            default -> true;
        };
    }

    private static boolean changes(Effects effects, Variable variable) {
        return effects.writes(variable) || effects.calls() || effects.reachesOut() && variable.isReferenced();
    }
}
