package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.type.OpenArrayType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes the class of one routine: a static method whose line numbers are those of the program text.
final class RoutineWriter {
    /// The name of the method; what it runs is the class's name.
    static final String METHOD = "run";

    /// What the names of the classes begin with; the number of the routine follows.
    static final String CLASS = "st.Routine";

    private final Layouts layouts;
    private final Routine routine;
    private final Signature signature;
    private final Effects effects;

    RoutineWriter(Layouts layouts, Routine routine) {
        this.layouts = layouts;
        this.routine = routine;
        this.signature = routine.signature();
        this.effects = new Effects(routine);
    }

    /// The class as bytes.
    Layouts.Generated write(int number) {
        ClassDesc self = selfClass();
        MethodTypeDesc descriptor = layouts.descriptor(signature, self);
        ClassDesc type = ClassDesc.of(CLASS + number);
        byte[] bytes = layouts.build(type, c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(CD_Object);
            c.with(SourceFileAttribute.of(signature.declared().source().name()));
            c.withMethodBody(METHOD, descriptor, ACC_PUBLIC | ACC_STATIC, code -> body(code, self));
        });
        return new Layouts.Generated(Layouts.name(type), bytes);
    }

    private @Nullable ClassDesc selfClass() {
        Type owner = signature.owner();
        return owner == null ? null : layouts.types().of(owner);
    }

    private void body(CodeBuilder code, @Nullable ClassDesc self) {
        var environment = new Environment(layouts, code, self == null ? -1 : 1);
        code.lineNumber(signature.declared().line());
        parameters(environment, self);
        Layouts.FrameClass own = locals(environment);
        int frameSlot = own == null ? -1 : slot(environment, own);
        int mark = -1;
        if (effects.usesTexts()) {
            mark = code.allocateLocal(TypeKind.INT);
            code.aload(Environment.MACHINE_SLOT)
                    .invokevirtual(JavaTypes.desc(Machine.class), "mark", MethodTypeDesc.of(CD_int))
                    .istore(mark);
        }
        resetOwn(environment);
        Label end = code.newLabel();
        new Instructions(environment, mark, end).all(routine.body());
        code.labelBinding(end);
        if (mark >= 0) {
            code.aload(Environment.MACHINE_SLOT).iload(mark);
            code.invokevirtual(JavaTypes.desc(Machine.class), "release", MethodTypeDesc.of(CD_void, CD_int));
        }
        if (own != null) {
            new Terms(environment).calls().leave(own, frameSlot);
        }
        Type result = FrameShape.plainResult(signature);
        if (result == null || signature.result() == null) {
            code.return_();
        } else {
            environment.load(signature.result());
            code.return_(environment.types().kind(result));
        }
    }

    /// Gives homes to what the caller passes.
    private void parameters(Environment environment, @Nullable ClassDesc self) {
        CodeBuilder code = environment.code();
        int parameter = self == null ? 1 : 2;
        Layouts.FrameClass frame = layouts.frame(signature);
        if (frame != null) {
            int slot = code.parameterSlot(parameter++);
            List<Variable> held = FrameShape.variables(signature);
            for (int i = 0; i < held.size(); i++) {
                environment.homes().put(held.get(i), new Environment.Home.InFrame(slot, frame.fields().get(i)));
            }
        }
        for (Variable passed : Layouts.passed(signature)) {
            environment.homes().put(passed, new Environment.Home.InLocal(code.parameterSlot(parameter++)));
        }
    }

    /// Gives homes to the routine's own variables: locals of the JVM for those that fit into one, a frame for the others.
    private Layouts.@Nullable FrameClass locals(Environment environment) {
        CodeBuilder code = environment.code();
        List<Variable> framed = new ArrayList<>();
        for (Variable passed : Layouts.passed(signature)) {
            if (needsCopy(passed)) {
                framed.add(passed);
            }
        }
        for (Variable variable : own()) {
            boolean alias = variable.role() == Role.IN_OUT;
            boolean inFrame = !alias && (variable.type().isAggregate() || variable.isReferenced());
            if (inFrame) {
                framed.add(variable);
            } else {
                TypeKind kind = environment.types().kind(variable.type());
                environment.homes().put(variable, new Environment.Home.InLocal(code.allocateLocal(kind)));
            }
        }
        if (framed.isEmpty()) {
            return null;
        }
        Layouts.FrameClass frame = layouts.frameClass(framed);
        int slot = new Terms(environment).calls().enter(frame);
        for (int i = 0; i < framed.size(); i++) {
            Variable variable = framed.get(i);
            var home = new Environment.Home.InFrame(slot, frame.fields().get(i));
            if (environment.homes().get(variable) instanceof Environment.Home.InLocal(int given)) {
                copyGiven(environment, variable, home, given);
            }
            environment.homes().put(variable, home);
        }
        return frame;
    }

    private static int slot(Environment environment, Layouts.FrameClass frame) {
        for (Environment.Home home : environment.homes().values()) {
            boolean found = home instanceof Environment.Home.InFrame(int _, var field)
                    && field.owner().equals(frame.type());
            if (found) {
                return ((Environment.Home.InFrame) home).slot();
            }
        }
        throw new IllegalStateException("a frame without variables");
    }

    private static void copyGiven(
            Environment environment, Variable variable, Environment.Home.InFrame home, int given) {
        CodeBuilder code = environment.code();
        Field field = home.field();
        code.aload(home.slot());
        if (variable.type().isAggregate()) {
            code.getfield(field.owner(), field.name(), field.type()).aload(given);
            environment.storage().copy(code, variable.type());
        } else {
            code.loadLocal(environment.types().kind(variable.type()), given);
            code.putfield(field.owner(), field.name(), field.type());
        }
    }

    /// Whether an input must be copied: it is changed here, may be changed elsewhere meanwhile, or is referred to.
    private boolean needsCopy(Variable input) {
        if (input.role() == Role.IN_OUT) {
            return false;
        }
        boolean open = input.type().resolved() instanceof OpenArrayType;
        boolean changes = input.type().isAggregate() && (effects.writes(input) || effects.reachesOut());
        return !open && (changes || input.isReferenced());
    }

    /// The result and the temporaries that start anew.
    private List<Variable> own() {
        List<Variable> own = new ArrayList<>(routine.temporaries());
        Variable result = signature.result();
        if (result != null && !result.type().isAggregate()) {
            own.add(result);
        }
        return own;
    }

    private void resetOwn(Environment environment) {
        for (Variable variable : own()) {
            if (variable.role() == Role.IN_OUT) {
                environment.code().aconst_null();
                environment.code().astore(((Environment.Home.InLocal) environment.home(variable)).slot());
            } else {
                environment.reset(variable);
            }
        }
        for (Variable held : FrameShape.variables(signature)) {
            if (held.role() != Role.IN_OUT) {
                environment.reset(held);
            }
        }
    }
}
