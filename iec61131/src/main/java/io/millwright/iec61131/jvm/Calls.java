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
import java.util.stream.IntStream;
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

    /// Pushes the result of a routine, where it has one; an aggregate one lasts until the end of the
    /// instruction.
    void push(Term.Call call) {
        Signature routine = call.routine();
        Layouts.FrameClass frame = environment.layouts().frame(routine);
        int frameSlot = frame == null ? -1 : enter(frame);
        pushReceiver(call);
        if (frame != null) {
            code.aload(frameSlot);
        }
        List<Variable> held = FrameShape.variables(routine);
        List<Variable> taken = Effects.taken(routine);
        List<Back> back = new ArrayList<>();
        for (int i = 0; i < taken.size(); i++) {
            Term input = call.inputs().get(i);
            int at = held.indexOf(taken.get(i));
            if (frame != null && at >= 0 && input instanceof Term.Load(var place)) {
                Field field = frame.fields().get(at);
                back.add(new Back(giveInOut(place, field, frameSlot), field));
            } else {
                terms.push(input);
                adapted(input, taken.get(i));
            }
        }
        invoke(call);
        if (frame != null) {
            takeResults(call, back, frame, frameSlot);
        }
    }

    /// An in-out that was given as a copy, and where its new value goes.
    private record Back(Places.Found place, Field field) {}

    private Places.Found giveInOut(Place place, Field field, int slot) {
        Places.Found found = places.find(place);
        code.aload(slot);
        places.load(found);
        code.putfield(field.owner(), field.name(), field.type());
        return found;
    }

    /// Makes of the aggregate on the stack what the parameter asks for: an array of any bounds, a text cut
    /// short.
    private void adapted(Term given, Variable parameter) {
        opened(given.type(), parameter.type());
        if (Effects.isCut(given, parameter)) {
            int whole = code.allocateLocal(TypeKind.REFERENCE);
            int cut = code.allocateLocal(TypeKind.REFERENCE);
            code.astore(whole);
            new ConversionCode(environment, terms)
                    .scratch((TextType) parameter.type().resolved());
            code.dup().astore(cut).aload(whole);
            environment.storage().copy(code, parameter.type());
            code.aload(cut);
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

    /// Gives the frame in a local back to the machine when the instruction ends.
    void keep(Layouts.FrameClass frame, int slot) {
        code.aload(Environment.MACHINE_SLOT).loadConstant(frame.kind()).aload(slot);
        code.invokevirtual(MACHINE, "keep", MethodTypeDesc.of(CD_void, CD_int, FRAME));
    }

    private void pushReceiver(Term.Call call) {
        Term receiver = call.receiver();
        if (call.dynamic() && receiver != null) {
            terms.push(receiver);
            places.notNull(receiver);
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
            code.invokestatic(self, Dispatch.method(routine), Dispatch.descriptor(self, descriptor), true);
        } else {
            code.invokevirtual(self, Layouts.method(routine), descriptor);
        }
    }

    private void takeResults(Term.Call call, List<Back> back, Layouts.FrameClass frame, int slot) {
        List<Variable> held = FrameShape.variables(call.routine());
        Type plain = FrameShape.plainResult(call.routine());
        int result = -1;
        if (plain != null) {
            result = code.allocateLocal(environment.types().kind(plain));
            code.storeLocal(environment.types().kind(plain), result);
        }
        for (Back one : back) {
            Type type = one.place().place().type();
            places.store(one.place(), new Held(one.field(), slot, type).term(environment));
        }
        for (Term.Call.Output output : call.outputs()) {
            Field field = frame.fields().get(held.indexOf(output.parameter()));
            give(output, field, slot);
        }
        if (plain == null && call.routine().result() != null) {
            Field field = frame.fields().get(held.indexOf(call.routine().result()));
            code.aload(slot).getfield(field.owner(), field.name(), field.type());
            keep(frame, slot);
            return;
        }
        if (plain != null) {
            code.loadLocal(environment.types().kind(plain), result);
        }
        leave(frame, slot);
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
    private static int[] bounds(ArrayType array) {
        return array.ranges().stream()
                .flatMapToInt(r -> IntStream.of(r.low(), r.high()))
                .toArray();
    }

    /// Makes of what a variable for an array of any bounds holds, and of the array to be held, what it holds
    /// next: an object of its own, as those for results in between end with their instruction.
    void heldOpen(Type given) {
        if (given.resolved() instanceof ArrayType array) {
            environment.constants().bounds(code, bounds(array));
            code.invokestatic(
                    JavaTypes.OPEN_ARRAY,
                    "held",
                    MethodTypeDesc.of(JavaTypes.OPEN_ARRAY, JavaTypes.OPEN_ARRAY, CD_Object, CD_int.arrayType()));
        } else {
            code.invokestatic(
                    JavaTypes.OPEN_ARRAY,
                    "held",
                    MethodTypeDesc.of(JavaTypes.OPEN_ARRAY, JavaTypes.OPEN_ARRAY, JavaTypes.OPEN_ARRAY));
        }
    }

    private void opened(Type from, Type to) {
        if (!Terms.opens(from, to)) {
            return;
        }
        int[] bounds = bounds((ArrayType) from.resolved());
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot).aload(Environment.MACHINE_SLOT).aload(slot);
        environment.constants().bounds(code, bounds);
        code.invokevirtual(MACHINE, "open", MethodTypeDesc.of(JavaTypes.OPEN_ARRAY, CD_Object, CD_int.arrayType()));
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
