package io.millwright.iec61131;

import io.millwright.iec61131.ir.Program;
import io.millwright.iec61131.machine.Backend;
import io.millwright.iec61131.machine.Forces;
import io.millwright.iec61131.machine.Machine;
import io.millwright.iec61131.machine.PreparedForces;
import io.millwright.iec61131.machine.Slot;
import io.millwright.iec61131.machine.Targets;
import io.millwright.iec61131.syntax.Declaration;
import io.millwright.iec61131.syntax.Name;
import io.millwright.iec61131.type.Signature;
import io.millwright.iec61131.type.UnitType;
import io.millwright.iec61131.type.Value;
import io.millwright.iec61131.type.Variable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that is run scan by scan, in virtual time.
///
/// ```java
/// Run run = Run.start(program, new JvmBackend());
/// run.scan(run.instance("tank").orElseThrow(), 10_000_000);
/// Value level = run.read(run.find("tank.level").orElseThrow());
/// ```
public final class Run {
    private final Program program;
    private final Machine machine;

    private Run(Program program, Machine machine) {
        this.program = program;
        this.machine = machine;
    }

    /// A fresh run, every variable at its first value.
    public static Run start(Program program, Backend backend) {
        return new Run(program, backend.start(program));
    }

    public Machine machine() {
        return machine;
    }

    /// Every instance of a program, in order of declaration.
    public List<Variable> instances() {
        return program.globals().stream()
                .filter(Run::isProgram)
                .filter(g -> !g.name().startsWith("~") && (g.name().indexOf('.') < 0 || isQualified(g)))
                .toList();
    }

    /// Every global variable, instances of programs among them, in order of declaration.
    public List<Variable> globals() {
        return program.globals();
    }

    private static boolean isProgram(Variable global) {
        return global.type().resolved() instanceof UnitType unit && unit.kind() == Declaration.Unit.Kind.PROGRAM;
    }

    /// The instance of a name, or the first instance of the program of that name; for a block that has a task
    /// of its own, `p.block`, what runs it.
    public Optional<Variable> instance(String name) {
        List<Variable> all = program.globals().stream().filter(Run::isProgram).toList();
        Optional<Variable> named = named(all, name);
        return named.isPresent()
                ? named
                : instances().stream().filter(i -> same(i.type().name(), name)).findFirst();
    }

    /// Whether a global is an instance with the name of its resource before its own, since another resource has one
    /// of the same name; what runs a block with a task of its own is of a type of that name.
    static boolean isQualified(Variable global) {
        return global.name().indexOf('.') > 0 && !global.type().name().equals(global.name());
    }

    /// The instance with the name of its resource with which a path begins, or null.
    static @Nullable Variable qualified(String path, List<Variable> globals) {
        for (Variable global : globals) {
            int end = global.name().length();
            boolean begins = isQualified(global)
                    && path.length() >= end
                    && same(path.substring(0, end), global.name())
                    && (path.length() == end || path.charAt(end) == '.');
            if (begins) {
                return global;
            }
        }
        return null;
    }

    /// The function of a name.
    public Optional<Signature> function(String name) {
        return program.routines().keySet().stream()
                .filter(s -> s.kind() == Signature.Kind.FUNCTION && same(s.name(), name))
                .findFirst();
    }

    /// Runs a program instance once, and lets time go on.
    ///
    /// @throws io.millwright.iec61131.machine.Trap where the program does what it must not
    public void scan(Variable instance, long cycleNanos) {
        machine.run(instance);
        machine.advance(cycleNanos);
    }

    /// The variable of a path of names with dots: `tank.level`, or a global, or an access path that leads by
    /// names alone.
    public Optional<VariablePath> find(String path) {
        Program.Access access = SlotFinder.access(path, program.accesses());
        if (access == null) {
            return named(path);
        }
        return named(access.path() + path.substring(access.name().length()))
                .map(p -> access.writable() ? p : p.readOnly());
    }

    private Optional<VariablePath> named(String path) {
        Variable qualified = qualified(path, program.globals());
        String rest =
                qualified == null ? path : "_" + path.substring(qualified.name().length());
        String[] names = rest.split("\\.", -1);
        Optional<VariablePath> at = (qualified == null ? named(program.globals(), names[0]) : Optional.of(qualified))
                .map(g -> new VariablePath(List.of(g)));
        for (int i = 1; i < names.length && at.isPresent(); i++) {
            String name = names[i];
            at = at.flatMap(p -> named(p.members(), name).map(p::then));
        }
        return at;
    }

    private static Optional<Variable> named(List<Variable> variables, String name) {
        return variables.stream().filter(v -> same(v.name(), name)).findFirst();
    }

    private static boolean same(String a, String b) {
        return Name.key(a).equals(Name.key(b));
    }

    public Value read(VariablePath path) {
        return machine.read(path.steps(), -1);
    }

    /// Changes a variable of an elementary type or a text; one that is forced keeps its value.
    ///
    /// @throws IllegalArgumentException if it is reached by an access path that is READ_ONLY
    public void write(VariablePath path, Value value) {
        if (!path.writable()) {
            throw new IllegalArgumentException(path.steps().getLast().name()
                    + " is reached by an access path that is READ_ONLY; declare it READ_WRITE to write it");
        }
        machine.write(path.steps(), -1, value);
        machine.enforce();
    }

    /// The variable of a path as a program would write it, `tank.levels[2, 3].high` or `%QX0.1`, found once for
    /// many readings; nothing where there is none, or none of an elementary type and no text.
    public Optional<Slot> slot(String path) {
        return finder().find(path);
    }

    /// Every variable of an elementary type and every text within a global or an instance of a program.
    public List<Slot> slots(Variable global) {
        return finder().within(global);
    }

    /// Every variable of an elementary type and every text at a path and beneath it, of all globals where the path
    /// is empty; no more than so many, and no more are looked for.
    public List<Slot> slots(String path, int most) {
        return finder().beneath(path, most);
    }

    /// What references refer to now, by paths.
    public Targets targets() {
        return new Targets(program.globals(), machine);
    }

    /// All that this run keeps from scan to scan.
    public State state() {
        return new State(program, machine);
    }

    private SlotFinder finder() {
        return new SlotFinder(program.globals(), program.accesses(), machine);
    }

    /// Watches variables, however many.
    public Watch watch(List<Slot> slots) {
        return new Watch(machine, slots);
    }

    /// Lets a variable keep a value, whatever the program writes, until it is released. Between scans.
    ///
    /// An elementary in-out is a variable of the routine that is called: there the program sees what it writes.
    public void force(Slot slot, Value value) {
        machine.force(slot, value, PreparedForces.NONE);
    }

    /// Lets the program write a variable again.
    ///
    /// @return whether it was forced
    public boolean release(Slot slot) {
        return machine.release(slot.name(), PreparedForces.NONE);
    }

    /// What is forced now, in the order in which it was.
    public List<Forces.Force> forces() {
        return machine.forces().list();
    }
}
