package io.millwright.iec61131.interpret;

import io.millwright.iec61131.ir.Instruction;
import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PackedPointer;
import io.millwright.iec61131.machine.Pointer;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Step;
import io.millwright.iec61131.machine.Trap;
import io.millwright.iec61131.machine.TrapSignal;
import io.millwright.iec61131.type.Elementary;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import io.millwright.iec61131.type.Variable.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A running program whose intermediate form is walked.
final class InterpretMachine extends Machine {
    /// How many calls a trap tells of.
    private static final int SHOWN_CALLS = 100;

    /// How many instructions are done aside.
    private static final long ASIDE_MAX = 1_000_000;

    private final Map<Signature, Routine> routines;
    private final Memory memory = new Memory(new Instance(Elementary.LWORD));
    private final IdentityHashMap<Instruction.Case, CaseTable> tables = new IdentityHashMap<>();
    private final Deque<Activation> calls = new ArrayDeque<>();
    private final Observer observer;
    private boolean running;
    private volatile boolean stopping;
    private long aside;

    InterpretMachine(Program program, int imageBytes, Observer observer) {
        super(imageBytes);
        this.observer = observer;
        this.routines = program.routines();
        Instance globals = memory.globals();
        program.globals().forEach(g -> globals.cells().put(g, Memory.cell(g)));
        program.globals().forEach(g -> memory.reset(globals.cell(g), g.initial(), globals));
        place(program.placed());
    }

    @Override
    public Machine another(Program program) {
        return new InterpretMachine(program, inputs().length, Observer.NONE);
    }

    Memory variables() {
        return memory;
    }

    Routine routine(Signature signature) {
        Routine routine = routines.get(signature);
        if (routine == null) {
            throw new IllegalArgumentException("no routine was made for " + signature);
        }
        return routine;
    }

    /// What a CASE does for which values.
    CaseTable table(Instruction.Case choice) {
        return tables.computeIfAbsent(choice, CaseTable::of);
    }

    boolean has(Signature signature) {
        return routines.containsKey(signature);
    }

    @Override
    public void run(Variable instance) {
        UnitType unit = (UnitType) instance.type().resolved();
        Signature body = unit.body();
        if (body == null) {
            throw new IllegalArgumentException(instance + " has no body");
        }
        var self = (Instance)
                Objects.requireNonNull(memory.globals().cell(instance).load());
        guarded(() -> {
            new Invocation(this, body, self).run();
            return new Value.Usual();
        });
    }

    @Override
    public Value call(Signature function, List<Value> inputs) {
        return guarded(() -> {
            var invocation = new Invocation(this, function, null);
            int next = 0;
            for (Variable parameter : function.parameters(Role.INPUT).toList()) {
                Memory.write(invocation.activation().cell(parameter), inputs.get(next++));
            }
            invocation.run();
            Variable result = function.result();
            return result == null
                    ? new Value.Usual()
                    : shown(result.type(), invocation.activation().cell(result).load());
        });
    }

    /// Runs a routine, which is on the stack of calls meanwhile.
    void enter(Activation activation, Runnable code) {
        calls.push(activation);
        code.run();
        calls.pop();
    }

    /// Tells whoever looks on that an instruction is reached.
    void reached() {
        if (aside == 0) {
            observer.reached(new CallStack(this, calls));
        } else if (--aside == 0) {
            throw new TrapSignal(Trap.Kind.STOPPED, "it takes too long");
        }
    }

    private Value guarded(Supplier<Value> work) {
        calls.clear();
        enforceImage();
        begin();
        try {
            return work.get();
        } catch (TrapSignal
                | ArithmeticException
                | ArrayIndexOutOfBoundsException
                | NullPointerException
                | StackOverflowError cause) {
            Trap trap = trap(cause);
            observer.trapped(new CallStack(this, calls), trap);
            throw trap;
        } finally {
            end();
        }
    }

    /// Does something for who looks on, while the program stands still: nobody is told, and it ends by itself.
    <T> T aside(Supplier<T> work) {
        List<Activation> before = List.copyOf(calls);
        aside = ASIDE_MAX;
        try {
            return work.get();
        } catch (TrapSignal
                | ArithmeticException
                | ArrayIndexOutOfBoundsException
                | NullPointerException
                | StackOverflowError cause) {
            throw trap(cause);
        } finally {
            aside = 0;
            calls.clear();
            calls.addAll(before);
        }
    }

