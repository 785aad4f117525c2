package io.millwright.iec61131.jvm;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.ir.Routine;
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
    /// How many programs share code in turn before one starts anew: what is no longer called is forgotten once
    /// the next one does. Of a thousand blocks in one text each change leaves almost a megabyte behind until
    /// then.
    private static final int CHANGES_MAX = 20;

    /// How much code for many variables is kept that is perhaps not asked for again.
    private static final int SAMPLERS_MAX = 1000;

    private final Program program;
    private final Layouts layouts;
    private final Linkage linkage;
    private final CodeLoader loader;
    private final List<Routine> routines = new ArrayList<>();
    private final Map<Signature, MethodHandle> invokers = new ConcurrentHashMap<>();

    /// Where variables lie: one for all programs that share classes, as an earlier one may live on in code that
    /// later ones call.
    private final Map<Variable, VarHandle> handles;

    /// The code of routines from before some variable that they write was forced.
    private final Map<Integer, MethodHandle> unguarded = new HashMap<>();

    /// Routines whose code looks out for forced variables.
    private final Set<Integer> guarded = new HashSet<>();

    /// All programs that share code with this one, and itself; and the machines of them that have forced
    /// variables.
    private final Family family;

    /// Routines that were written for another program, which looks after their code.
    private final Map<Integer, CompiledProgram> adopted = new HashMap<>();

    private final Sharing sharing;
    private Guards guards;

    /// What programs that share code have together. Its lock is the one of all that writes code.
    private static final class Family {
        private final Set<CompiledProgram> members = Collections.newSetFromMap(new WeakHashMap<>());
        private final Set<JvmMachine> forcing = Collections.newSetFromMap(new WeakHashMap<>());
        /// Code for many variables, as machines with the same types ask for the same; the newest last.
        private final LinkedHashMap<SamplerCode, MethodHandle> samplers = new LinkedHashMap<>();
        private int changes;
    }

    CompiledProgram(Program program) {
        this.program = program;
        this.layouts = new Layouts(program);
        this.linkage = new Linkage();
        this.loader = new CodeLoader(CompiledProgram.class.getClassLoader(), linkage, new MetObjects());
        this.guards = new Guards(layouts.types(), List.of());
        this.sharing = new Sharing(program);
        this.family = new Family();
        this.handles = new ConcurrentHashMap<>();
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
        this.guards = before.guards;
        this.family = before.family;
        this.handles = before.handles;
        this.sharing = before.sharing.next(program);
        layouts.number(program.routines().keySet());
        for (Signature signature : program.routines().keySet()) {
            int number = layouts.routine(signature);
            if (!own.contains(signature) && before.linkage.isLinked(number)) {
                adopted.put(number, before.adopted.getOrDefault(number, before));
            }
        }
        this.linkage = new Linkage(before.linkage, adopted::containsKey);
        family.members.add(this);
        family.changes++;
        fill();
        linkage.use(this::link, layouts.constants().objects());
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
            if (own.isPresent() && family.changes < CHANGES_MAX) {
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

    /// Writes a routine into a loader of its own, so that it can be replaced and forgotten.
    private MethodHandle link(int number, MethodType type) {
        synchronized (family) {
            return write(number, type);
        }
    }

    private MethodHandle write(int number, MethodType type) {
        if (guards.touch(routines.get(number))) {
            guarded.add(number);
        }
        var writer = new RoutineWriter(layouts, routines.get(number), guards);
        Layouts.Generated generated = writer.write(number);
        layouts.drain(loader);
        var own = new CodeLoader(loader, linkage, writer.met());
        own.add(List.of(generated));
        try {
            return MethodHandles.publicLookup().findStatic(own.loadClass(generated.name()), RoutineWriter.METHOD, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Calls a routine from outside, through its call site.
    MethodHandle invoker(Signature signature) {
        MethodHandle known = invokers.get(signature);
        if (known != null) {
            return known;
        }
        synchronized (family) {
            Type owner = signature.owner();
            var descriptor = layouts.descriptor(
                    signature, owner == null ? null : layouts.types().of(owner));
            MethodType type = MethodType.fromMethodDescriptorString(descriptor.descriptorString(), loader);
            MethodHandle made = linkage.site(layouts.routine(signature), type).dynamicInvoker();
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

    /// The text that a routine is written in.
    Source source(int routine) {
        return routines.get(routine).signature().declared().source();
    }

    /// Writes a routine anew that trapped: the JVM leaves the stack away from exceptions that it makes itself
    /// in code that it compiled after it had seen one there.
    void renew(int routine) {
        adopted.getOrDefault(routine, this).linkage.renew(routine);
    }

    /// Gives the routines that write a forced variable code that looks out for it, and the others back what
    /// they had.
    void forcesChanged(JvmMachine machine) {
        synchronized (family) {
            if (machine.forces().isEmpty()) {
                family.forcing.remove(machine);
            } else {
                family.forcing.add(machine);
            }
            var now = new Guards(layouts.types(), family.forcing);
            family.members.forEach(m -> m.guard(now));
        }
    }

    private void guard(Guards now) {
        guards = now;
        Map<Integer, MethodHandle> targets = new HashMap<>();
        for (int number = 0; number < routines.size(); number++) {
            MethodHandle target = adopted.containsKey(number) ? null : linkage.target(number);
            boolean before = guarded.contains(number);
            if (target != null && guards.touch(routines.get(number))) {
                if (!before) {
                    unguarded.put(number, target);
                }
                targets.put(number, write(number, target.type()));
            } else if (target != null && before) {
                MethodHandle known = unguarded.remove(number);
                targets.put(number, known == null ? write(number, target.type()) : known);
                guarded.remove(number);
            }
        }
        linkage.retarget(targets);
    }

    /// Makes the code that takes or puts the values of many variables at once, or finds what was made before.
    Map<SamplerCode, MethodHandle> samplers(List<SamplerCode> codes) {
        synchronized (family) {
            Map<SamplerCode, MethodHandle> all = new HashMap<>();
            for (SamplerCode code : codes) {
                MethodHandle known = family.samplers.remove(code);
                if (known != null) {
                    all.put(code, known);
                }
            }
            List<SamplerCode> missing =
                    codes.stream().filter(c -> !all.containsKey(c)).toList();
            all.putAll(newSamplers(missing));
            family.samplers.putAll(all);
            while (family.samplers.size() > SAMPLERS_MAX) {
                family.samplers.pollFirstEntry();
            }
            return all;
        }
    }

    private Map<SamplerCode, MethodHandle> newSamplers(List<SamplerCode> codes) {
        var own = new CodeLoader(loader, linkage, new MetObjects());
        SamplerWriter.Written written = new SamplerWriter(layouts).write(codes);
        own.add(written.classes());
        Map<SamplerCode, MethodHandle> made = new HashMap<>();
        try {
            for (SamplerWriter.Method method : written.methods()) {
                Class<?> type = own.loadClass(method.className());
                String parameters = method.code().use().descriptor().descriptorString();
                MethodType descriptor = MethodType.fromMethodDescriptorString(parameters, loader);
                made.put(method.code(), MethodHandles.publicLookup().findStatic(type, method.name(), descriptor));
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    VarHandle handle(Variable variable) {
        return handles.computeIfAbsent(variable, v -> {
            Field field = layouts.storage().field(v);
            try {
                Class<?> owner = loader.loadClass(Layouts.name(field.owner()));
                MethodType type = MethodType.fromMethodDescriptorString(
                        "()" + field.type().descriptorString(), loader);
                return MethodHandles.publicLookup().findVarHandle(owner, field.name(), type.returnType());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    Object get(Object owner, Variable variable) {
        return handle(variable).get(owner);
    }

    void set(Object owner, Variable variable, Object value) {
        handle(variable).set(owner, value);
    }

    /// The variables of an object, by their values.
    Value fields(Object object, Type type, BiFunction<Type, @Nullable Object, Value> value) {
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
            values.put(variable, value.apply(variable.type(), get(object, variable)));
        }
        return variables.isEmpty() ? new Value.Usual() : new Value.Fields(values);
    }
}
