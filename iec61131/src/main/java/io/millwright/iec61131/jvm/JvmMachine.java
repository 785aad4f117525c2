package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.library.Whole;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PackedPointer;
import io.millwright.iec61131.machine.Packer;
import io.millwright.iec61131.machine.Placer;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.Pointers;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Sampler;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Text;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.ArrayType;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.TextType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A program that was compiled to bytecode. The generated subclass has a field for every global.
public abstract class JvmMachine extends Machine {
    private final Linkage linkage;
    private @Nullable CompiledProgram program;
    private final IdentityHashMap<Variable, MethodHandle> entries = new IdentityHashMap<>();
    /// The instance that was run last, which is often the next one too, and the way into it.
    private @Nullable Variable latest;
    private @Nullable MethodHandle latestEntry;

    /// Counts beginnings and ends: odd while something runs. Only the thread that runs it writes it.
    private volatile long turn;

    /// The turn that is to end; 0 for none.
    private volatile long ended;

    private static final VarHandle TURN;

    static {
        try {
            TURN = MethodHandles.lookup().findVarHandle(JvmMachine.class, "turn", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    protected JvmMachine(Linkage linkage, int imageBytes) {
        super(imageBytes);
        this.linkage = linkage;
    }

    void belongsTo(CompiledProgram compiled) {
        this.program = compiled;
    }

    private CompiledProgram program() {
        CompiledProgram compiled = program;
        if (compiled == null) {
            throw new IllegalStateException("the machine was not started");
        }
        return compiled;
    }

    /// Sets every variable to its first value.
    public abstract void reset();

    @Override
    public Machine another(Program other) {
        return program().another(other).start(inputs().length);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very instance
    public void run(Variable instance) {
        MethodHandle entry = latestEntry;
        if (entry == null || latest != instance) {
            entry = entries.get(instance);
            if (entry == null) {
                entry = entry(instance);
                entries.put(instance, entry);
            }
            latest = instance;
            latestEntry = entry;
        }
        guarded(entry);
    }

    private MethodHandle entry(Variable instance) {
        UnitType unit = (UnitType) instance.type().resolved();
        Signature body = unit.body();
        if (body == null) {
            throw new IllegalArgumentException(instance + " has no body");
        }
        return bound(body, List.of(this, program().get(this, instance)));
    }

    private MethodHandle bound(Signature routine, List<Object> arguments) {
        return MethodHandles.insertArguments(program().invoker(routine), 0, arguments.toArray())
                .asType(MethodType.methodType(Object.class));
    }

    @Override
    public Value call(Signature function, List<Value> inputs) {
        if (FrameShape.isNeeded(function)) {
            throw new IllegalArgumentException(function + " has outputs; call it from a program");
        }
        List<Object> arguments = new ArrayList<>();
        arguments.add(this);
        List<Variable> parameters = Layouts.passed(function);
        for (int i = 0; i < parameters.size(); i++) {
            arguments.add(java(parameters.get(i).type(), inputs.get(i)));
        }
        Object result = guarded(bound(function, arguments));
        Type type = FrameShape.plainResult(function);
        return type == null ? new Value.Usual() : value(type, result);
    }

    private @Nullable Object guarded(MethodHandle work) {
        release(0);
        enforceImage();
        begin();
        try {
            return (Object) work.invokeExact();
        } catch (Throwable e) {
            throw failure(e);
        } finally {
            end();
        }
    }

    private RuntimeException failure(Throwable cause) {
        Trap trap = Traps.of(cause, program());
        return switch (cause) {
            case Throwable _ when trap != null -> trap;
            case RuntimeException mistake -> mistake;
            case Error error -> throw error;
            default -> new IllegalStateException(cause);
        };
    }

    private void begin() {
        TURN.setOpaque(this, turn + 1);
    }

    private void end() {
        TURN.setRelease(this, turn + 1);
        if (ended != 0) {
            forgetStop();
        }
    }

    private synchronized void forgetStop() {
        if (ended != 0) {
            ended = 0;
            linkage.stopping(-1);
        }
    }

    /// A turn that ends meanwhile is not stopped, nor is the next one; that next one forgets it.
    @Override
    public synchronized void stop() {
        long now = turn;
        if (now % 2 == 0) {
            return;
        }
        boolean first = ended == 0;
        ended = now;
        if (first) {
            linkage.stopping(1);
        }
    }

    /// What loops call at every turn while some machine of the program is to stop.
    public final void endIfStopped() {
        if (ended == turn) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
    }

    @Override
    protected void forcesChanged(PreparedForces prepared) {
        program().forcesChanged(this, prepared);
    }

    @Override
    public PreparedForces prepare(List<Slot> forced) {
        return program().prepare(this, forced);
    }

    @Override
    public void prepareRun(Variable instance) {
        entries.computeIfAbsent(instance, this::entry);
        Signature body = ((UnitType) instance.type().resolved()).body();
        if (body != null) {
            program().linkAll(body);
        }
    }

    /// The object that a variable of another one is.
    Object member(Object owner, Variable variable) {
        return program().get(owner, variable);
    }

    @Override
    protected Pointer pointer(List<Step> path) {
        Type type = type(path);
        if (type.isAggregate()) {
            Object object = reach(path);
            return switch (type.resolved()) {
                case TextType text -> Pointers.toText((Text) object, text.wide(), null);
                case ArrayType array -> Pointers.toElement(object, 0, References.seen(array.element()), null);
                default -> Pointers.toObject(object, null);
            };
        }
        Object owner = owner(path);
        return switch (path.getLast()) {
            case Step.Member(var variable) ->
                Pointers.toField(owner, program().handle(variable), References.seen(type), null);
            case Step.Element(int place) -> Pointers.toElement(owner, place, References.seen(type), null);
        };
    }

    @Override
    public Object reach(List<Step> path) {
        return reach(path, path.size());
    }

    /// In what the last step of a way leads to a variable.
    Object owner(List<Step> path) {
        return reach(path, path.size() - 1);
    }

    /// @param steps how many of the way are gone
    private Object reach(List<Step> path, int steps) {
        Object at = this;
        for (int i = 0; i < steps; i++) {
            at = switch (path.get(i)) {
                case Step.Member(var variable) -> member(at, variable);
                case Step.Element(int place) -> Array.get(at, place);
            };
        }
        return at;
    }

    @Override
    public void refer(List<Step> path, @Nullable Object target) {
        Object owner = owner(path);
        switch (path.getLast()) {
            case Step.Member(var variable) -> program().handle(variable).set(owner, target);
            case Step.Element(int place) -> Array.set(owner, place, target);
        }
    }

    @Override
    public boolean canRefer() {
        return true;
    }

    private static Type type(List<Step> path) {
        Type type = Elementary.LWORD;
        for (Step step : path) {
            type = switch (step) {
                case Step.Member(var variable) -> variable.type();
                case Step.Element _ -> ((ArrayType) type.resolved()).element();
            };
        }
        return type;
    }

    @Override
    public Sampler sampler(List<Slot> slots) {
        return many(slots, SamplerCode.Use.TAKE).sampler(super::sampler);
    }

    @Override
    public Packer packer(List<Slot> slots) {
        return many(slots, SamplerCode.Use.PACK).packer(slots, super::sampler);
    }

    @Override
    public Placer placer(List<Slot> slots) {
        return many(slots, SamplerCode.Use.PUT).placer(super::placer);
    }

    private ManySlots many(List<Slot> slots, SamplerCode.Use use) {
        return ManySlots.of(program().plan(this, slots, use), this, slots);
    }

    @Override
    protected byte[] bytes(List<Step> path) {
        return (byte[]) reach(path);
    }

    @Override
    protected void putBytes(List<Step> path, byte[] bytes) {}

    @Override
    protected PackedPointer pointer(List<Step> path, int firstBit, Type type) {
        return new PackedPointer(bytes(path), firstBit, type);
    }

    @Override
    protected Value readPlain(List<Variable> path, int index) {
        Object object = this;
        Type type = path.getLast().type();
        for (Variable step : path) {
            object = program().get(object, step);
        }
        if (index >= 0 && type.resolved() instanceof ArrayType array) {
            return value(array.element(), Array.get(object, index));
        }
        return value(type, object);
    }

    @Override
    protected void writePlain(List<Variable> path, int index, Value value) {
        Object object = this;
        for (Variable step : path.subList(0, path.size() - 1)) {
            object = program().get(object, step);
        }
        Variable last = path.getLast();
        if (index >= 0 && last.type().resolved() instanceof ArrayType array) {
            Array.set(program().get(object, last), index, element(array.element(), value));
        } else if (last.type().resolved() instanceof TextType && value instanceof Value.Text(var text)) {
            ((Text) program().get(object, last)).set(text);
        } else {
            program().set(object, last, java(last.type(), value));
        }
    }

    private Object element(Type type, Value value) {
        Elementary elementary = type.elementary();
        Object java = java(type, value);
        if (elementary == null || elementary.isLong() || !(java instanceof Integer number)) {
            return java;
        }
        return switch (elementary) {
            case SINT, USINT, BYTE, CHAR -> number.byteValue();
            case INT -> number.shortValue();
            case UINT, WORD, WCHAR -> (char) number.intValue();
            default -> number;
        };
    }

    private static Object java(Type type, Value value) {
        return switch (value) {
            case Value.Truth(boolean truth) -> truth;
            case Value.Real(double real) -> type.elementary() == Elementary.REAL ? (Object) (float) real : real;
            case Value.Whole(long whole) -> {
                Elementary elementary = type.elementary();
                yield elementary != null && elementary.isLong() ? (Object) whole : (int) whole;
            }
            case Value.Text(var text) -> Text.of(text);
            default -> throw new IllegalArgumentException("no plain value: " + value);
        };
    }

    private Value value(Type type, @Nullable Object java) {
        Elementary elementary = type.elementary();
        return switch (java) {
            case null -> new Value.Usual();
            case Boolean truth -> new Value.Truth(truth);
            case Float real -> new Value.Real(real);
            case Double real -> new Value.Real(real);
            case Text text -> new Value.Text(text.toString());
            case Character character -> new Value.Whole(character);
            case Number number when elementary != null -> new Value.Whole(Whole.wrap(elementary, number.longValue()));
            default -> aggregate(type, java);
        };
    }

    private Value aggregate(Type type, Object java) {
        if (type.resolved() instanceof ArrayType array) {
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < Array.getLength(java); i++) {
                values.add(value(array.element(), Array.get(java, i)));
            }
            return new Value.Elements(values);
        }
        return program().fields(java, type, (variable, held) -> {
            Value located = located(variable);
            return located == null ? value(variable.type(), held) : located;
        });
    }
}
