package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.source.Source;
import io.millwright.iec61131.type.Packing;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.StructureType;
import io.millwright.iec61131.type.Type;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The classes of one program, and the ways into them. Routines are written when they are first called.
final class CompiledProgram {
    /// How many programs share code in turn before one starts anew: what each leaves behind in the classes that
    /// they share, such as its constants, is forgotten then.
    private static final int CHANGES_MAX = 10_000;

    /// How many routines may have been declared otherwise, or taken away, before a program starts anew: of each
    /// the declaration is kept, and that keeps the text in which it stood.
    private static final int GONE_MAX = 20;

    private final Program program;
    private final Layouts layouts;
    private final Linkage linkage;
    private final CodeLoader loader;
    private final List<Routine> routines = new ArrayList<>();
    private final Map<Signature, MethodHandle> invokers = new ConcurrentHashMap<>();

    /// Where variables lie: one for all programs that share classes, as an earlier one may live on in code that
    /// later ones call.
    private final Map<Variable, VarHandle> handles;

    /// All programs that share code with this one, and itself; and the machines of them that have forced
    /// variables.
    private final Family family;

    private final Sharing sharing;
    private final Samplers samplers;

    /// What programs that share code have together. Its lock is the one of all that writes code.
    private static final class Family {
        private final Set<CompiledProgram> members = Collections.newSetFromMap(new WeakHashMap<>());
        private final Set<JvmMachine> forcing = Collections.newSetFromMap(new WeakHashMap<>());
        private Guards guards;
        private int changes;
        private long gone;

        /// Of the latest program: what the classes of instances call is the same in all.
        private volatile Linkage linkage;

        Family(Linkage linkage, Guards guards) {
            this.linkage = linkage;
            this.guards = guards;
        }

        Linkage linkage() {
            return linkage;
        }

        Map<JvmMachine, List<Slot>> forced() {
            Map<JvmMachine, List<Slot>> forced = new HashMap<>();
            forcing.forEach(m -> forced.put(
                    m, m.forces().list().stream().map(Forces.Force::slot).toList()));
            return forced;
        }

        /// All routines that were called yet.
        Set<LinkedRoutine> linked() {
            Set<LinkedRoutine> all = Collections.newSetFromMap(new IdentityHashMap<>());
            members.forEach(m -> all.addAll(m.linkage.linked()));
            return all;
        }
    }

    CompiledProgram(Program program) {
        this.program = program;
        this.layouts = new Layouts(program);
        this.linkage = new Linkage();
        this.sharing = new Sharing(program);
        this.family = new Family(linkage, new Guards(layouts.types(), Map.of()));
        this.loader = new CodeLoader(CompiledProgram.class.getClassLoader(), family::linkage, new MetObjects());
        this.handles = new ConcurrentHashMap<>();
        this.samplers = new Samplers(family, layouts, loader);
        family.members.add(this);
        fill();
        layouts.define(loader);
        linkage.use(this::link, layouts.constants().objects());
    }

    /// A program that shares classes and code with another one of the same types.
    ///
    /// @param own the routines that have code of their own
    private CompiledProgram(Program program, CompiledProgram before, Set<Signature> own) {
        this.program = program;
        this.layouts = before.layouts;
        this.loader = before.loader;
        this.family = before.family;
        this.handles = before.handles;
        this.sharing = before.sharing.next(program);
        this.samplers = before.samplers;
        layouts.number(program.routines().keySet());
        Set<Integer> shared = new HashSet<>();
        program.routines().keySet().stream().filter(s -> !own.contains(s)).forEach(s -> shared.add(layouts.routine(s)));
        this.linkage = new Linkage(before.linkage, shared);
        family.members.add(this);
        family.changes++;
        family.gone += before.program.routines().keySet().stream()
                .filter(s -> !program.routines().containsKey(s))
                .count();
        fill();
        linkage.use(this::link, layouts.constants().objects());
        family.linkage = linkage;
    }

    private void fill() {
        program.routines().forEach((signature, routine) -> {
            while (routines.size() <= layouts.routine(signature)) {
                routines.add(routine);
            }
            routines.set(layouts.routine(signature), routine);
        });
    }

