package io.millwright.iec61131.jvm;

import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_STATIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Instruction;
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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    private final Guards guards;
    private final MetObjects met = new MetObjects();

    /// @param guards what stores must look out for
    RoutineWriter(Layouts layouts, Routine routine, Guards guards) {
        this.layouts = layouts;
        this.routine = routine;
        this.signature = routine.signature();
        this.effects = new Effects(routine);
        this.guards = guards;
    }

    /// The objects that the class asks for by their numbers.
    MetObjects met() {
        return met;
    }

    /// The class as bytes.
    Layouts.Generated write(int number) {
        ClassDesc self = selfClass();
        MethodTypeDesc descriptor = layouts.descriptor(signature, self);
        ClassDesc type = ClassDesc.of(CLASS + number);
        var extents = new Extents();
        boolean large = extents.size(routine.body()) > Parts.LIMIT;
        List<Variable> framed = framed(large);
        Layouts.FrameClass frame = framed.isEmpty() ? null : layouts.frameClass(framed);
        Parts parts =
                large ? new Parts(type, descriptor, frame == null ? List.of() : List.of(frame.type()), extents) : null;
        List<Instruction> body = parts != null ? parts.narrowed(routine.body()) : routine.body();
        byte[] bytes = layouts.build(type, c -> {
            c.withFlags(ACC_PUBLIC).withSuperclass(CD_Object);
            c.with(SourceFileAttribute.of(signature.declared().source().name()));
            c.withMethodBody(
                    METHOD, descriptor, ACC_PUBLIC | ACC_STATIC, code -> body(code, self, body, framed, frame, parts));
            Set<String> written = new HashSet<>();
            while (parts != null && written.size() < parts.known().size()) {
                for (Parts.Part part : List.copyOf(parts.known().values())) {
                    if (written.add(part.name())) {
                        c.withMethodBody(
                                part.name(),
                                parts.descriptor(),
                                ACC_PUBLIC | ACC_STATIC,
                                code -> part(code, self, part, framed, frame, parts));
                    }
                }
            }
        });
        return new Layouts.Generated(Layouts.name(type), bytes);
    }

    private @Nullable ClassDesc selfClass() {
        Type owner = signature.owner();
        return owner == null ? null : layouts.types().of(owner);
    }

    private void body(
            CodeBuilder code,
            @Nullable ClassDesc self,
            List<Instruction> body,
            List<Variable> framed,
            Layouts.@Nullable FrameClass own,
            @Nullable Parts parts) {
        var environment = new Environment(layouts, code, self == null ? -1 : 1, guards, met);
        code.lineNumber(signature.declared().codeLine());
        parameters(environment, self);
        int frameSlot = own == null ? -1 : new Terms(environment).calls().enter(own);
        locals(environment, framed, own, frameSlot);
        int mark = mark(code);
        resetOwn(environment);
        Label end = code.newLabel();
        Runnable arguments = () -> arguments(code, parts, frameSlot);
        new Instructions(environment, mark, new Instructions.Leaving(parts, end, arguments)).all(body);
        code.labelBinding(end);
        release(code, mark);
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

    /// A piece of the body, all of whose variables are in the frame.
    private void part(
            CodeBuilder code,
            @Nullable ClassDesc self,
            Parts.Part part,
            List<Variable> framed,
            Layouts.@Nullable FrameClass own,
            Parts parts) {
        var environment = new Environment(layouts, code, self == null ? -1 : 1, guards, met);
        parameters(environment, self);
        int frameSlot = code.parameterSlot(parts.descriptor().parameterCount() - 1);
        for (int i = 0; own != null && i < framed.size(); i++) {
            environment
                    .homes()
                    .put(
                            framed.get(i),
                            new Environment.Home.InFrame(frameSlot, own.fields().get(i)));
        }
        code.lineNumber(part.instructions().getFirst().span().codeLine());
        int mark = mark(code);
        Runnable arguments = () -> arguments(code, parts, frameSlot);
        new Instructions(environment, mark, new Instructions.Leaving(parts, null, arguments)).all(part.instructions());
        release(code, mark);
        code.loadConstant(Parts.NORMAL).ireturn();
    }

    /// Pushes what the routine itself was given, and its frame.
    private void arguments(CodeBuilder code, @Nullable Parts parts, int frameSlot) {
        MethodTypeDesc routineDescriptor = layouts.descriptor(signature, selfClass());
        for (int i = 0; i < routineDescriptor.parameterCount(); i++) {
            code.loadLocal(Calling.kind(routineDescriptor.parameterType(i)), code.parameterSlot(i));
        }
        if (parts != null && parts.descriptor().parameterCount() > routineDescriptor.parameterCount()) {
            code.aload(frameSlot);
        }
    }

    private int mark(CodeBuilder code) {
        if (!effects.usesTexts()) {
            return -1;
        }
        int mark = code.allocateLocal(TypeKind.INT);
        code.aload(Environment.MACHINE_SLOT)
                .invokevirtual(JavaTypes.desc(Machine.class), "mark", MethodTypeDesc.of(CD_int))
                .istore(mark);
        return mark;
    }

    private static void release(CodeBuilder code, int mark) {
        if (mark >= 0) {
            code.aload(Environment.MACHINE_SLOT).iload(mark);
            code.invokevirtual(JavaTypes.desc(Machine.class), "release", MethodTypeDesc.of(CD_void, CD_int));
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
                environment
                        .homes()
                        .put(
                                held.get(i),
                                new Environment.Home.InFrame(
                                        slot, frame.fields().get(i)));
            }
        }
        for (Variable passed : Layouts.passed(signature)) {
            environment.homes().put(passed, new Environment.Home.InLocal(code.parameterSlot(parameter++)));
        }
    }

    /// The variables that lie in a frame: aggregates, those that are referred to, and in a large routine all.
    private List<Variable> framed(boolean large) {
        List<Variable> framed = new ArrayList<>();
        for (Variable passed : Layouts.passed(signature)) {
            if (needsCopy(passed) || large && !passed.type().isAggregate()) {
                framed.add(passed);
            }
        }
        for (Variable variable : own()) {
            boolean alias = variable.role() == Role.IN_OUT;
            if (large || !alias && (variable.type().isAggregate() || variable.isReferenced())) {
                framed.add(variable);
            }
        }
        return framed;
    }

    /// Gives homes to the routine's own variables: locals of the JVM for those that are not in the frame.
    private void locals(Environment environment, List<Variable> framed, Layouts.@Nullable FrameClass frame, int slot) {
        CodeBuilder code = environment.code();
        for (int i = 0; frame != null && i < framed.size(); i++) {
            Variable variable = framed.get(i);
            var home = new Environment.Home.InFrame(slot, frame.fields().get(i));
            if (environment.homes().get(variable) instanceof Environment.Home.InLocal(int given)) {
                copyGiven(environment, variable, home, given);
            }
            environment.homes().put(variable, home);
        }
        for (Variable variable : own()) {
            if (!environment.homes().containsKey(variable)) {
                TypeKind kind = environment.types().kind(variable.type());
                environment.homes().put(variable, new Environment.Home.InLocal(code.allocateLocal(kind)));
            }
        }
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

    /// Whether an input must be copied: it is changed here, may be changed elsewhere meanwhile, or is referred
    /// to.
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
                environment.unbind(variable);
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