    private Trap trap(Throwable cause) {
        Trap.Kind kind = switch (cause) {
            case TrapSignal signal -> signal.kind();
            case ArithmeticException _ -> Trap.Kind.DIVISION_BY_ZERO;
            case ArrayIndexOutOfBoundsException _ -> Trap.Kind.OUT_OF_BOUNDS;
            case NullPointerException _ -> Trap.Kind.NULL_REFERENCE;
            default -> Trap.Kind.STACK_OVERFLOW;
        };
        List<Trap.Position> stack = new ArrayList<>();
        calls.stream().limit(SHOWN_CALLS).forEach(c -> stack.add(c.position()));
        return new Trap(kind, cause instanceof TrapSignal ? String.valueOf(cause.getMessage()) : "", stack);
    }

    private synchronized void begin() {
        running = true;
    }

    private synchronized void end() {
        running = false;
        stopping = false;
    }

    @Override
    public synchronized void stop() {
        stopping = running;
    }

    /// Asked at every turn of a loop.
    void poll() {
        if (stopping) {
            throw new TrapSignal(Trap.Kind.STOPPED, "");
        }
    }

    @Override
    protected Pointer pointer(List<Step> path) {
        Cell last = cell(path);
        return switch (last.load()) {
            case Elements array -> CellPointer.toElement(array, 0);
            case Object object when last.type().isAggregate() -> CellPointer.toObject(object);
            case null, default -> CellPointer.toVariable(last);
        };
    }

    @Override
    public @Nullable Object reach(List<Step> path) {
        return cell(path).load();
    }

    private Cell cell(List<Step> path) {
        Object at = memory.globals();
        Cell cell = null;
        for (Step step : path) {
            cell = switch (step) {
                case Step.Member(var variable) -> ((Instance) at).cell(variable);
                case Step.Element(int place) -> ((Elements) at).cells().get(place);
            };
            at = cell.type().isAggregate() ? Objects.requireNonNull(cell.load()) : at;
        }
        return Objects.requireNonNull(cell);
    }

    @Override
    protected void forcesChanged(PreparedForces prepared) {}

    private Cell cell(List<Variable> path, int index) {
        Cell cell = memory.globals().cell(path.getFirst());
        for (Variable step : path.subList(1, path.size())) {
            cell = ((Instance) Objects.requireNonNull(cell.load())).cell(step);
        }
        return index >= 0 && cell.load() instanceof Elements array
                ? array.cells().get(index)
                : cell;
    }

    @Override
    protected Value readPlain(List<Variable> path, int index) {
        Cell cell = cell(path, index);
        return shown(cell.type(), cell.load());
    }

    @Override
    protected void writePlain(List<Variable> path, int index, Value value) {
        Memory.write(cell(path, index), value);
    }

    /// What a variable holds, to be shown.
    private Value shown(Type type, @Nullable Object value) {
        return Memory.shown(type, value, this::located);
    }

    private Elements array(List<Step> path) {
        return (Elements) Objects.requireNonNull(cell(path).load());
    }

    @Override
    protected byte[] bytes(List<Step> path) {
        return Bytes.bytes(array(path));
    }

    @Override
    protected void putBytes(List<Step> path, byte[] bytes) {
        Bytes.put(array(path), bytes);
    }

    @Override
    protected PackedPointer pointer(List<Step> path, int firstBit, Type type) {
        Elements array = array(path);
        return new PackedPointer(Bytes.bytes(array), firstBit, type) {
            @Override
            protected void fetch(byte[] into) {
                System.arraycopy(Bytes.bytes(array), 0, into, 0, into.length);
            }

            @Override
            protected void changed(byte[] from) {
                Bytes.put(array, from);
            }
        };
    }

    /// The routine that a call reaches by the type of the instance itself.
    @Nullable
    Signature overridden(UnitType unit, Signature asked) {
        String key = asked.key();
        for (UnitType at = unit; at != null; at = at.base()) {
            if (asked.kind() == Signature.Kind.BODY && at.body() != null && has(at.body())) {
                return at.body();
            }
            for (Signature own : at.methods()) {
                if (own.kind() == asked.kind() && own.key().equals(key) && has(own)) {
                    return own;
                }
            }
        }
        return null;
    }
}