    Layouts layouts() {
        return layouts;
    }

    /// The classes of this program, or those of another one that share with these what they can.
    @SuppressWarnings("ReferenceEquality") // the very program
    CompiledProgram another(Program other) {
        if (other == program) {
            return this;
        }
        Optional<Set<Signature>> own = sharing.own(other);
        synchronized (family) {
            if (own.isPresent() && family.changes < CHANGES_MAX && family.gone < GONE_MAX) {
                return new CompiledProgram(other, this, own.get());
            }
        }
        return new CompiledProgram(other);
    }

    JvmMachine start(int imageBytes) {
        try {
            Class<?> type = loader.loadClass(Layouts.name(Layouts.MACHINE));
            var machine =
                    (JvmMachine) type.getConstructor(Linkage.class, int.class).newInstance(linkage, imageBytes);
            machine.belongsTo(this);
            machine.reset();
            machine.place(program.placed());
            return machine;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private LinkedRoutine link(int number, MethodType type) {
        synchronized (family) {
            var linked = new LinkedRoutine(number, routines.get(number), type, linkage);
            write(linked);
            return linked;
        }
    }

    private void write(LinkedRoutine linked) {
        linked.code(written(linked, family.guards));
    }

    /// Writes a routine into a loader of its own, so that it can be replaced and forgotten.
    private ForcedCode.Written written(LinkedRoutine linked, Guards guards) {
        var writer = new RoutineWriter(layouts, linked.routine(), guards);
        Layouts.Generated generated = writer.write(linked.number());
        layouts.drain(loader);
        var own = new CodeLoader(loader, linked::linkage, writer.met());
        own.add(List.of(generated));
        try {
            MethodType type = linked.site().type();
            // Verified here, not by the scan that calls it first.
            Class<?> made = Class.forName(generated.name(), true, own);
            MethodHandle code = MethodHandles.publicLookup().findStatic(made, RoutineWriter.METHOD, type);
            return new ForcedCode.Written(code, guards.touch(linked.routine()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Writes all that a routine may call and that was not called yet.
    void linkAll(Signature from) {
        synchronized (family) {
            for (Signature signature : sharing.reached(from)) {
                var _ = linkage.site(layouts.routine(signature), type(signature));
            }
        }
    }

    private MethodType type(Signature signature) {
        Type owner = signature.owner();
        var descriptor = layouts.descriptor(
                signature, owner == null ? null : layouts.types().of(owner));
        return MethodType.fromMethodDescriptorString(descriptor.descriptorString(), loader);
    }

    /// Calls a routine from outside, through its call site.
    MethodHandle invoker(Signature signature) {
        MethodHandle known = invokers.get(signature);
        if (known != null) {
            return known;
        }
        synchronized (family) {
            MethodHandle made =
                    linkage.site(layouts.routine(signature), type(signature)).dynamicInvoker();
            invokers.put(signature, made);
            return made;
        }
    }

    /// The number of the routine of a generated class; -1 for other classes.
    static int routine(String className) {
        return className.startsWith(RoutineWriter.CLASS)
                ? Integer.parseInt(className.substring(RoutineWriter.CLASS.length()))
                : -1;
    }

    /// What the program text calls a routine.
    String routineName(int routine) {
        return routines.get(routine).signature().qualifiedName();
    }

    Routine routine(int number) {
        return routines.get(number);
    }

    /// The text that a routine is written in.
    Source source(int routine) {
        return routines.get(routine).signature().declared().source();
    }

    /// Writes a routine anew that trapped: the JVM leaves the stack away from exceptions that it makes itself
    /// in code that it compiled after it had seen one there.
    void renew(int routine) {
        LinkedRoutine linked = linkage.linked(routine);
        if (linked != null) {
            synchronized (family) {
                write(linked);
            }
        }
    }

    /// Writes the code for variables that a machine is to force. Scans wait for it by one routine at the most.
    PreparedForces prepare(JvmMachine machine, List<Slot> slots) {
        Guards guards;
        Set<LinkedRoutine> all;
        synchronized (family) {
            Map<JvmMachine, List<Slot>> forced = family.forced();
            forced.remove(machine);
            if (!slots.isEmpty()) {
                forced.put(machine, slots);
            }
            guards = new Guards(layouts.types(), forced);
            all = family.linked();
        }
        var code = new IdentityHashMap<LinkedRoutine, Optional<ForcedCode.Written>>();
        for (LinkedRoutine linked : all) {
            boolean needed = guards.touch(linked.routine());
            synchronized (family) {
                needed |= linked.isGuarded() && linked.plain() == null;
                code.put(linked, needed ? Optional.of(written(linked, guards)) : Optional.empty());
            }
        }
        return new ForcedCode(guards, code);
    }

    /// Gives the routines that write a forced variable code that looks out for it, and the others back what
    /// they had.
    void forcesChanged(JvmMachine machine, PreparedForces prepared) {
        synchronized (family) {
            if (machine.forces().isEmpty()) {
                family.forcing.remove(machine);
            } else {
                family.forcing.add(machine);
            }
            Map<JvmMachine, List<Slot>> forced = family.forced();
            ForcedCode code =
                    prepared instanceof ForcedCode made && made.guards().areOf(forced)
                            ? made
                            : new ForcedCode(new Guards(layouts.types(), forced), new IdentityHashMap<>());
            family.guards = code.guards();
            Linkage.publish(family.linked().stream()
                    .filter(linked -> guard(linked, code))
                    .toList());
        }
    }

    /// Gives a routine code for the variables that are forced now.
    ///
    /// @param before what was written before
    /// @return whether it has another one than before
    private boolean guard(LinkedRoutine linked, ForcedCode before) {
        Optional<ForcedCode.Written> made = before.routines().getOrDefault(linked, Optional.empty());
        if (made.isPresent()) {
            linked.code(made.get());
            return true;
        }
        MethodHandle plain = linked.plain();
        boolean touched = !before.routines().containsKey(linked) && family.guards.touch(linked.routine());
        if (touched || linked.isGuarded() && plain == null) {
            write(linked);
            return true;
        }
        if (linked.isGuarded() && plain != null) {
            linked.code(new ForcedCode.Written(plain, false));
            return true;
        }
        return false;
    }

    /// Which code takes, puts or packs many variables: that of a list with the same ways, or a new one.
    ///
    /// @param slots of the machine
    SamplerPlan plan(JvmMachine machine, List<Slot> slots, SamplerCode.Use use) {
        return samplers.plan(machine, slots, use, program.units().size());
    }

    VarHandle handle(Variable variable) {
        VarHandle known = handles.get(variable);
        return known == null ? handles.computeIfAbsent(variable, this::newHandle) : known;
    }

    private VarHandle newHandle(Variable variable) {
        Field field = layouts.storage().field(variable);
        try {
            Class<?> owner = loader.loadClass(Layouts.name(field.owner()));
            MethodType type =
                    MethodType.fromMethodDescriptorString("()" + field.type().descriptorString(), loader);
            return ((CodeLoader) owner.getClassLoader()).handle(owner, field.name(), type.returnType());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Object get(Object owner, Variable variable) {
        return handle(variable).get(owner);
    }

    void set(Object owner, Variable variable, Object value) {
        handle(variable).set(owner, value);
    }

    /// The variables of an object, by their values.
    Value fields(Object object, Type type, BiFunction<Variable, @Nullable Object, Value> value) {
        if (type.resolved() instanceof StructureType structure && structure.overlap()) {
            return Packing.get((byte[]) get(object, structure.bytes()), 0, structure);
        }
        List<Variable> variables = switch (type.resolved()) {
            case StructureType structure -> structure.fields();
            case UnitType unit -> unit.allVariables();
            default -> List.of();
        };
        Map<Variable, Value> values = new LinkedHashMap<>();
        for (Variable variable : variables) {
            values.put(variable, value.apply(variable, get(object, variable)));
        }
        return variables.isEmpty() ? new Value.Usual() : new Value.Fields(values);
    }
}
