package io.millwright.iec61131.jvm;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import io.millwright.iec61131.ir.Place;
import io.millwright.iec61131.ir.Term;
import io.millwright.iec61131.library.StandardFunctions;
import io.millwright.iec61131.machine.Frame;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.InterfaceType;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Code that calls routines and functions of the library.
final class Calls {
    private static final ClassDesc MACHINE = JavaTypes.desc(Machine.class);
    private static final ClassDesc FRAME = JavaTypes.desc(Frame.class);

    private final Environment environment;
    private final CodeBuilder code;
    private final Terms terms;
    private final Places places;

    Calls(Environment environment, Terms terms, Places places) {
        this.environment = environment;
        this.code = environment.code();
        this.terms = terms;
        this.places = places;
    }

    /// Pushes the result of a routine, where it has one; an aggregate one stays its frame's until the next call.
    void push(Term.Call call) {
        Signature routine = call.routine();
        Layouts layouts = environment.layouts();
        Layouts.FrameClass frame = layouts.frame(routine);
        int frameSlot = frame == null ? -1 : enter(frame);
        List<Variable> taken = routine.parameters().stream()
                .filter(p -> p.role() != Role.OUTPUT)
                .toList();
        if (frame != null) {
            giveInOuts(call, taken, frame, frameSlot);
        }
        pushReceiver(call);
        if (frame != null) {
            code.aload(frameSlot);
        }
        for (int i = 0; i < taken.size(); i++) {
            Variable parameter = taken.get(i);
            if (parameter.role() == Role.INPUT || parameter.type().isAggregate()) {
                terms.push(call.inputs().get(i));
                opened(call.inputs().get(i).type(), parameter.type());
            }
        }
        invoke(call);
        if (frame != null) {
            takeResults(call, taken, frame, frameSlot);
        }
    }

    /// Puts a fresh frame into a local.
    int enter(Layouts.FrameClass frame) {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        Label there = code.newLabel();
        code.aload(Environment.MACHINE_SLOT).loadConstant(frame.kind());
        code.invokevirtual(MACHINE, "enter", MethodTypeDesc.of(FRAME, CD_int))
                .dup()
                .ifnonnull(there);
        code.pop().new_(frame.type()).dup();
        code.invokespecial(frame.type(), "<init>", MethodTypeDesc.of(CD_void)).labelBinding(there);
        code.checkcast(frame.type()).astore(slot);
        return slot;
    }

    /// Gives the frame in a local back to the machine.
    void leave(Layouts.FrameClass frame, int slot) {
        code.aload(Environment.MACHINE_SLOT).loadConstant(frame.kind()).aload(slot);
        code.invokevirtual(MACHINE, "leave", MethodTypeDesc.of(CD_void, CD_int, FRAME));
    }

    private void giveInOuts(Term.Call call, List<Variable> taken, Layouts.FrameClass frame, int slot) {
        List<Variable> held = FrameShape.variables(call.routine());
        for (int i = 0; i < taken.size(); i++) {
            int at = held.indexOf(taken.get(i));
            if (at >= 0) {
                Field field = frame.fields().get(at);
                code.aload(slot);
                terms.push(call.inputs().get(i));
                code.putfield(field.owner(), field.name(), field.type());
            }
        }
    }

    private void pushReceiver(Term.Call call) {
        Term receiver = call.receiver();
        if (call.dynamic() && receiver != null) {
            terms.push(receiver);
            code.aload(Environment.MACHINE_SLOT);
            return;
        }
        code.aload(Environment.MACHINE_SLOT);
        if (receiver != null) {
            terms.push(receiver);
        }
    }

    private void invoke(Term.Call call) {
        Layouts layouts = environment.layouts();
        Signature routine = call.routine();
        Type owner = routine.owner();
        ClassDesc self = owner == null ? null : environment.types().of(owner);
        if (!call.dynamic() || self == null) {
            Calling.invoke(code, layouts.routine(routine), layouts.descriptor(routine, self));
            return;
        }
        MethodTypeDesc descriptor = layouts.descriptor(routine, null);
        if (owner instanceof InterfaceType) {
            code.invokeinterface(self, Layouts.method(routine), descriptor);
        } else {
            code.invokevirtual(self, Layouts.method(routine), descriptor);
        }
    }

    private void takeResults(Term.Call call, List<Variable> taken, Layouts.FrameClass frame, int slot) {
        List<Variable> held = FrameShape.variables(call.routine());
        Type plain = FrameShape.plainResult(call.routine());
        int result = -1;
        if (plain != null) {
            result = code.allocateLocal(environment.types().kind(plain));
            code.storeLocal(environment.types().kind(plain), result);
        }
        for (int i = 0; i < taken.size(); i++) {
            int at = held.indexOf(taken.get(i));
            if (at >= 0 && call.inputs().get(i) instanceof Term.Load(var place)) {
                give(place, frame.fields().get(at), slot, new Term.Load(place));
            }
        }
        for (Term.Call.Output output : call.outputs()) {
            Field field = frame.fields().get(held.indexOf(output.parameter()));
            give(output, field, slot);
        }
        if (plain != null) {
            code.loadLocal(environment.types().kind(plain), result);
        } else if (call.routine().result() != null) {
            pushAggregate(frame.fields().get(held.indexOf(call.routine().result())), slot, call.type());
        }
        leave(frame, slot);
    }

    private void pushAggregate(Field field, int slot, Type type) {
        if (type.resolved() instanceof TextType text) {
            int copy = code.allocateLocal(TypeKind.REFERENCE);
            new ConversionCode(environment, terms).scratch(text);
            code.astore(copy).aload(copy).aload(slot).getfield(field.owner(), field.name(), field.type());
            environment.storage().copy(code, type);
            code.aload(copy);
        } else {
            code.aload(slot).getfield(field.owner(), field.name(), field.type());
        }
    }

    /// Stores the new value of an in-out.
    private void give(Place place, Field field, int slot, Term value) {
        if (place instanceof Place.Part) {
            places.store(place, new Held(field, slot, value.type()).term(environment));
            return;
        }
        places.prepare(place);
        code.aload(slot).getfield(field.owner(), field.name(), field.type());
        places.storePrepared(place);
    }

    /// Stores an output, converted.
    private void give(Term.Call.Output output, Field field, int slot) {
        Term held = new Held(field, slot, output.parameter().type()).term(environment);
        places.store(output.place(), replaced(output.converted(), held));
    }

    /// A value in a frame, made a variable of the routine so that terms can name it.
    private record Held(Field field, int slot, Type type) {
        Term term(Environment environment) {
            var variable = new Variable(
                    "~held",
                    type,
                    Role.TEMPORARY,
                    Set.of(),
                    new Value.Usual(),
                    null,
                    null,
                    new Source("", "").span(0, 0));
            environment.homes().put(variable, new Environment.Home.InFrame(slot, field));
            return new Term.Load(new Place.Local(variable));
        }
    }

    /// A converted output with its value in the place of the placeholder.
    private static Term replaced(Term term, Term value) {
        return switch (term) {
            case Term.Placeholder _ -> value;
            case Term.Convert(var operand, var type) -> new Term.Convert(replaced(operand, value), type);
            case Term.Checked(var operand, var low, var high, var type) ->
                new Term.Checked(replaced(operand, value), low, high, type);
            case Term.Unary(var operator, var operand) -> new Term.Unary(operator, replaced(operand, value));
            default -> term;
        };
    }

    /// Wraps the array on the stack where one of any bounds is asked for.
    private void opened(Type from, Type to) {
        if (!Terms.opens(from, to)) {
            return;
        }
        var array = (ArrayType) from.resolved();
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot).new_(JavaTypes.OPEN_ARRAY).dup().aload(slot);
        code.loadConstant(2 * array.ranges().size()).newarray(TypeKind.INT);
        for (int i = 0; i < array.ranges().size(); i++) {
            code.dup()
                    .loadConstant(2 * i)
                    .loadConstant(array.ranges().get(i).low())
                    .iastore();
            code.dup()
                    .loadConstant(2 * i + 1)
                    .loadConstant(array.ranges().get(i).high())
                    .iastore();
        }
        code.invokespecial(JavaTypes.OPEN_ARRAY, "<init>", MethodTypeDesc.of(CD_void, CD_Object, CD_int.arrayType()));
    }

    /// Calls a function of the library.
    void library(Term.Library library) {
        List<ClassDesc> given = library.arguments().stream()
                .map(a -> environment.types().of(a.type()))
                .toList();
        Method method = method(library.method(), given);
        if (method == null) {
            throw new IllegalArgumentException("the library has no " + library.method() + " of " + given);
        }
        List<ClassDesc> parameters = parameters(method);
        if (!parameters.isEmpty() && parameters.getFirst().equals(MACHINE)) {
            code.aload(Environment.MACHINE_SLOT);
        }
        library.arguments().forEach(terms::push);
        if (library.type().resolved() instanceof TextType text) {
            new ConversionCode(environment, terms).scratch(text);
        }
        code.invokestatic(
                JavaTypes.desc(method.getDeclaringClass()),
                library.method(),
                MethodTypeDesc.of(JavaTypes.desc(method.getReturnType()), parameters));
    }

    private static List<ClassDesc> parameters(Method method) {
        List<ClassDesc> parameters = new ArrayList<>();
        for (Class<?> parameter : method.getParameterTypes()) {
            parameters.add(JavaTypes.desc(parameter));
        }
        return parameters;
    }

    private static @Nullable Method method(String name, List<ClassDesc> given) {
        for (Method method : StandardFunctions.methods(name)) {
            if (takes(parameters(method), method, given)) {
                return method;
            }
        }
        return null;
    }

    private static boolean takes(List<ClassDesc> parameters, Method method, List<ClassDesc> given) {
        List<ClassDesc> own = parameters;
        if (!own.isEmpty() && own.getFirst().equals(MACHINE)) {
            own = own.subList(1, own.size());
        }
        boolean text = JavaTypes.desc(method.getReturnType()).equals(JavaTypes.TEXT);
        return own.equals(given)
                || text && !own.isEmpty() && own.subList(0, own.size() - 1).equals(given);
    }
}
